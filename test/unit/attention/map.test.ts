import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { headOf, infoOf, layerOf, scoresOf, weightCount, type AttentionMap } from '../../../src/core/attention/map.ts';

/** Weights that say where they stand: layer * 1000 + head * 100 + query * 10 + key. */
function numbered(layers: number, heads: number, queries: number, keys: number): AttentionMap {
  const weights = new Float32Array(layers * heads * queries * keys);
  let at = 0;
  for (let layer = 0; layer < layers; layer++)
    for (let head = 0; head < heads; head++)
      for (let query = 0; query < queries; query++)
        for (let key = 0; key < keys; key++) weights[at++] = layer * 1000 + head * 100 + query * 10 + key;
  return { name: 'attention', kind: 'self', queries: 0, keys: 0, shape: [layers, heads, queries, keys], weights };
}

describe('attention map', () => {
  const map = numbered(3, 4, 5, 6);

  it('counts its weights', () => {
    assert.equal(weightCount(map.shape), 360);
  });

  it('gives a layer and a head in the order layer, head, query, key', () => {
    assert.equal(layerOf(map, 2)[0], 2000);
    assert.equal(headOf(map, 2, 3)[4 * 6 + 5], 2345);
  });

  it('gives views, not copies', () => {
    assert.equal(headOf(map, 1, 1).buffer, map.weights.buffer);
  });

  it('refuses what it does not have, by name', () => {
    assert.throws(() => layerOf(map, 3), /no layer 3: the map has 3/);
    assert.throws(() => headOf(map, 0, -1), /no head -1/);
    assert.throws(() => layerOf(map, 0.5), RangeError);
  });

  it('gives the scores of a layer where it has them, and leaves all numbers out of its description', () => {
    assert.equal(scoresOf(map, 0), null);
    const scored = { ...map, scores: map.weights.map((weight) => -weight) };
    assert.equal(scoresOf(scored, 2)?.[1], -2001);
    assert.throws(() => scoresOf(scored, 3), /no layer 3/);
    assert.deepEqual(infoOf(scored), { name: 'attention', kind: 'self', queries: 0, keys: 0, shape: [3, 4, 5, 6] });
  });
});
