import assert from 'node:assert/strict';
import { test } from 'node:test';
import { weightCount, type AttentionMap, type MapShape } from '../../../src/core/attention/map.ts';
import { largestThumbnail, thumbnailsOf } from '../../../src/core/views/model/thumbnails.ts';
import { plainOptions } from '../../../src/core/attention/view.ts';
import type { Sequence } from '../../../src/core/text/token.ts';

function sequenceOf(count: number): Sequence {
  const tokens = Array.from({ length: count }, (_, at) => ({
    id: at,
    text: 'a',
    start: at,
    end: at + 1,
    special: at === 0,
    word: at,
    segment: 0 as const,
  }));
  return { text: 'a'.repeat(count), tokens };
}

function mapOf(
  shape: MapShape,
  links: readonly [layer: number, head: number, query: number, key: number, weight: number][],
): AttentionMap {
  const [, heads, queries, keys] = shape;
  const weights = new Float32Array(weightCount(shape));
  for (const [layer, head, query, key, weight] of links)
    weights[((layer * heads + head) * queries + query) * keys + key] = weight;
  return { name: 'attention', kind: 'self', queries: 0, keys: 0, shape, weights };
}

test('a text shorter than a thumbnail keeps every token, √ of the weight in each cell', () => {
  const map = mapOf(
    [2, 2, 3, 3],
    [
      [1, 0, 2, 1, 0.25],
      [0, 1, 0, 0, 1],
    ],
  );
  const { rows, columns, cells } = thumbnailsOf(map, [sequenceOf(3)], plainOptions, largestThumbnail);
  assert.deepEqual([rows, columns, cells.length], [3, 3, 36]);
  assert.equal(cells[18 + 2 * 3 + 1], 128);
  assert.equal(cells[9], 255);
  assert.equal(cells.filter((cell) => cell > 0).length, 2);
});

test('one link of weight 1 among 512 × 512 is as bright as can be, wherever it is', () => {
  for (const [query, key] of [
    [0, 0],
    [511, 511],
    [300, 7],
    [137, 410],
  ] as const) {
    const { cells } = thumbnailsOf(
      mapOf([1, 1, 512, 512], [[0, 0, query, key, 1]]),
      [sequenceOf(512)],
      plainOptions,
      48,
    );
    const row = Math.floor((query * 48) / 512);
    const column = Math.floor((key * 48) / 512);
    assert.equal(cells[row * 48 + column], 255);
    assert.equal(
      cells.reduce((sum, cell) => sum + cell, 0),
      255,
    );
  }
});

test('queries and keys may differ in number', () => {
  const map = { ...mapOf([1, 1, 100, 5], [[0, 0, 99, 4, 1]]), kind: 'cross' as const, keys: 1 };
  const { rows, columns, cells } = thumbnailsOf(map, [sequenceOf(100), sequenceOf(5)], plainOptions, 20);
  assert.deepEqual([rows, columns], [20, 5]);
  assert.equal(cells[99], 255);
});

test('what is hidden is not in the thumbnails', () => {
  const map = mapOf(
    [1, 1, 3, 3],
    [
      [0, 0, 1, 0, 0.9],
      [0, 0, 1, 2, 0.1],
    ],
  );
  const { rows, columns, cells } = thumbnailsOf(
    map,
    [sequenceOf(3)],
    { ...plainOptions, hideSpecial: true, renormalise: true },
    48,
  );
  assert.deepEqual([rows, columns, [...cells]], [2, 2, [0, 255, 0, 0]]);
});
