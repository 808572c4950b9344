import type { Followed } from './prediction.ts';

/** A token id and its softmax probability. */
export interface Likely {
  readonly id: number;
  readonly probability: number;
}

/** The softmax of one row of logits, as far as it was asked for. */
export interface ReadRow {
  /** The likeliest, likeliest first; ties in the order of the ids. */
  readonly top: readonly Likely[];
  readonly followed: Followed | null;
  /** How many tokens there are. */
  readonly vocabulary: number;
}

/**
 * Reads one row of logits, `[vocabulary]`: the `count` likeliest tokens, and how likely the token `followed` is. One
 * pass and no second array, since vocabularies have up to a quarter of a million tokens. Null when the row holds no
 * probabilities (NaN).
 */
export function readRow(logits: Float32Array, count: number, followed: number | null = null): ReadRow | null {
  const theirs = followed === null ? NaN : (logits[followed] ?? NaN);
  const top: number[] = [];
  let max = -Infinity;
  let sum = 0;
  let rank = 0;
  for (let id = 0; id < logits.length; id++) {
    const logit = logits[id] ?? NaN;
    if (logit > max) {
      sum *= Math.exp(max - logit);
      max = logit;
    }
    sum += logit === -Infinity ? 0 : Math.exp(logit - max);
    if (logit > theirs) rank++;
    if (top.length < count || logit > logitAt(logits, top[count - 1])) insert(top, id, count, logits);
  }
  if (!(sum > 0) || !Number.isFinite(max)) return null;
  const share = (logit: number): number => Math.exp(logit - max) / sum;
  return {
    top: top.map((id) => ({ id, probability: share(logitAt(logits, id)) })),
    followed: Number.isNaN(theirs) ? null : { probability: share(theirs), rank },
    vocabulary: logits.length,
  };
}

/** Softmax of a short row. */
export function softmax(logits: ArrayLike<number>): number[] {
  const numbers = Array.from(logits);
  const max = Math.max(...numbers);
  const powers = numbers.map((logit) => Math.exp(logit - max));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** The logistic function. */
export function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

function insert(top: number[], id: number, count: number, logits: Float32Array): void {
  const logit = logitAt(logits, id);
  let at = top.length;
  while (at > 0 && logitAt(logits, top[at - 1]) < logit) at--;
  top.splice(at, 0, id);
  if (top.length > count) top.pop();
}

function logitAt(logits: Float32Array, id: number | undefined): number {
  return id === undefined ? -Infinity : (logits[id] ?? -Infinity);
}
