import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as v from 'valibot';
import {
  layerCount,
  layerIndex,
  layerNumber,
  layerNumbers,
  numberedChoice,
  otherLayers,
  type LayerKind,
} from '../../../src/core/attention/layers.ts';
import { mapInfoSchema, type MapInfo } from '../../../src/core/attention/map.ts';

const plain = { shape: [3, 2, 4, 4] } as const;
const kinds: readonly LayerKind[] = [
  'convolution',
  'convolution',
  'attention',
  'state-space',
  'feed-forward',
  'attention',
  'attention',
  'other',
];
const hybrid = { shape: [3, 2, 4, 4], layers: kinds } as const;

test('in a model whose layers all attend the numbers of layers are their indices', () => {
  assert.deepEqual(layerNumbers(plain), [0, 1, 2]);
  assert.equal(layerNumber(plain, 2), 2);
  assert.equal(layerIndex(plain, 2), 2);
  assert.equal(layerIndex(plain, 3), null);
  assert.equal(layerCount(plain), 3);
  assert.deepEqual(otherLayers({}), []);
});

test('in a hybrid a layer has the number that it has in the model', () => {
  assert.deepEqual(layerNumbers(hybrid), [2, 5, 6]);
  assert.equal(layerNumber(hybrid, 1), 5);
  assert.equal(numberedChoice(hybrid, 1), 5);
  assert.equal(numberedChoice(hybrid, 'max'), 'max');
  assert.equal(layerIndex(hybrid, 6), 2);
  assert.equal(layerIndex(hybrid, 3), null);
  assert.equal(layerCount(hybrid), 8);
  assert.throws(() => layerNumber(hybrid, 3), RangeError);
});

test('layers without attention stand together where no attending layer parts them, by their kinds', () => {
  assert.deepEqual(otherLayers(hybrid), [
    { before: 0, first: 0, last: 1, runs: [{ kind: 'convolution', first: 0, last: 1 }] },
    {
      before: 1,
      first: 3,
      last: 4,
      runs: [
        { kind: 'state-space', first: 3, last: 3 },
        { kind: 'feed-forward', first: 4, last: 4 },
      ],
    },
    { before: 3, first: 7, last: 7, runs: [{ kind: 'other', first: 7, last: 7 }] },
  ]);
});

test('a map that comes from elsewhere names as many attending layers as it has', () => {
  const info: MapInfo = { name: 'attention', kind: 'causal', queries: 0, keys: 0, shape: [3, 2, 4, 4] };
  assert.ok(v.is(mapInfoSchema, info));
  assert.ok(v.is(mapInfoSchema, { ...info, layers: kinds }));
  assert.ok(!v.is(mapInfoSchema, { ...info, layers: kinds.slice(1, 6) }), 'two for three');
  assert.ok(!v.is(mapInfoSchema, { ...info, layers: [...kinds, 'attention'] }), 'four for three');
  assert.ok(!v.is(mapInfoSchema, { ...info, layers: ['attention', 'attention', 'attention', 'magic'] }));
  assert.ok(
    !v.is(mapInfoSchema, { ...info, layers: [...kinds, ...Array.from({ length: 1024 }, () => 'other')] }),
    'more than any model has',
  );
});
