import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerIn, answersOf, bestAnswer } from '../../../src/core/prediction/span.ts';
import type { Sequence } from '../../../src/core/text/token.ts';
import { token } from '../export/analysis.ts';

const second = { segment: 1 } as const;
const pair: Sequence = {
  text: 'who ate?',
  pair: 'the cat ate',
  tokens: [
    token(2, '[CLS]', 0, 0),
    token(7, 'who', 0, 3),
    token(8, 'ate', 4, 7),
    token(3, '[SEP]', 0, 0),
    token(6, 'the', 0, 3, second),
    token(7, 'cat', 4, 7, second),
    token(11, 'ate', 8, 11, second),
    token(3, '[SEP]', 0, 0, second),
  ],
};

test('the answer stands in the context, its end not before its start', () => {
  const prediction = answersOf(pair, [0, 9, 9, 9, 2, 1, 0, 9], [0, 9, 9, 9, 3, 2, 1, 9]);
  const { answers, none } = prediction;
  const starts = [Math.exp(0), Math.exp(2), Math.exp(1), Math.exp(0)];
  const ends = [Math.exp(0), Math.exp(3), Math.exp(2), Math.exp(1)];
  const total = starts.reduce((a, b) => a + b) * ends.reduce((a, b) => a + b);
  assert.deepEqual(
    answers.map(({ first, last, start, end }) => [first, last, start, end]),
    [
      [4, 4, 0, 3],
      [4, 5, 0, 7],
      [4, 6, 0, 11],
    ],
  );
  assert.ok(Math.abs((answers[0]?.probability ?? 0) - Math.exp(5) / total) < 1e-9);
  assert.ok(Math.abs(none - 1 / total) < 1e-9);
  const [first] = prediction.answers;
  assert.ok(first);
  const share = (all: readonly number[]): number => all.reduce((a, b) => a + b);
  prediction.starts.forEach((start, index) => {
    const place = [0, 4, 5, 6].indexOf(index);
    assert.ok(Math.abs(start - (place < 0 ? 0 : (starts[place] ?? NaN) / share(starts))) < 1e-9);
  });
  const own = (prediction.starts[first.first] ?? NaN) * (prediction.ends[first.last] ?? NaN);
  assert.ok(Math.abs(own - first.probability) < 1e-12, 'the probability of an answer is that of its start and end');
  assert.deepEqual(bestAnswer(prediction), first);
  assert.equal(bestAnswer({ ...prediction, none: 0.99 }), null, 'none is likelier');
  assert.equal(bestAnswer({ answers: [], none: 0 }), null);
  assert.equal(answerIn([{ kind: 'span', sequence: 0, ...prediction }])?.answer, first);
  assert.equal(answerIn(undefined), null);
});

test('without a pair the answer stands in the text itself; special tokens are none', () => {
  const { answers } = answersOf(
    { text: 'cat', tokens: [token(2, '[CLS]', 0, 0), token(7, 'cat', 0, 3), token(3, '[SEP]', 3, 3)] },
    [5, 0, 9],
    [5, 0, 9],
  );
  assert.deepEqual(
    answers.map(({ first, last }) => [first, last]),
    [[1, 1]],
  );
});
