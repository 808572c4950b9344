import * as v from 'valibot';
import { families, type AnalysisInfo } from '../core/attention/analysis.ts';
import type { HeadSummary } from '../core/attention/roles.ts';
import type { Selection } from '../core/attention/selection.ts';
import { directions, pairFilters, views, type ViewState } from '../core/attention/view.ts';
import type { Focus } from '../core/export/focus.ts';
import { predictionSchema } from './prediction-schema.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const finite = v.pipe(v.number(), v.finite());
const positive = v.pipe(finite, v.gtValue(0));

/** An index that counts from 0. */
export const indexSchema = count;

const tokenSchema = v.object({
  id: count,
  text: v.string(),
  start: count,
  end: count,
  special: v.boolean(),
  word: v.nullable(count),
  segment: v.picklist([0, 1]),
});

const sequenceSchema = v.object({
  text: v.string(),
  pair: v.exactOptional(v.string()),
  tokens: v.array(tokenSchema),
  analysedTo: v.exactOptional(count),
  generatedFrom: v.exactOptional(count),
  roles: v.exactOptional(v.array(v.object({
    role: v.string(),
    first: count,
    end: count,
    content: v.nullable(v.object({ start: count, end: count })),
  }))),
});

const mapSchema = v.object({
  name: v.picklist(['attention', 'encoder', 'decoder', 'cross']),
  kind: v.picklist(['self', 'causal', 'cross']),
  queries: count,
  keys: count,
  shape: v.tuple([count, count, count, count]),
  normalised: v.exactOptional(v.literal(false)),
  scoring: v.exactOptional(v.picklist(['additive', 'dot', 'general', 'concat'])),
  local: v.exactOptional(v.object({ centres: v.array(finite), halfWidth: positive, sigma: v.nullable(positive) })),
});

/** A layer by its index, or all layers merged. */
export const layerChoiceSchema = v.union([count, v.picklist(['mean', 'max'])]);

/** The schema of an {@link AnalysisInfo}. */
export const analysisInfoSchema: v.GenericSchema<unknown, AnalysisInfo> = v.object({
  model: v.object({
    id: v.string(),
    family: v.picklist(families),
    layers: count,
    heads: count,
  }),
  sequences: v.array(sequenceSchema),
  maps: v.array(mapSchema),
  predictions: v.exactOptional(v.array(predictionSchema)),
  timing: v.object({ load: v.number(), run: v.number() }),
  notes: v.array(v.string()),
});

/** The schema of a {@link HeadSummary}. */
export const headSummarySchema: v.GenericSchema<unknown, HeadSummary> = v.object({
  layer: count,
  head: count,
  entropy: v.number(),
  maxEntropy: v.number(),
  distance: v.number(),
  role: v.nullable(v.object({
    name: v.picklist(['previous', 'next', 'self', 'same token', 'first', 'separator', 'broad']),
    score: v.number(),
  })),
});

/** The schema of a {@link Selection}. */
export const selectionSchema: v.GenericSchema<unknown, Selection> = v.object({
  map: count,
  layer: count,
  heads: v.array(count),
  head: v.nullable(count),
  token: v.nullable(v.object({ side: v.picklist(['query', 'key']), index: count })),
});

const merge = v.picklist(['mean', 'max']);

/** The schema of a {@link ViewState}. */
export const viewStateSchema: v.GenericSchema<unknown, ViewState> = v.object({
  view: v.picklist(views),
  options: v.object({
    unit: v.picklist(['tokens', 'words']),
    headMerge: merge,
    layerMerge: v.nullable(merge),
    mass: v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
    topK: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1))),
    hideSpecial: v.boolean(),
    hidePunctuation: v.boolean(),
    renormalise: v.boolean(),
    direction: v.picklist(directions),
    pairs: v.picklist(pairFilters),
  }),
});

/** The schema of a {@link Focus}. */
export const focusSchema: v.GenericSchema<unknown, Focus> = v.object({
  map: v.nullable(count),
  layer: v.nullable(count),
  heads: v.nullable(v.array(count)),
});
