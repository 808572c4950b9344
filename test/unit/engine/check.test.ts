import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AttentionSite } from '../../../src/core/onnx/site.ts';
import type { StoredNumbers } from '../../../src/core/onnx/stored.ts';
import {
  differenceOf,
  greatest,
  rowSums,
  type Difference,
  type RowSums,
} from '../../../src/engine/check/difference.ts';
import { faultsOf } from '../../../src/engine/check/verdict.ts';
import type { GraphCheck } from '../../../src/engine/check/witness.ts';

const tensor = (...values: number[]) => ({ dims: [1, values.length], data: Float32Array.from(values) });

test('the greatest difference, as it is and relative to large numbers', () => {
  assert.deepEqual(differenceOf(tensor(1, 2, 3), tensor(1, 2, 3)), { values: 3, absolute: 0, relative: 0 });
  assert.deepEqual(differenceOf(tensor(0.5, 96), tensor(0.25, 100)), { values: 2, absolute: 4, relative: 0.25 });
  assert.deepEqual(differenceOf(tensor(), tensor()), { values: 0, absolute: 0, relative: 0 }, 'an empty cache');
});

test('infinities agree with themselves alone, and so does what is no number', () => {
  assert.deepEqual(differenceOf(tensor(-Infinity, NaN, 1), tensor(-Infinity, NaN, 1.5)), {
    values: 3,
    absolute: 0.5,
    relative: 1 / 3,
  });
  for (const [a, b] of [
    [-Infinity, 1],
    [Infinity, -Infinity],
    [NaN, 1],
    [1, NaN],
  ] as const)
    assert.equal(differenceOf(tensor(a), tensor(b)), null);
});

test('tensors of another shape, and those without numbers, are not compared', () => {
  assert.equal(differenceOf(tensor(1, 2), tensor(1)), null);
  assert.equal(differenceOf({ ...tensor(1, 2), dims: [2, 1] }, tensor(1, 2)), null);
  assert.equal(differenceOf({ dims: [], data: null }, tensor()), null);
  assert.equal(differenceOf({ dims: [], data: null }, { dims: [], data: null }), null);
});

test('of several runs the worst counts, and one that cannot be compared is never forgotten', () => {
  const [a, b] = [
    { values: 2, absolute: 4, relative: 0.1 },
    { values: 3, absolute: 1, relative: 0.5 },
  ];
  assert.deepEqual(greatest(a, b), { values: 5, absolute: 4, relative: 0.5 });
  assert.equal(greatest(greatest(a, null), b), null);
});

test('the sums of rows, run after run', () => {
  const first = rowSums(Float32Array.of(0.5, 0.5, 0.25, 0.25), 2, null);
  assert.deepEqual(first, { least: 0.5, most: 1 });
  assert.deepEqual(rowSums(Float32Array.of(1, 0.25, 0.25), 3, first), { least: 0.5, most: 1.5 });
  assert.equal(rowSums(Float32Array.of(), 0, null), null);
});

function graph(computed: StoredNumbers, relative: number | null, rows: RowSums | null, normalised = true): GraphCheck {
  const site = {
    kind: 'self',
    layer: 1,
    number: 3,
    output: 'attention',
    normalised,
    changes: [] as AttentionSite['changes'],
    gate: null,
  } as AttentionSite;
  const difference: Difference | null = relative === null ? null : { values: 1, absolute: 1, relative };
  return {
    file: 'onnx/model.onnx',
    exposure: { sites: [site], notes: [], numbers: 'quantised', computed },
    runs: 1,
    outputs: new Map([['logits', difference]]),
    rows: new Map([['attention', rows]]),
  };
}

test('the verdict: outputs within the bound of their numbers, rows that sum to 1', () => {
  const whole = { least: 1, most: 1 };
  assert.deepEqual(faultsOf(graph('fp32', 0.9e-5, whole)), []);
  assert.deepEqual(faultsOf(graph('fp32', 1.1e-5, whole)), ['logits differs']);
  assert.deepEqual(faultsOf(graph('fp16', 1e-3, whole)), []);
  assert.deepEqual(faultsOf(graph('quantised', 2e-2, whole)), []);
  assert.deepEqual(faultsOf(graph('quantised', 0.1, whole)), ['logits differs']);
  assert.deepEqual(faultsOf(graph('fp32', null, whole)), ['logits cannot be compared']);
  for (const rows of [
    { least: 0.9999, most: 1 },
    { least: 1, most: 1.0001 },
    { least: NaN, most: NaN },
  ]) {
    assert.deepEqual(faultsOf(graph('fp32', 0, rows)), ['self layer 3 has rows that do not sum to 1']);
  }
  assert.deepEqual(faultsOf(graph('fp32', 0, { least: 0.4, most: 1 }, false)), [], 'a sink takes its part');
  assert.deepEqual(faultsOf(graph('fp32', 0, null)), ['self layer 3 has no rows']);
  assert.deepEqual(faultsOf({ ...graph('fp32', 0, whole), runs: 0 }), ['it never ran']);
});
