import * as v from 'valibot';
import { cellSchema, explanationSchema } from '../core/block/explanation.ts';
import { logitPartsSchema, partsBy, scorePartsSchema } from '../core/block/score-parts.ts';
import { layerChoiceSchema } from '../core/attention/merge.ts';
import { headSummarySchema } from '../core/attention/roles.ts';
import { shownOptionsSchema } from '../core/attention/shown.ts';
import { askedWordEntries, headLinkSchema } from '../core/attention/strongest-heads.ts';
import { thumbnailSizeSchema, thumbnailsSchema } from '../core/views/model/thumbnails.ts';
import { distributionSchema } from '../core/prediction/distribution.ts';
import { drawingSchema } from '../core/prediction/sample.ts';
import { effectsSchema } from '../core/prediction/effects.ts';
import { indexSchema } from '../core/schema.ts';

const analysis = v.pipe(v.string(), v.nonEmpty());

/**
 * What is asked of an analysis that is named, and of its maps, by the panel of the host and by the host of the engine; the host
 * passes it on.
 */
export const mapRequests = {
  /** One layer of a map, or all its layers merged, `[head][query][key]` float32. */
  weights: {
    params: v.object({ analysis, map: indexSchema, layer: layerChoiceSchema }),
    result: v.object({ weights: v.instance(ArrayBuffer) }),
  },
  /** A small picture of every head of a map, of what is shown of its weights. */
  thumbnails: {
    params: v.object({
      analysis,
      map: indexSchema,
      size: thumbnailSizeSchema,
      options: shownOptionsSchema,
    }),
    result: thumbnailsSchema,
  },
  /** Statistics and role of every head of a map, layer by layer. */
  heads: {
    params: v.object({ analysis, map: indexSchema }),
    result: v.array(v.array(headSummarySchema)),
  },
  /**
   * For every head of a map the strongest link of a word, the tokens [first, end) of one side; strongest head first.
   */
  strongest: {
    params: v.object({ analysis, ...askedWordEntries }),
    result: v.array(headLinkSchema),
  },
  /**
   * What switching off each head and each feed-forward part does to the prediction at a token of the sequence that is
   * predicted; null for where a model predicts by itself. From then on the summaries of heads have it. Tells how many
   * runs are done, and ends when it is cancelled.
   */
  effects: {
    params: v.object({ analysis, position: v.nullable(indexSchema) }),
    result: effectsSchema,
  },
  /**
   * A token of the model's vocabulary by its name: its spelling there, characters that are one token, or `#` and its
   * id; null where there is none.
   */
  token: {
    params: v.object({ analysis, name: v.pipe(v.string(), v.nonEmpty(), v.maxLength(500)) }),
    result: v.nullable(v.object({ id: indexSchema, text: v.string() })),
  },
  /**
   * One weight of an analysis taken apart: the block of its layer runs again, on the same tokens. Its layer counts
   * the layers of the map, as everywhere in messages. Tells its progress, and ends when it is cancelled.
   */
  explain: {
    params: v.object({ analysis, ...cellSchema.entries }),
    result: explanationSchema,
  },
  /**
   * What the model predicts in place of a token of the sequence that it writes (or of a mask), and how likely each
   * candidate is drawn; null where it predicts nothing there, or its logits are not kept any more.
   */
  distribution: {
    params: v.object({ analysis, token: indexSchema, drawing: drawingSchema }),
    result: v.nullable(distributionSchema),
  },
  /** The score of one weight by what wrote the residual stream; heads as one part each, or one for each token. */
  parts: {
    params: v.object({ analysis, ...cellSchema.entries, by: v.picklist(partsBy) }),
    result: scorePartsSchema,
  },
  /** A logit after a token of the decoder, by what wrote the residual stream: `token` as text, or `#` and its id. */
  logit: {
    params: v.object({ analysis, token: v.pipe(v.string(), v.nonEmpty()), position: indexSchema }),
    result: logitPartsSchema,
  },
} as const;
