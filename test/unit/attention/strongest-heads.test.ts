import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AttentionMap } from '../../../src/core/attention/map.ts';
import { strongestHeads } from '../../../src/core/attention/strongest-heads.ts';
import type { Sequence, Token } from '../../../src/core/text/token.ts';

const token = (text: string, word: number | null): Token => ({
  id: 1,
  text,
  start: 0,
  end: 1,
  special: word === null,
  word,
  segment: 0,
});
const sequence: Sequence = {
  text: '',
  tokens: [token('[CLS]', null), token('un', 0), token('kind', 0), token('cat', 1)],
};

/** Two layers of one head over `[CLS] un kind cat`. */
const map: AttentionMap = {
  name: 'attention',
  kind: 'self',
  queries: 0,
  keys: 0,
  shape: [2, 1, 4, 4],
  weights: Float32Array.of(
    1,
    0,
    0,
    0,
    /**/ 0.5,
    0.25,
    0,
    0.25,
    /**/ 0.5,
    0,
    0.25,
    0.25,
    /**/ 0,
    0.25,
    0.5,
    0.25,
    1,
    0,
    0,
    0,
    /**/ 0,
    0,
    0,
    1,
    /**/ 0,
    0.5,
    0,
    0.5,
    /**/ 1,
    0,
    0,
    0,
  ),
};

describe('the strongest heads of a word', () => {
  it('that looks: mean over its pieces, no special token, not itself', () => {
    assert.deepEqual(strongestHeads(map, [sequence], 'query', { first: 1, end: 3 }), [
      { layer: 1, head: 0, token: 3, weight: 0.75 },
      { layer: 0, head: 0, token: 3, weight: 0.25 },
    ]);
  });

  it('that is looked at; a head without a link is left out', () => {
    assert.deepEqual(strongestHeads(map, [sequence], 'key', { first: 1, end: 3 }), [
      { layer: 0, head: 0, token: 3, weight: 0.75 },
    ]);
  });

  it('counts no word that sees one token alone', () => {
    const words: Sequence = { text: '', tokens: [token('a', 0), token('b', 1)] };
    const causal: AttentionMap = {
      name: 'attention',
      kind: 'causal',
      queries: 0,
      keys: 0,
      shape: [1, 1, 2, 2],
      weights: Float32Array.of(1, 0, 0.3, 0.7),
    };
    assert.deepEqual(strongestHeads(causal, [words], 'key', { first: 0, end: 1 }), [
      { layer: 0, head: 0, token: 1, weight: Math.fround(0.3) },
    ]);
    assert.deepEqual(strongestHeads(causal, [words], 'query', { first: 0, end: 1 }), []);
    const cross: AttentionMap = {
      name: 'cross',
      kind: 'cross',
      queries: 0,
      keys: 1,
      shape: [1, 1, 2, 1],
      weights: Float32Array.of(1, 1),
    };
    assert.deepEqual(
      strongestHeads(cross, [words, { text: '', tokens: [token('x', 0)] }], 'query', { first: 1, end: 2 }),
      [],
    );
  });
});
