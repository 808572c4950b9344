import * as v from 'valibot';
import { families, type AnalysisInfo } from '../core/attention/analysis.ts';
import { headMetrics, headOrders } from '../core/attention/order.ts';
import { roleNames, type HeadSummary } from '../core/attention/roles.ts';
import { rowChoices } from '../core/attention/row-names.ts';
import type { ShownOptions } from '../core/attention/shown.ts';
import { largestThumbnail } from '../core/views/model/thumbnails.ts';
import type { Selection } from '../core/attention/selection.ts';
import type { HeadLink } from '../core/attention/strongest-heads.ts';
import { directions, pairFilters, views, type ViewOptions, type ViewState } from '../core/attention/view.ts';
import type { Focus } from '../core/scene/focus.ts';
import { dtypes } from '../core/catalogue/dtype.ts';
import { predictionSchema } from './prediction-schema.ts';
import { headRelationSchema } from './relation-schema.ts';

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
  unknown: v.exactOptional(v.literal(true)),
});

const sequenceSchema = v.object({
  text: v.string(),
  pair: v.exactOptional(v.string()),
  tokens: v.array(tokenSchema),
  analysedTo: v.exactOptional(count),
  pairAnalysedTo: v.exactOptional(count),
  generatedFrom: v.exactOptional(count),
  roles: v.exactOptional(
    v.array(
      v.object({
        role: v.string(),
        first: count,
        end: count,
        content: v.nullable(v.object({ start: count, end: count })),
      }),
    ),
  ),
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
  rows: v.exactOptional(v.object({ tokens: v.picklist(['read', 'written']), edge: v.nullable(v.string()) })),
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
    formats: v.exactOptional(v.array(v.object({ graph: v.string(), format: v.picklist([...dtypes, 'quantised']) }))),
    relations: v.exactOptional(v.array(headRelationSchema)),
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
  special: v.number(),
  role: v.nullable(
    v.object({
      name: v.picklist(roleNames),
      score: v.number(),
    }),
  ),
  relation: v.exactOptional(headRelationSchema),
});

/** The schema of a {@link HeadLink}. */
export const headLinkSchema: v.GenericSchema<unknown, HeadLink> = v.object({
  layer: count,
  head: count,
  token: count,
  weight: v.number(),
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

const shownEntries = {
  unit: v.picklist(['tokens', 'words']),
  mass: v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
  topK: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1))),
  hideSpecial: v.boolean(),
  hidePunctuation: v.boolean(),
  renormalise: v.boolean(),
  pairs: v.picklist(pairFilters),
} as const;

/** The schema of {@link ShownOptions}; of an object that has more, the rest is left behind. */
export const shownOptionsSchema: v.GenericSchema<unknown, ShownOptions> = v.object(shownEntries);

/** The schema of {@link ViewOptions}. */
export const viewOptionsSchema: v.GenericSchema<unknown, ViewOptions> = v.object({
  ...shownEntries,
  headMerge: merge,
  layerMerge: v.nullable(merge),
  direction: v.picklist(directions),
  step: v.nullable(count),
  // What was saved before rows could be named otherwise had them all.
  rows: v.optional(v.picklist(rowChoices), 'both'),
});

/** The schema of a {@link ViewState}. */
export const viewStateSchema: v.GenericSchema<unknown, ViewState> = v.object({
  view: v.picklist(views),
  options: viewOptionsSchema,
  order: v.picklist(headOrders),
  metric: v.picklist(headMetrics),
});

/** The schema of a {@link Focus}. */
export const focusSchema: v.GenericSchema<unknown, Focus> = v.object({
  map: v.nullable(count),
  layer: v.nullable(count),
  heads: v.nullable(v.array(count)),
});

const side = v.pipe(count, v.maxValue(largestThumbnail));

/** The schema of thumbnails on their way, the cells as bytes. */
export const thumbnailsSchema = v.object({ rows: side, columns: side, cells: v.instance(ArrayBuffer) });

/** The schema of the largest side that thumbnails are asked for with. */
export const thumbnailSizeSchema = v.pipe(count, v.minValue(1), v.maxValue(largestThumbnail));
