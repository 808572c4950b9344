import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomFrom, xoshiro128 } from '../../../src/core/prediction/random.ts';
import { sampled, type Sampling } from '../../../src/core/prediction/sample.ts';

const logits = Float32Array.from([0.5, 0.3, 0.15, 0.05], Math.log);

/** The share of each token among many draws. */
function sharesOf(sampling: Omit<Sampling, 'seed'>, row = logits, draws = 20_000): number[] {
  const random = randomFrom(11);
  const counts = Array.from(logits, () => 0);
  for (let draw = 0; draw < draws; draw++) {
    const id = sampled(row, sampling, random) ?? -1;
    counts[id] = (counts[id] ?? 0) + 1;
  }
  return counts.map((count) => count / draws);
}

function assertShares(shares: readonly number[], expected: readonly number[]): void {
  shares.forEach((share, id) =>
    assert.ok(Math.abs(share - (expected[id] ?? NaN)) < 0.015, `${shares.join(' ')} is not ${expected.join(' ')}`),
  );
}

test('the generator gives the numbers of its authors', () => {
  const next = xoshiro128(Uint32Array.of(1, 2, 3, 4));
  assert.deepEqual(Array.from({ length: 6 }, next), [11520, 0, 5927040, 70819200, 2031721883, 1637235492]);
});

test('the same seed gives the same numbers, another seed others, all of them from 0 to 1', () => {
  const numbers = (seed: number): number[] => Array.from({ length: 1000 }, randomFrom(seed));
  assert.deepEqual(numbers(7), numbers(7));
  assert.notDeepEqual(numbers(7), numbers(8));
  assert.notDeepEqual(numbers(0), numbers(2 ** 32));
  for (const number of numbers(0)) assert.ok(number >= 0 && number < 1);
  const mean = numbers(0).reduce((sum, number) => sum + number, 0) / 1000;
  assert.ok(Math.abs(mean - 0.5) < 0.03, String(mean));
});

test('tokens are drawn by their probability', () => {
  assertShares(sharesOf({ temperature: 1 }), [0.5, 0.3, 0.15, 0.05]);
});

test('temperature, top-k, top-p and forbidden tokens change what is drawn from', () => {
  const squared = [0.25, 0.09, 0.0225, 0.0025].map((power) => power / 0.365);
  assertShares(sharesOf({ temperature: 0.5 }), squared);
  assertShares(sharesOf({ temperature: 1, topK: 2 }), [0.625, 0.375, 0, 0]);
  assertShares(sharesOf({ temperature: 1, topP: 0.6 }), [0.625, 0.375, 0, 0]);
  assertShares(sharesOf({ temperature: 1, topP: 0.4 }), [1, 0, 0, 0]);
  assertShares(sharesOf({ temperature: 1 }, Float32Array.of(-Infinity, ...logits.subarray(1))), [0, 0.6, 0.3, 0.1]);
  assertShares(sharesOf({ temperature: 1, topK: 1 }), [1, 0, 0, 0]);
});

test('nothing to draw from gives nothing', () => {
  assert.equal(
    sampled(Float32Array.of(NaN, -Infinity), { temperature: 1 }, () => 0.5),
    null,
  );
  assert.equal(
    sampled(Float32Array.of(-Infinity), { temperature: 1 }, () => 0.5),
    null,
  );
});
