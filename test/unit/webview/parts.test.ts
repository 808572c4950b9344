import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Sequence, Token } from '../../../src/core/text/token.ts';
import { partsOf } from '../../../webview/sentence/parts.ts';
import { analyses, type AnalysisName } from '../../ui/panel/page/analyses.ts';

const token = (text: string, start: number, end: number, more: Partial<Token> = {}): Token => ({
  id: 1,
  text,
  start,
  end,
  special: false,
  word: 0,
  segment: 0,
  ...more,
});

test('the parts put together are the text, whitespace and all', () => {
  for (const name of ['cat', 'pieces', 'causal', 'cross', 't64'] as AnalysisName[]) {
    for (const sequence of analyses[name]().sequences) {
      const text = partsOf(sequence)
        .filter((part) => part.kind !== 'special')
        .map((part) => part.text)
        .join('');
      assert.equal(text, sequence.text);
    }
  }
});

test('every token with characters stands in exactly one part', () => {
  for (const sequence of analyses.pieces().sequences) {
    const tokens = partsOf(sequence).flatMap((part) => ('tokens' in part ? part.tokens : []));
    assert.deepEqual(
      tokens,
      sequence.tokens.map((_, index) => index),
    );
  }
});

test('pieces of a word are joined, words are not', () => {
  const sequence: Sequence = {
    text: 'untold tale',
    tokens: [token('un', 0, 2), token('##told', 2, 6), token('tale', 7, 11, { word: 1 })],
  };
  const joined = partsOf(sequence).flatMap((part) => (part.kind === 'token' ? [part.joined] : []));
  assert.deepEqual(joined, [false, true, false]);
});

test('tokens that share a character share a part', () => {
  const sequence: Sequence = {
    text: '🐈!',
    tokens: [token('ðŁ', 0, 2), token('IJ', 0, 2), token('!', 2, 3, { word: 1 })],
  };
  assert.deepEqual(
    partsOf(sequence).map((part) => ('tokens' in part ? part.tokens : [])),
    [[0, 1], [2]],
  );
});

test('what the model did not take is a rest of its own', () => {
  const sequence: Sequence = { text: 'one two', analysedTo: 3, tokens: [token('one', 0, 3)] };
  assert.deepEqual(
    partsOf(sequence).map(({ kind, text }) => [kind, text]),
    [
      ['token', 'one'],
      ['rest', ' two'],
    ],
  );
});

test('both texts of a pair are there, each from its own characters', () => {
  const sequence: Sequence = {
    text: 'a b',
    pair: 'c d',
    tokens: [
      token('a', 0, 1),
      token('b', 2, 3),
      token('[SEP]', 3, 3, { special: true, word: null }),
      token('c', 0, 1, { segment: 1 }),
      token('d', 2, 3, { segment: 1 }),
    ],
  };
  assert.equal(
    partsOf(sequence)
      .map(({ text }) => text)
      .join(''),
    'a b[SEP]c d',
  );
});
