import * as v from 'valibot';
import { mapNames, type MapName } from '../attention/map.ts';
import { finiteSchema, indexSchema, shareSchema, type Data } from '../schema.ts';
import { candidateSchema } from './prediction.ts';

/**
 * What a prediction becomes without a part of the model: `kl` is KL(before ‖ after) in nats over the whole vocabulary
 * (or all labels), `after` the probability that is left to the token that is watched, `top` the likeliest now.
 */
export type Effect = Data<typeof effectSchema>;

const effectSchema = v.object({ kl: finiteSchema, after: shareSchema, top: candidateSchema });

/**
 * Where a prediction is made.
 *
 * - `masked`: in place of `token`; `isHidden` where the text has a word there, which a mask replaced.
 * - `next`: after `token`. `written`: `token` itself, which is written then (recurrent networks).
 * - `tag`: the label of `token`. `label`: that of the text, which has no token of its own (0).
 */
export type PredictedPlace = Data<typeof predictedPlaceSchema>;

const predictedPlaceSchema = v.object({
  kind: v.picklist(['masked', 'next', 'written', 'tag', 'label']),
  sequence: indexSchema,
  token: indexSchema,
  isHidden: v.boolean(),
});

/** The effects of the parts of one map; layers as the map counts them. */
export type MapEffects = Data<typeof mapEffectsSchema>;

const mapEffectsSchema = v.object({
  map: v.picklist(mapNames),
  /** `[layer][head]`. */
  heads: v.array(v.array(effectSchema)),
  /** Of the feed-forward part of each layer; null where it was not found, empty where this map has none. */
  feedForward: v.array(v.nullable(effectSchema)),
});

/**
 * What switching off each head, and each feed-forward part, does to what a model predicts at one place. `watched` is
 * the token that the text has there (`isGiven`), or else the likeliest; `before` the likeliest of the whole model.
 */
export type Effects = Data<typeof effectsSchema>;

/** The effect of one part, with what it is an effect on; `likeliest` is the token that the whole model predicts. */
export type HeadEffect = Data<typeof headEffectSchema>;

/** The schema of a {@link HeadEffect}. */
export const headEffectSchema = v.object({
  place: predictedPlaceSchema,
  watched: candidateSchema,
  likeliest: candidateSchema,
  effect: effectSchema,
});

/** The schema of {@link Effects}. */
export const effectsSchema = v.object({
  place: predictedPlaceSchema,
  watched: candidateSchema,
  isGiven: v.boolean(),
  before: v.array(candidateSchema),
  maps: v.array(mapEffectsSchema),
});

/**
 * The effect of a head of a map, or of the feed-forward part of its layer where `head` is null; null where there is
 * none.
 */
export function partEffect(
  { place, watched, before, maps }: Effects,
  map: MapName,
  { layer, head }: { readonly layer: number; readonly head: number | null },
): HeadEffect | null {
  const own = maps.find((one) => one.map === map);
  const effect = head === null ? own?.feedForward[layer] : own?.heads[layer]?.[head];
  return effect ? { place, watched, likeliest: before[0] ?? watched, effect } : null;
}
