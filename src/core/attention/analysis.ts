import * as v from 'valibot';
import { dtypes } from '../catalogue/dtype.ts';
import type { Effects } from '../prediction/effects.ts';
import { changeSchema } from '../prediction/change.ts';
import type { ProbeResult } from '../probe/evidence.ts';
import type { LatestRows } from '../prediction/latest-rows.ts';
import { predictionSchema } from '../prediction/prediction.ts';
import { editsSchema } from '../run/edits.ts';
import { indexSchema, type Data } from '../schema.ts';
import { sequenceSchema } from '../text/token.ts';
import { mapInfoSchema, type AttentionMap } from './map.ts';
import { headRelationSchema } from './relations.ts';

/** The kinds of model that have attention. */
export const families = ['encoder', 'decoder', 'encoder-decoder', 'recurrent'] as const;

export type Family = (typeof families)[number];

/**
 * How the numbers of a graph are stored: as its file's name says, or `quantised` or `fp16` where the graph stores or
 * computes with coarser ones than that.
 */
export type NumberFormat = (typeof numberFormats)[number];
const numberFormats = [...dtypes, 'quantised'] as const;

/**
 * A graph of a model that ran, by its file's name without suffix (`model`, `encoder_model`), and the format of its
 * numbers.
 */
export type GraphFormat = Data<typeof graphFormatSchema>;

const graphFormatSchema = v.object({ graph: v.string(), format: v.picklist(numberFormats) });

/** The model of an analysis; `layers` and `heads` are those of its first map. */
export type ModelInfo = Data<typeof modelInfoSchema>;

const modelInfoSchema = v.object({
  id: v.string(),
  family: v.picklist(families),
  layers: indexSchema,
  heads: indexSchema,
  /** The number formats that ran, a row for every graph; weights differ by them. */
  formats: v.exactOptional(v.array(graphFormatSchema)),
  /** The token that stands for a hidden one, as the vocabulary writes it: the mask, else the unknown token. */
  blank: v.exactOptional(v.string()),
  /** What the model says of its heads, where it has one map. */
  relations: v.exactOptional(v.array(headRelationSchema)),
});

/** Milliseconds that a run took: `load` is 0 when the model was already loaded. */
export type Timing = Data<typeof timingSchema>;

const timingSchema = v.object({ load: v.number(), run: v.number() });

/** One text (or pair) and one model: everything but the weights. */
export type AnalysisInfo = Data<typeof analysisInfoSchema>;

/** The schema of an {@link AnalysisInfo}. */
export const analysisInfoSchema = v.object({
  model: modelInfoSchema,
  sequences: v.array(sequenceSchema),
  maps: v.array(mapInfoSchema),
  /** What the model itself predicts, by the logits of the same run; absent where that is not known. */
  predictions: v.exactOptional(v.array(predictionSchema)),
  /** What was changed in the model while it ran; absent where nothing was. */
  edits: v.exactOptional(editsSchema),
  /** What that did to what the model predicts; absent where it predicts nothing. */
  change: v.exactOptional(changeSchema),
  timing: timingSchema,
  /**
   * One sentence on how the attention was read from the graph, and on what differs from the model's own description.
   */
  notes: v.array(v.string()),
});

/** One text (or pair) and one model, with the weights. */
export interface Analysis extends AnalysisInfo {
  readonly maps: readonly AttentionMap[];
  /** What the heads of the model were measured to do, where that is known. */
  readonly probe?: ProbeResult;
  /**
   * The logits of the tokens that are predicted, `[vocabulary]` each, by the index of the token in the sequence of its
   * prediction: of the latest, where there are many. They stay in the process of the model.
   */
  readonly logits?: LatestRows;
  /** What switching off its parts does to a prediction, where that was measured. */
  readonly effects?: Effects;
}
