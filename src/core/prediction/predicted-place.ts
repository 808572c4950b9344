import type { AnalysisInfo } from '../attention/analysis.ts';
import type { Selection } from '../attention/selection.ts';

/** Whether a model predicts one of several at a place: tokens, or labels of which one is true. */
export function predictsTokens({ predictions }: Pick<AnalysisInfo, 'predictions'>): boolean {
  const [prediction] = predictions ?? [];
  switch (prediction?.kind) {
    case 'masked':
    case 'next':
    case 'tags':
      return true;
    case 'label':
      return prediction.exclusive;
    default:
      return false;
  }
}

/**
 * The token in focus where a prediction can be made there: one of the sequence that is predicted, of a masked language
 * model a word or a mask. Null leaves the place to the model.
 */
export function positionInFocus(
  { predictions, maps, sequences }: Pick<AnalysisInfo, 'predictions' | 'maps' | 'sequences'>,
  { map: index, token }: Selection,
): number | null {
  const [prediction] = predictions ?? [];
  const map = maps[index];
  if (!token || !map || !prediction || !('sequence' in prediction)) return null;
  if ((token.side === 'query' ? map.queries : map.keys) !== prediction.sequence) return null;
  if (prediction.kind !== 'masked') return token.index;
  const isMask = prediction.places.some((place) => place.token === token.index);
  const isSpecial = sequences[prediction.sequence]?.tokens[token.index]?.special ?? true;
  return isMask || !isSpecial ? token.index : null;
}
