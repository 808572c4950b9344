import type { AnalysisInfo } from '../attention/analysis.ts';
import type { MapInfo } from '../attention/map.ts';
import type { TokenFocus } from '../attention/selection.ts';
import { itemAt } from '../item-at.ts';
import type { Candidate, Followed } from './prediction.ts';

/** A place at which a model predicts tokens, as the run itself tells it. */
export interface PredictedPlace {
  readonly kind: 'masked' | 'next';
  readonly sequence: number;
  /** The index of the token that is predicted; that after the last one where the text ends. */
  readonly token: number;
  readonly candidates: readonly Candidate[];
  /** How likely the token was that the text has there; null for a mask, and where the text ends. */
  readonly followed: Followed | null;
  readonly vocabulary: number | null;
}

/**
 * The place that belongs to the pinned token: what is written at its step, or the mask itself; without one, where the
 * model would write on, or the first mask. Null for models and texts without such a prediction, and for a pinned token
 * of an encoder that is no mask.
 */
export function predictedPlace(
  { predictions = [], sequences }: AnalysisInfo,
  map: Pick<MapInfo, 'queries' | 'keys'>,
  pinned: TokenFocus | null,
): PredictedPlace | null {
  const prediction = predictions.find((one) => one.kind === 'masked' || one.kind === 'next');
  if (!prediction) return null;
  const { sequence } = prediction;
  const isOfIt = pinned && (pinned.side === 'query' ? map.queries : map.keys) === sequence;
  if (prediction.kind === 'masked') {
    const place = isOfIt ? prediction.places.find(({ token }) => token === pinned.index) : prediction.places[0];
    return place ? { kind: 'masked', sequence, ...place, followed: null, vocabulary: null } : null;
  }
  const { steps, ahead, vocabulary = null } = prediction;
  if (steps.length === 0 || !sequences[sequence]) return null;
  const at = isOfIt ? Math.min(pinned.index, steps.length - 1) : steps.length - 1;
  return { kind: 'next', sequence, token: at + ahead, ...itemAt(steps, at), vocabulary };
}

/** The ids of the tokens that the model wrote after what was given; the end token is none of them. */
export function writtenIds({ sequences, predictions = [] }: Pick<AnalysisInfo, 'sequences' | 'predictions'>): number[] {
  const prediction = predictions.find(({ kind }) => kind === 'next');
  const sequence = prediction?.kind === 'next' ? sequences[prediction.sequence] : undefined;
  if (!sequence || prediction?.kind !== 'next') return [];
  const { tokens, generatedFrom = tokens.length } = sequence;
  const last = tokens.at(-1);
  // A recurrent decoder has a row for its end token.
  const isEnd = prediction.ahead === 0 && last?.special === true && last.start === sequence.text.length;
  return tokens.slice(generatedFrom, isEnd ? -1 : undefined).map(({ id }) => id);
}

/** The text that the model wrote after what was given. */
export function writtenTextOf({
  sequences,
  predictions = [],
}: Pick<AnalysisInfo, 'sequences' | 'predictions'>): string {
  const prediction = predictions.find(({ kind }) => kind === 'next');
  const sequence = prediction?.kind === 'next' ? sequences[prediction.sequence] : undefined;
  const first = sequence?.tokens[sequence.generatedFrom ?? Infinity];
  if (!sequence || !first) return '';
  const before = sequence.tokens.slice(0, sequence.generatedFrom).reduce((end, token) => Math.max(end, token.end), 0);
  return sequence.text.slice(Math.min(before, first.start));
}
