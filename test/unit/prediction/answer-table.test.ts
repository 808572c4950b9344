import assert from 'node:assert/strict';
import { test } from 'node:test';
import { predictionTable } from '../../../src/core/export/prediction-table.ts';
import type { SpanPrediction } from '../../../src/core/prediction/prediction.ts';
import type { Sequence } from '../../../src/core/text/token.ts';
import { token } from '../export/analysis.ts';

const sequence: Sequence = {
  text: 'who?',
  pair: 'the cat',
  tokens: [
    token(2, '[CLS]', 0, 0),
    token(7, 'who', 0, 3),
    token(6, 'the', 0, 3, { segment: 1 }),
    token(7, 'cat', 4, 7, { segment: 1 }),
  ],
};
const prediction: SpanPrediction = {
  kind: 'span',
  sequence: 0,
  answers: [
    { first: 2, last: 3, start: 0, end: 7, probability: 0.3 },
    { first: 3, last: 3, start: 4, end: 7, probability: 0.12 },
  ],
  none: 0.2,
  starts: [0.4, 0, 0.5, 0.2],
  ends: [0.5, 0, 0.1, 0.6],
};

test('a terminal tells of each answer what its probability is made of, and of none', () => {
  const [heading, ...rows] = predictionTable(prediction, [sequence]).split('\n');
  assert.match(heading ?? '', /^prediction: the answer/);
  assert.deepEqual(
    rows.map((row) => row.trim().replaceAll(/ {2,}/g, ' | ')),
    [
      '“the cat” | characters 0–7 of the second text | 0.30 | start 0.50 × end 0.60',
      'no answer in the text | 0.20 | start 0.40 × end 0.50',
      '“cat” | characters 4–7 of the second text | 0.12 | start 0.20 × end 0.60',
    ],
  );
});
