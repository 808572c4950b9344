import type { Token } from './token.ts';

/** A word: the indices [first, end) of its tokens in the sequence. Special tokens are words of their own. */
export interface TokenSpan {
  readonly first: number;
  readonly end: number;
}

/** Groups tokens into words, by the pre-tokenizer's boundaries that their `word` numbers carry. */
export function wordsOf(tokens: readonly Token[]): readonly TokenSpan[] {
  const words: { first: number; end: number }[] = [];
  for (const [at, token] of tokens.entries()) {
    const last = words.at(-1);
    const before = tokens[at - 1];
    if (last !== undefined && token.word !== null && token.word === before?.word && token.segment === before.segment)
      last.end = at + 1;
    else words.push({ first: at, end: at + 1 });
  }
  return words;
}

/**
 * The attention from one word to another: the mean over the query word's tokens of the sum over the key word's tokens,
 * so that a word's weights over all words still sum to 1.
 *
 * `weights` are `[query][key]` between tokens, one query after the other, each with `keys` weights.
 */
export function weightBetween(weights: ArrayLike<number>, keys: number, query: TokenSpan, key: TokenSpan): number {
  let sum = 0;
  for (let from = query.first; from < query.end; from++) {
    for (let to = key.first; to < key.end; to++) sum += weights[from * keys + to] ?? 0;
  }
  return sum / (query.end - query.first);
}

/**
 * The attention between all words of a map, `[query word][key word]`, each as {@link weightBetween} gives it.
 *
 * Throws RangeError when the weights do not have a row for each token of the words.
 */
export function wordWeights(
  weights: ArrayLike<number>,
  queries: readonly TokenSpan[],
  keys: readonly TokenSpan[],
): Float32Array {
  const keyCount = keys.at(-1)?.end ?? 0;
  const queryCount = queries.at(-1)?.end ?? 0;
  if (weights.length !== queryCount * keyCount)
    throw new RangeError(`expected ${queryCount} × ${keyCount} weights, got ${weights.length}`);
  const result = new Float32Array(queries.length * keys.length);
  for (const [row, query] of queries.entries()) {
    for (const [column, key] of keys.entries())
      result[row * keys.length + column] = weightBetween(weights, keyCount, query, key);
  }
  return result;
}
