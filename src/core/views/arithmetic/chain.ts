import { seenKeys } from '../../attention/map.ts';
import { fullMask } from '../../attention/mask.ts';
import type { DotProductExplanation, Explanation, RecurrentExplanation, ScoringPart } from '../../block/explanation.ts';
import { dot } from '../../block/numbers.ts';
import { itemAt } from '../../item-at.ts';

/** From this size of a row's largest score on, its powers are taken of the scores less the largest. */
const maxExponent = 12;
/** A score below this is masked: no sum of products reaches it. */
export const maskedBelow = -1e8;

/**
 * A weight computed step by step in double precision, from the vectors of its explanation to the weight itself: what is
 * displayed, and nothing else. With `products` p_d the score is Σ p_d · scale (bent, with the biases added), its power
 * is e^(score − shift), and the weight is power / `total` · factor.
 */
export interface Chain {
  readonly products: Float64Array;
  /** Σ p_0 … p_d at every d. */
  readonly sums: Float64Array;
  readonly product: number;
  readonly score: number;
  /** What is taken from every score before its power: 0, or the largest score of the row. */
  readonly shift: number;
  /** A row over all keys: scores, their powers (0 where a key is not seen), and the weights. */
  readonly scores: Float64Array;
  readonly powers: Float64Array;
  readonly weights: Float64Array;
  /** The power of the sinks: scores of the same softmax that belong to no key. */
  readonly sinkPower: number;
  readonly total: number;
  /** What the weight of the pair is multiplied by after the softmax: the Gaussian of local-p, else 1. */
  readonly factor: number;
  readonly weight: number;
  /** The keys that are seen: neither masked nor outside the window. */
  readonly seen: readonly number[];
}

/** The two vectors whose products add up to the score before its scale, by the names that formulas give them. */
export interface Meeting {
  readonly query: ScoringPart;
  readonly key: ScoringPart;
}

/** The vectors that meet: q and k, or those of a recurrent network's scoring. */
export function meetingOf(told: Explanation): Meeting {
  if (told.kind === 'dot-product') return { query: { name: 'q', vector: told.q }, key: { name: 'k', vector: told.k } };
  const named = (name: string): ScoringPart => {
    const part = told.parts.find((one) => one.name === name);
    if (!part) throw new RangeError(`A ${told.scoring} scoring has no ${name}.`);
    return part;
  };
  switch (told.scoring) {
    case 'additive':
    case 'concat':
      return { query: named('v'), key: named('tanh(W s + U h)') };
    case 'general':
      return { query: named('s'), key: named('W h') };
    case 'dot':
      return { query: named('s'), key: named('h') };
  }
}

/** Computes a weight step by step from its explanation. */
export function chainOf(told: Explanation): Chain {
  const { query, key } = meetingOf(told);
  const other = new Float32Array(key.vector);
  const products = Float64Array.from(new Float32Array(query.vector), (value, at) => value * itemAt(other, at));
  let sum = 0;
  const sums = products.map((value) => (sum += value));
  const product = dot(new Float32Array(query.vector), other);
  const score = told.kind === 'dot-product' ? scoreOf(told, product) : product;
  const scores = Float64Array.from(new Float32Array(told.scores));
  scores[told.key] = score;
  const window = told.kind === 'recurrent' ? told.window : null;
  const seen = seenIn(scores, window);
  const sinks = told.kind === 'dot-product' ? told.sinks : [];
  const largest = Math.max(...seen.map((at) => itemAt(scores, at)), ...sinks);
  const shift = Math.abs(largest) > maxExponent && Number.isFinite(largest) ? largest : 0;
  const powers = new Float64Array(scores.length);
  for (const at of seen) powers[at] = Math.exp(itemAt(scores, at) - shift);
  const sinkPower = sinks.reduce((all, sink) => all + Math.exp(sink - shift), 0);
  const total = powers.reduce((all, power) => all + power, sinkPower);
  const weights = powers.map((power, at) => (total > 0 ? (power / total) * factorAt(window, at) : 0));
  return {
    products,
    sums,
    product,
    score,
    shift,
    scores,
    powers,
    weights,
    sinkPower,
    total,
    factor: factorAt(window, told.key),
    weight: itemAt(weights, told.key),
    seen,
  };
}

/** How many keys of a row have a higher score than the one that is explained. */
export function higherThan({ scores, seen }: Chain, key: number): number {
  return seen.filter((at) => itemAt(scores, at) > itemAt(scores, key)).length;
}

function scoreOf({ scale, softcap, biases }: DotProductExplanation, product: number): number {
  const scaled = scale * product;
  const bent = softcap === null ? scaled : softcap * Math.tanh(scaled / softcap);
  return biases.reduce((sum, { value }) => sum + value, bent);
}

type Window = RecurrentExplanation['window'];

function seenIn(scores: Float64Array, window: Window): readonly number[] {
  const all = Array.from(scores, (_, at) => at);
  if (!window) return all.filter((at) => itemAt(scores, at) > maskedBelow);
  const local = { centres: [window.centre], halfWidth: window.halfWidth, sigma: window.sigma };
  const { first, end } = seenKeys({ kind: 'cross', mask: fullMask, local }, 0, scores.length);
  return all.slice(first, end);
}

function factorAt(window: Window, key: number): number {
  const sigma = window?.sigma ?? null;
  return window === null || sigma === null ? 1 : Math.exp(-((key - window.centre) ** 2) / (2 * sigma ** 2));
}
