import assert from 'node:assert/strict';
import { test } from 'node:test';
import { movedTokens } from '../../../src/core/prediction/change.ts';
import { wordDiff } from '../../../src/core/prediction/word-diff.ts';

test('tokens have their probabilities and ranks in both runs, the likeliest after the edits first, each once', () => {
  const before = Float32Array.from([Math.log(0.5), Math.log(0.3), Math.log(0.2)]);
  const after = Float32Array.from([Math.log(0.1), Math.log(0.2), Math.log(0.7)]);
  const moved = movedTokens(
    [
      { id: 0, text: 'a' },
      { id: 2, text: 'c' },
      { id: 0, text: 'a' },
    ],
    before,
    after,
  );
  assert.deepEqual(
    moved.map(({ text, before, after, ranks }) => [text, before.toFixed(4), after.toFixed(4), ranks]),
    [
      ['c', '0.2000', '0.7000', [2, 0]],
      ['a', '0.5000', '0.1000', [0, 2]],
    ],
  );
});

test('words that a text does not share with another are its own', () => {
  const own = (before: string, after: string) =>
    wordDiff(before, after).map((pieces) => pieces.filter(({ isOwn }) => isOwn).map(({ text }) => text.trim()));
  assert.deepEqual(own('el gato negro ve el perro', 'el gato ve un perro'), [['negro', 'el'], ['un']]);
  assert.deepEqual(own('same text', 'same text'), [[], []]);
  assert.deepEqual(own('', 'new'), [[], ['new']]);
  assert.equal(
    wordDiff('a  b ', 'c')[0]
      .map(({ text }) => text)
      .join(''),
    'a  b',
  );
});
