import * as v from 'valibot';
import { mapNames, scorings } from '../attention/map.ts';
import { finiteSchema, indexSchema, type Data } from '../schema.ts';
import { blockParts } from './block.ts';
import { biasNames } from './score.ts';

/** One weight of an analysis: the index of its map, its layer, head, query and key. */
export type Cell = Data<typeof cellSchema>;

/** The schema of a {@link Cell}. */
export const cellSchema = v.object({
  map: indexSchema,
  layer: indexSchema,
  head: indexSchema,
  query: indexSchema,
  key: indexSchema,
});

/** A vector, or a row of numbers over all keys: little-endian float32. */
const vector = v.instance(ArrayBuffer);
/** A number that a mask may make -∞. */
const masked = v.number();

/**
 * What a head hands over for a query, and how much of it comes from a key. With α the weights of the query's row, v
 * the values and W the output projection, a head adds t = Σ_j W α_j v_j to the output of its attention, and
 * p = W α_k v_k is the part that comes from key k (Kobayashi et al. 2020, emnlp-main.574; the projection's bias
 * belongs to no head). In a recurrent network, which has no projection of its own there, v are the encoder's
 * annotations and W is the identity.
 */
export type HeadOutput = Data<typeof headOutputSchema>;

const headOutputSchema = v.object({
  /** ‖t‖, Euclidean. */
  norm: finiteSchema,
  /** ‖p‖. */
  keyNorm: finiteSchema,
  /** p·t / ‖t‖²: the signed share of the key; those of all keys sum to 1. Null where t is 0. */
  share: v.nullable(finiteSchema),
  /**
   * How far the outputs of all heads are from summing to what the model computes, relative to its norm: rounding with
   * floats, more where a quantised projection rounds by its whole input. Null where the model has one head by itself.
   */
  difference: v.nullable(finiteSchema),
  /**
   * The length of what all heads together add to the residual stream of the query, biases included, and of that stream
   * before; null where the stream was not found, or the network has none.
   */
  beside: v.nullable(v.object({ attention: finiteSchema, residual: finiteSchema })),
});

/** The score and the weight computed once more in double precision from the numbers of the explanation. */
const recomputedSchema = v.object({
  score: masked,
  weight: finiteSchema,
  /**
   * The largest difference from what the model computes: of the score (relative to its size where that is above 1) and
   * of each weight of the row.
   */
  difference: finiteSchema,
});

const common = {
  ...cellSchema.entries,
  map: v.picklist(mapNames),
  /** The whole row, a number a key: what the softmax reads, and the weights of the analysis. */
  scores: vector,
  weights: vector,
  output: v.nullable(headOutputSchema),
  recomputed: recomputedSchema,
  /** What was not found of the block, and why: what rests on it is null. */
  missing: v.array(v.object({ part: v.picklist(blockParts), why: v.string() })),
};

/**
 * A weight of scaled dot-product attention taken apart: the score is `scale` · Σ q_d k_d, bent to
 * `softcap` · tanh(that / `softcap`) where there is one, plus each of `biases`; the weight is its softmax over the
 * row and `sinks`, the scores of keys that are no tokens. `q` and `k` are as they meet, after rotary embedding.
 */
export type DotProductExplanation = Data<typeof dotProductSchema>;

const dotProductSchema = v.object({
  kind: v.literal('dot-product'),
  ...common,
  q: vector,
  k: vector,
  scale: finiteSchema,
  softcap: v.nullable(finiteSchema),
  biases: v.array(v.object({ name: v.picklist(biasNames), value: masked })),
  sinks: v.array(masked),
  v: vector,
});

/** A vector of a recurrent network's scoring, by the formula that it stands for. */
export type ScoringPart = Data<typeof scoringPartSchema>;

const scoringPartSchema = v.object({ name: v.string(), vector });

/**
 * A weight of a recurrent network taken apart: s is the decoder's state, h the encoder's annotation at the key. The
 * score is v·tanh(W s + U h) (`additive`, `concat`), s·h (`dot`) or s·W h (`general`). Local attention (Luong et al.
 * 2015) takes its softmax over a window around `centre`, and multiplies by a Gaussian where `sigma` is not null.
 */
export type RecurrentExplanation = Data<typeof recurrentSchema>;

const recurrentSchema = v.object({
  kind: v.literal('recurrent'),
  ...common,
  scoring: v.picklist(scorings),
  parts: v.array(scoringPartSchema),
  window: v.nullable(
    v.object({
      centre: finiteSchema,
      halfWidth: finiteSchema,
      sigma: v.nullable(finiteSchema),
      parts: v.array(scoringPartSchema),
    }),
  ),
});

/** One weight of an analysis taken apart. */
export type Explanation = Data<typeof explanationSchema>;

/** The schema of an {@link Explanation}. */
export const explanationSchema = v.variant('kind', [dotProductSchema, recurrentSchema]);
