import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { keepMass, keepTop, renormalise } from '../../../src/core/attention/thin.ts';

/** Rows of few different values, so that ties are many; the same on every run. */
function rowsOf(seed: number, rows: number, length: number): Float32Array {
  let state = seed;
  return Float32Array.from({ length: rows * length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return ((state >>> 16) % 9) / 8;
  });
}

/** By the definition: strongest first, ties in the order of the text, until the goal is reached. */
function expected(row: readonly number[], goal: number, measure: (weight: number) => number): number[] {
  const kept = new Set<number>();
  let reached = 0;
  for (const { weight, index } of row
    .map((weight, index) => ({ weight, index }))
    .sort((a, b) => b.weight - a.weight || a.index - b.index)) {
    if (reached >= goal || weight === 0) break;
    kept.add(index);
    reached += measure(weight);
  }
  return row.map((weight, index) => (kept.has(index) ? weight : 0));
}

describe('thinning rows', () => {
  const length = 23;
  for (const count of [1, 2, 5, 22, 23, 40]) {
    it(`keeps the ${count} strongest of every row`, () => {
      const rows = rowsOf(count, 40, length);
      const before = rows.slice();
      keepTop(rows, length, count);
      for (let start = 0; start < rows.length; start += length) {
        assert.deepEqual(
          [...rows.subarray(start, start + length)],
          expected([...before.subarray(start, start + length)], count, () => 1),
        );
      }
    });
  }

  for (const mass of [0.01, 0.5, 0.9, 1]) {
    it(`keeps the fewest that hold ${mass} of a row`, () => {
      const rows = rowsOf(17, 40, length);
      const before = rows.slice();
      keepMass(rows, length, mass);
      for (let start = 0; start < rows.length; start += length) {
        const row = [...before.subarray(start, start + length)];
        const all = row.reduce((sum, weight) => sum + weight, 0);
        assert.deepEqual(
          [...rows.subarray(start, start + length)],
          expected(row, all * mass * (1 - 1e-6), (weight) => weight),
        );
      }
    });
  }

  it('leaves rows of zeros alone', () => {
    const rows = new Float32Array(6);
    keepMass(rows, 3, 0.5);
    keepTop(rows, 3, 2);
    renormalise(rows, 3);
    assert.deepEqual([...rows], [0, 0, 0, 0, 0, 0]);
  });

  it('renormalises to a sum of 1', () => {
    const rows = Float32Array.of(0.25, 0.25, 0, 0.5, 0, 0);
    renormalise(rows, 3);
    assert.deepEqual([...rows], [0.5, 0.5, 0, 1, 0, 0]);
  });
});
