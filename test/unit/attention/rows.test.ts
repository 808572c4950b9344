import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lookedAtBy, looksAt, meanOfHeads, strongest } from '../../../src/core/attention/rows.ts';

/** Two heads over two queries and three keys. */
const layer = Float32Array.of(0.5, 0.25, 0.25, 0, 1, 0, /* head 1 */ 0, 0.75, 0.25, 1, 0, 0);

describe('rows of a map', () => {
  it('takes one head as it is and the mean of several', () => {
    assert.equal(meanOfHeads(layer, 2, 3, [1]).buffer, layer.buffer);
    assert.deepEqual([...meanOfHeads(layer, 2, 3, [1])], [0, 0.75, 0.25, 1, 0, 0]);
    assert.deepEqual([...meanOfHeads(layer, 2, 3, [0, 1])], [0.25, 0.5, 0.25, 0.5, 0.5, 0]);
    assert.deepEqual([...meanOfHeads(layer, 2, 3, [])], [0, 0, 0, 0, 0, 0]);
  });

  it('reads rows as "looks at" and columns as "is looked at by"', () => {
    assert.deepEqual([...looksAt(layer, 1, 3)], [0, 1, 0]);
    assert.deepEqual([...lookedAtBy(layer, 0, 2, 3)], [0.5, 0]);
  });

  it('sorts links by weight, then by place, without zeros', () => {
    assert.deepEqual(strongest(Float32Array.of(0.25, 0, 0.5, 0.25), 3), [
      { index: 2, weight: 0.5 },
      { index: 0, weight: 0.25 },
      { index: 3, weight: 0.25 },
    ]);
  });
});
