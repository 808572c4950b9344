import type { Prediction } from '../prediction/prediction.ts';
import type { Sequence } from '../text/token.ts';
import type { AttentionMap, MapInfo } from './map.ts';

/** The kinds of model that have attention. */
export const families = ['encoder', 'decoder', 'encoder-decoder', 'recurrent'] as const;

export type Family = (typeof families)[number];

/** The model of an analysis; `layers` and `heads` are those of its first map. */
export interface ModelInfo {
  readonly id: string;
  readonly family: Family;
  readonly layers: number;
  readonly heads: number;
}

/** Milliseconds that a run took: `load` is 0 when the model was already loaded. */
export interface Timing {
  readonly load: number;
  readonly run: number;
}

/** One text (or pair) and one model: everything but the weights. */
export interface AnalysisInfo {
  readonly model: ModelInfo;
  readonly sequences: readonly Sequence[];
  readonly maps: readonly MapInfo[];
  /** What the model itself predicts, by the logits of the same run; absent where that is not known. */
  readonly predictions?: readonly Prediction[];
  readonly timing: Timing;
  /** One sentence on how the attention was read from the graph, and on what differs from the model's own description. */
  readonly notes: readonly string[];
}

/** One text (or pair) and one model, with the weights. */
export interface Analysis extends AnalysisInfo {
  readonly maps: readonly AttentionMap[];
}
