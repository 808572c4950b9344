import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { excerptOf } from '../../../src/core/document/excerpt.ts';
import { wordAt, wordsOf } from '../../../src/core/document/words.ts';
import { token, unhappyCats as sequence } from '../support/unhappy-cats.ts';

describe('wordsOf', () => {
  const words = wordsOf(sequence);
  const [, unhappy] = words;

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
});

describe('excerptOf', () => {
  it('cuts at a word, and never inside a surrogate pair', () => {
    assert.equal(excerptOf('The cat that was hungry ate the fish.'), 'The cat that was hungry…');
    assert.equal(excerptOf('  short\n text '), 'short text');
    assert.equal(excerptOf('😀'.repeat(20), 5), '😀😀…');
  });
});
