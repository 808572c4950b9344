import type { HeadRelation } from './relations.ts';
import type { Dtype } from '../catalogue/dtype.ts';
import type { Prediction } from '../prediction/prediction.ts';
import type { Sequence } from '../text/token.ts';
import type { AttentionMap, MapInfo } from './map.ts';

/** The kinds of model that have attention. */
export const families = ['encoder', 'decoder', 'encoder-decoder', 'recurrent'] as const;

export type Family = (typeof families)[number];

/**
 * How the numbers of a graph are stored: as its file's name says, or `quantised` or `fp16` where the graph computes
 * with coarser ones than that.
 */
export type NumberFormat = Dtype | 'quantised';

/**
 * A graph of a model that ran, by its file's name without suffix (`model`, `encoder_model`), and the format of its
 * numbers.
 */
export interface GraphFormat {
  readonly graph: string;
  readonly format: NumberFormat;
}

/** The model of an analysis; `layers` and `heads` are those of its first map. */
export interface ModelInfo {
  readonly id: string;
  readonly family: Family;
  readonly layers: number;
  readonly heads: number;
  /** The number formats that ran, a row for every graph; weights differ by them. */
  readonly formats?: readonly GraphFormat[];
  /** What the model says of its heads, where it has one map. */
  readonly relations?: readonly HeadRelation[];
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
  /**
   * One sentence on how the attention was read from the graph, and on what differs from the model's own description.
   */
  readonly notes: readonly string[];
}

/** One text (or pair) and one model, with the weights. */
export interface Analysis extends AnalysisInfo {
  readonly maps: readonly AttentionMap[];
}
