import type { Link } from '../attention/rows.ts';
import { textOf, type Sequence } from '../text/token.ts';
import { wordsOf as groupTokens } from '../text/words.ts';

/** Tokens that make up one word; a special token, and every token that no word claims, stands alone. */
export interface Word {
  /** The characters as the text writes them; for a token without characters, the vocabulary's own writing. */
  readonly label: string;
  /** Indices of the word's tokens in the sequence, ascending. */
  readonly tokens: readonly number[];
  /** UTF-16 code units of the text of `segment`. */
  readonly start: number;
  readonly end: number;
  readonly segment: 0 | 1;
}

/** The words of a sequence, in its order. */
export function wordsOf(sequence: Sequence): Word[] {
  return groupTokens(sequence.tokens).map(({ first, end }) => wordFrom(sequence, Array.from({ length: end - first }, (_, at) => first + at)));
}

function wordFrom(sequence: Sequence, indices: readonly number[]): Word {
  const tokens = indices.flatMap((index) => sequence.tokens[index] ?? []);
  const [first] = tokens;
  const start = Math.min(...tokens.map((token) => token.start));
  const end = Math.max(...tokens.map((token) => token.end));
  const characters = first ? textOf(sequence, first).slice(start, end) : '';
  return { label: characters || (first?.text ?? ''), tokens: indices, start, end, segment: first?.segment ?? 0 };
}

/** The word whose characters hold the UTF-16 offset of the first text, or null between words. */
export function wordAt(words: readonly Word[], offset: number): Word | null {
  return words.find((word) => word.segment === 0 && word.start <= offset && offset < word.end) ?? null;
}

/**
 * The attention from one word to another: the mean over the pieces that look of the sum over the pieces looked at, so that a
 * word's weights over all words still sum to 1. `weights` is `[query][key]`.
 */
export function weightBetween(weights: Float32Array, keys: number, query: Word, key: Word): number {
  let sum = 0;
  for (const from of query.tokens) {
    for (const to of key.tokens) sum += weights[from * keys + to] ?? 0;
  }
  return query.tokens.length > 0 ? sum / query.tokens.length : 0;
}

/** A link to or from a word: `index` counts the words. */
export interface WordLink extends Link {
  readonly word: Word;
}

/** The words that `query` looks at most, strongest first, at most `count`. */
export function wordLooksAt(weights: Float32Array, keys: number, query: Word, words: readonly Word[], count: number): WordLink[] {
  return ranked(words, count, (word) => weightBetween(weights, keys, query, word));
}

/** The words that look at `key` most, strongest first, at most `count`. */
export function wordLookedAtBy(weights: Float32Array, keys: number, key: Word, words: readonly Word[], count: number): WordLink[] {
  return ranked(words, count, (word) => weightBetween(weights, keys, word, key));
}

function ranked(words: readonly Word[], count: number, weigh: (word: Word) => number): WordLink[] {
  return words
    .map((word, index) => ({ word, index, weight: weigh(word) }))
    .filter(({ weight }) => weight >= leastShown)
    .sort((a, b) => b.weight - a.weight || a.index - b.index)
    .slice(0, count);
}

/** A smaller weight would be written as 0.00. */
const leastShown = 0.005;
