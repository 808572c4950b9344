import { LatestRows, maxRowBytes } from '../../core/prediction/latest-rows.ts';
import type { Prediction } from '../../core/prediction/prediction.ts';
import type { Expectation } from './expectation.ts';

/**
 * Copies of the logits of the tokens that a run predicts, by the index of the token: of every mask, or of the latest
 * tokens. Undefined where it predicts none.
 */
export function keptLogits(
  expected: Expectation | undefined,
  predictions: readonly Prediction[] = [],
): LatestRows | undefined {
  if (!expected || expected.kind === 'label') return undefined;
  const tokens = predictions.flatMap((prediction) => predictedBy(prediction));
  const size = expected.row(tokens.at(-1) ?? 0)?.byteLength;
  if (size === undefined) return undefined;
  const rows = new LatestRows();
  // No row is copied that would have to go again.
  for (const token of tokens.slice(-Math.max(1, Math.floor(maxRowBytes / size)))) rows.keep(token, expected.row(token));
  return rows;
}

function predictedBy(prediction: Prediction): number[] {
  switch (prediction.kind) {
    case 'masked':
      return prediction.places.map(({ token }) => token);
    case 'next':
      return prediction.steps.map((_, index) => index + prediction.ahead);
    default:
      return [];
  }
}
