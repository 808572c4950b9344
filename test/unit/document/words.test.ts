import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { excerptOf } from '../../../src/core/document/excerpt.ts';
import { wordAt, wordLookedAtBy, wordLooksAt, wordsOf } from '../../../src/core/document/words.ts';
import type { Sequence, Token } from '../../../src/core/text/token.ts';

const token = (text: string, start: number, end: number, word: number | null): Token => ({
  id: 1,
  text,
  start,
  end,
  word,
  special: word === null,
  segment: 0,
});

const sequence: Sequence = {
  text: 'unhappy cats',
  tokens: [
    token('[CLS]', 0, 0, null),
    token('un', 0, 2, 0),
    token('##happy', 2, 7, 0),
    token('cats', 8, 12, 1),
    token('[SEP]', 12, 12, null),
  ],
};
// Rows: CLS, un, ##happy, cats, SEP.
const weights = Float32Array.from([
  0.2, 0.2, 0.2, 0.2, 0.2, 0.1, 0.2, 0.3, 0.4, 0.0, 0.3, 0.0, 0.1, 0.6, 0.0, 0.0, 0.25, 0.5, 0.25, 0.0, 1.0, 0.0, 0.0,
  0.0, 0.0,
]);

describe('wordsOf', () => {
  const words = wordsOf(sequence);
  const [, unhappy, cats] = words;

  it('joins the pieces of a word and leaves special tokens alone', () => {
    assert.deepEqual(
      words.map(({ label, tokens }) => [label, tokens]),
      [
        ['[CLS]', { first: 0, end: 1 }],
        ['unhappy', { first: 1, end: 3 }],
        ['cats', { first: 3, end: 4 }],
        ['[SEP]', { first: 4, end: 5 }],
      ],
    );
  });

  it('finds the word at an offset, and none between words', () => {
    assert.equal(wordAt(words, 3), unhappy);
    assert.equal(wordAt(words, 0), unhappy);
    assert.equal(wordAt(words, 7), null);
    assert.equal(wordAt(words, 12), null);
  });

  it('weighs by the mean over pieces that look of the sum over pieces looked at', () => {
    assert.ok(unhappy && cats);
    const [strongest] = wordLooksAt(weights, 5, unhappy, words, 1);
    assert.ok(strongest && Math.abs(strongest.weight - 0.5) < 1e-6);
    const [most] = wordLookedAtBy(weights, 5, unhappy, [cats], 1);
    assert.ok(most && Math.abs(most.weight - 0.75) < 1e-6);
  });

  it('writes what cannot be seen as signs, and spaces around a word not at all', () => {
    const text = 'a is\n\t\u0000';
    const labels = wordsOf({
      text,
      tokens: [
        token('a', 0, 1, 0),
        token('Ġis', 1, 4, 1),
        token('Ċ', 4, 5, 2),
        token('ĉĀ', 5, 7, 3),
        token('Ġ', 7, 7, 4),
      ],
    });
    assert.deepEqual(
      labels.map(({ label }) => label),
      ['a', 'is', '⏎', '⇥·', '␣'],
    );
  });

  it('ranks by weight and leaves out what would be written as 0.00', () => {
    assert.ok(unhappy && cats);
    assert.deepEqual(
      wordLooksAt(weights, 5, unhappy, words, 2).map(({ word }) => word.label),
      ['cats', 'unhappy'],
    );
    assert.deepEqual(
      wordLookedAtBy(weights, 5, cats, words, 9).map(({ word }) => word.label),
      ['unhappy', 'cats', '[CLS]'],
    );
  });
});

describe('excerptOf', () => {
  it('cuts at a word, and never inside a surrogate pair', () => {
    assert.equal(excerptOf('The cat that was hungry ate the fish.'), 'The cat that was hungry…');
    assert.equal(excerptOf('  short\n text '), 'short text');
    assert.equal(excerptOf('😀'.repeat(20), 5), '😀😀…');
  });
});
