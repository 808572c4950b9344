import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { excerptOf } from '../../../src/core/document/excerpt.ts';
import { weightBetween, wordAt, wordLookedAtBy, wordLooksAt, wordsOf } from '../../../src/core/document/words.ts';
import type { Sequence, Token } from '../../../src/core/text/token.ts';

const token = (text: string, start: number, end: number, word: number | null): Token =>
  ({ id: 1, text, start, end, word, special: word === null, segment: 0 });

const sequence: Sequence = {
  text: 'unhappy cats',
  tokens: [
    token('[CLS]', 0, 0, null), token('un', 0, 2, 0), token('##happy', 2, 7, 0), token('cats', 8, 12, 1), token('[SEP]', 12, 12, null),
  ],
};
// Rows: CLS, un, ##happy, cats, SEP.
const weights = Float32Array.from([
  0.2, 0.2, 0.2, 0.2, 0.2,
  0.1, 0.2, 0.3, 0.4, 0.0,
  0.3, 0.0, 0.1, 0.6, 0.0,
  0.0, 0.25, 0.5, 0.25, 0.0,
  1.0, 0.0, 0.0, 0.0, 0.0,
]);

describe('wordsOf', () => {
  const words = wordsOf(sequence);
  const [cls, unhappy, cats] = words;

  it('joins the pieces of a word and leaves special tokens alone', () => {
    assert.deepEqual(words.map(({ label, tokens }) => [label, tokens]), [
      ['[CLS]', [0]], ['unhappy', [1, 2]], ['cats', [3]], ['[SEP]', [4]],
    ]);
  });

  it('finds the word at an offset, and none between words', () => {
    assert.equal(wordAt(words, 3), unhappy);
    assert.equal(wordAt(words, 0), unhappy);
    assert.equal(wordAt(words, 7), null);
    assert.equal(wordAt(words, 12), null);
  });

  it('takes the mean over pieces that look and the sum over pieces looked at', () => {
    assert.ok(cls && unhappy && cats);
    assert.ok(Math.abs(weightBetween(weights, 5, unhappy, cats) - 0.5) < 1e-6);
    assert.ok(Math.abs(weightBetween(weights, 5, cats, unhappy) - 0.75) < 1e-6);
    const total = words.reduce((sum, word) => sum + weightBetween(weights, 5, unhappy, word), 0);
    assert.ok(Math.abs(total - 1) < 1e-6, 'a word’s weights sum to 1');
  });

  it('ranks by weight and leaves out what would be written as 0.00', () => {
    assert.ok(unhappy && cats);
    assert.deepEqual(wordLooksAt(weights, 5, unhappy, words, 2).map(({ word }) => word.label), ['cats', 'unhappy']);
    assert.deepEqual(wordLookedAtBy(weights, 5, cats, words, 9).map(({ word }) => word.label), ['unhappy', 'cats', '[CLS]']);
  });
});

describe('excerptOf', () => {
  it('cuts at a word, and never inside a surrogate pair', () => {
    assert.equal(excerptOf('The cat that was hungry ate the fish.'), 'The cat that was hungry…');
    assert.equal(excerptOf('  short\n text '), 'short text');
    assert.equal(excerptOf('😀'.repeat(20), 5), '😀😀…');
  });
});
