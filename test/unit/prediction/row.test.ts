import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomFrom } from '../../../src/core/prediction/random.ts';
import { readRow, sigmoid, softmax } from '../../../src/core/prediction/row.ts';

const near = (a: number | undefined, b: number): void =>
  assert.ok(Math.abs((a ?? NaN) - b) <= 1e-12, `${a} is not ${b}`);

test('a row gives the likeliest tokens with their softmax, ties in the order of the ids', () => {
  const logits = Float32Array.of(0, 2, 1, 2, -Infinity, -3);
  const sum = 1 + 2 * Math.exp(2) + Math.exp(1) + Math.exp(-3);
  const row = readRow(logits, 3);
  assert.deepEqual(
    row?.top.map(({ id }) => id),
    [1, 3, 2],
  );
  near(row?.top[0]?.probability, Math.exp(2) / sum);
  near(row?.top[2]?.probability, Math.exp(1) / sum);
  assert.equal(row?.followed, null);
});

test('the token that follows has its probability and the number of likelier ones', () => {
  const logits = Float32Array.of(0, 2, 1, 2, -Infinity);
  const sum = 1 + 2 * Math.exp(2) + Math.exp(1);
  const followed = readRow(logits, 1, 2)?.followed;
  near(followed?.probability, Math.exp(1) / sum);
  assert.equal(followed?.rank, 2);
  assert.deepEqual(readRow(logits, 1, 4)?.followed, { probability: 0, rank: 4 });
  assert.equal(readRow(logits, 1, 3)?.followed?.rank, 0, 'one that is as likely is no likelier');
});

test('a hundred random rows agree with sorting all of them', () => {
  const random = randomFrom(5);
  for (let round = 0; round < 100; round++) {
    const logits = Float32Array.from(
      { length: 1 + Math.floor(random() * 300) },
      () => 40 * (random() - 0.5) * 10 ** Math.floor(3 * random()),
    );
    const probabilities = softmax(logits);
    const sorted = [...logits.keys()].sort((a, b) => (logits[b] ?? 0) - (logits[a] ?? 0) || a - b);
    const row = readRow(logits, 10, round % logits.length);
    assert.deepEqual(
      row?.top.map(({ id }) => id),
      sorted.slice(0, 10),
    );
    row?.top.forEach(({ id, probability }) => near(probability, probabilities[id] ?? NaN));
    near(row?.followed?.probability, probabilities[round % logits.length] ?? NaN);
  }
});

test('a row without numbers has no probabilities', () => {
  assert.equal(readRow(Float32Array.of(1, NaN), 2), null);
  assert.equal(readRow(Float32Array.of(-Infinity, -Infinity), 2), null);
  assert.equal(readRow(new Float32Array(0), 2), null);
});

test('large logits do not overflow', () => {
  assert.deepEqual(softmax([1000, 1000]), [0.5, 0.5]);
  assert.equal(readRow(Float32Array.of(3e38, -3e38), 1)?.top[0]?.probability, 1);
  assert.equal(sigmoid(0), 0.5);
});
