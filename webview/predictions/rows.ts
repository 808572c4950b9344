import { probabilityText } from '../../src/core/attention/number-words.ts';
import type { Distribution } from '../../src/core/prediction/distribution.ts';
import type { PredictedPlace } from '../../src/core/prediction/drawn-place.ts';
import { isPlainDrawing, type SamplingSettings } from '../../src/core/prediction/sampling-settings.ts';
import { visibleText } from '../../src/core/text/label.ts';

/** A candidate as it is listed. */
export interface PredictionRow {
  readonly id: number;
  readonly text: string;
  readonly label: string;
  /** What the model itself gives it. */
  readonly probability: number;
  /** What it is drawn with; the model's own where that is not known. */
  readonly drawn: number;
  readonly isCut: boolean;
  /** The place of the token that the text has, counting from 0; null for the others. */
  readonly rank: number | null;
}

/**
 * The candidates of a place under the settings, and the token that the text has there as the last of them where it is
 * not among the likeliest: from the distribution, or else from what the run told.
 */
export function rowsOf(
  place: PredictedPlace,
  distribution: Distribution | null,
  sampling: SamplingSettings,
): readonly PredictionRow[] {
  if (!distribution)
    return place.candidates.map(({ id, text, probability }, rank) => ({
      id,
      text,
      label: visibleText(text),
      probability,
      drawn: probability,
      isCut: false,
      rank: place.followed?.rank === rank ? rank : null,
    }));
  const { candidates, followed } = distribution;
  // Without settings both numbers are one, but for what a rule of the model changes.
  const isPlain = isPlainDrawing(sampling) && distribution.kept === distribution.vocabulary;
  const isTold = candidates.some(({ id }) => id === followed?.id);
  return [...candidates, ...(followed && !isTold ? [followed] : [])].map(({ id, text, probability, drawn }) => ({
    id,
    text,
    label: visibleText(text),
    probability,
    drawn: isPlain ? probability : drawn,
    isCut: drawn === 0 && probability > 0,
    rank: id === followed?.id ? followed.rank : null,
  }));
}

/** The number beside a candidate: what it is drawn with, or what the model gives one that is cut off. */
export function numberOf({ isCut, drawn, probability }: PredictionRow): string {
  return probabilityText(isCut ? probability : drawn);
}
