import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AttentionMap } from '../../../src/core/attention/map.ts';
import { mergeHeads, mergeLayers } from '../../../src/core/attention/merge.ts';

/** Two layers, two heads, one query, two keys. */
const map: AttentionMap = {
  name: 'attention',
  kind: 'cross',
  queries: 1,
  keys: 0,
  shape: [2, 2, 1, 2],
  weights: Float32Array.of(0.25, 0.75, 1, 0, 0.75, 0.25, 0.5, 0.5),
};

describe('merging', () => {
  it('layers, head by head: the mean keeps rows at 1, the max need not', () => {
    assert.deepEqual([...mergeLayers(map, 'mean')], [0.5, 0.5, 0.75, 0.25]);
    assert.deepEqual([...mergeLayers(map, 'max')], [0.75, 0.75, 1, 0.5]);
  });

  it('heads of a layer', () => {
    const layer = map.weights.subarray(0, 4);
    assert.deepEqual([...mergeHeads(layer, 1, 2, [0, 1], 'mean')], [0.625, 0.375]);
    assert.deepEqual([...mergeHeads(layer, 1, 2, [0, 1], 'max')], [1, 0.75]);
    assert.deepEqual([...mergeHeads(layer, 1, 2, [1], 'max')], [1, 0]);
    assert.deepEqual([...mergeHeads(layer, 1, 2, [], 'max')], [0, 0]);
  });
});
