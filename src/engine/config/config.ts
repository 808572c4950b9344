import * as v from 'valibot';
import { headRelationSchema } from '../../core/attention/relations.ts';
import type { LayerKind } from '../../core/attention/layers.ts';
import { describedMasks, type DescribedMasks } from './layer-masks.ts';
import { describedKinds } from './layer-types.ts';
import { ruleEntries, rulePartEntries } from './writing-config.ts';

const size = v.pipe(v.number(), v.integer(), v.minValue(1));
/** A number that some publishers leave null. */
const optionalSize = v.nullish(size);

/** Characters of the words that name a task. */
const maxPrefix = 200;

/** More heads than this have nothing said of them. */
const maxRelations = 1000;

/** What a stack of layers is described by. */
const describingEntries = {
  num_attention_heads: optionalSize,
  n_head: optionalSize,
  n_heads: optionalSize,
  num_heads: optionalSize,
  num_hidden_layers: optionalSize,
  n_layer: optionalSize,
  n_layers: optionalSize,
  num_layers: optionalSize,
};

const fieldsSchema = v.looseObject({
  model_type: v.nullish(v.string()),
  architectures: v.nullish(v.array(v.string())),
  is_encoder_decoder: v.nullish(v.boolean()),
  is_decoder: v.nullish(v.boolean()),
  use_bidirectional_attention: v.nullish(v.union([v.boolean(), v.string()])),
  ...describingEntries,
  encoder_attention_heads: optionalSize,
  decoder_attention_heads: optionalSize,
  encoder_layers: optionalSize,
  decoder_layers: optionalSize,
  num_decoder_layers: optionalSize,
  max_position_embeddings: v.nullish(v.number()),
  n_positions: optionalSize,
  n_ctx: optionalSize,
  ...ruleEntries,
  ...rulePartEntries,
  pad_token_id: v.nullish(v.number()),
  vocab_size: optionalSize,
  type_vocab_size: v.nullish(v.number()),
  num_key_value_heads: v.nullish(v.number()),
  head_dim: v.nullish(v.number()),
  d_kv: v.nullish(v.number()),
  hidden_size: v.nullish(v.number()),
  n_embd: v.nullish(v.number()),
  /** Names of the labels of a head by their number, as text. */
  id2label: v.nullish(v.record(v.string(), v.unknown())),
  problem_type: v.nullish(v.string()),
  /** The words that a text is given after, by the task. What cannot be read of it is as if it were not there. */
  task_specific_params: v.fallback(
    v.optional(v.record(v.string(), v.looseObject({ prefix: v.optional(v.pipe(v.string(), v.maxLength(maxPrefix))) }))),
    undefined,
  ),
  /** A field of our own: what the model says of its heads. What cannot be read of it is as if it were not there. */
  text_attention: v.fallback(
    v.optional(v.object({ heads: v.pipe(v.array(headRelationSchema), v.maxLength(maxRelations)) })),
    undefined,
  ),
});

/** Parts of `config.json` that describe the language model of one that takes more than text. */
const textParts = ['text_config', 'language_config', 'phi_config'] as const;

/**
 * The fields of `config.json` that this engine reads; families name the same thing differently. Of a model that takes
 * more than text, what it says of its language model stands in for what it says of the whole, but for its names.
 */
export const configSchema = v.pipe(v.looseObject({}), v.transform(ofText), fieldsSchema);

function ofText(config: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const part = textParts.map((name) => config[name]).find((found) => typeof found === 'object' && found !== null);
  const { model_type, architectures, is_encoder_decoder } = config;
  return { ...config, ...part, model_type, architectures, is_encoder_decoder };
}

/** The fields of `generation_config.json` that generation obeys. */
export const generationSchema = v.looseObject(ruleEntries);

/** The fields of `tokenizer_config.json` that bound the text and name the language of what is written. */
export const tokenizerConfigSchema = v.looseObject({
  model_max_length: v.nullish(v.number()),
  tgt_lang: v.nullish(v.unknown()),
});

export type ModelConfig = v.InferOutput<typeof configSchema>;
export type GenerationConfig = v.InferOutput<typeof generationSchema>;
export type TokenizerConfig = v.InferOutput<typeof tokenizerConfigSchema>;

/** What `config.json` says of one stack of layers; null where it says nothing. */
export interface Described {
  readonly layers: number | null;
  readonly heads: number | null;
  /** What each layer is, as many as `layers` where that is known. */
  readonly kinds: readonly LayerKind[] | null;
  readonly masks: DescribedMasks;
}

/** The stack of an encoder or of a decoder-only model, or the encoder of an encoder-decoder. */
export function describedEncoder(config: ModelConfig): Described {
  const own = partOf(config, 'encoder');
  return describedStack(own, own.encoder_layers ?? anyLayers(own), own.encoder_attention_heads ?? anyHeads(own));
}

/** The decoder of an encoder-decoder. */
export function describedDecoder(config: ModelConfig): Described {
  const own = partOf(config, 'decoder');
  const layers = own.decoder_layers ?? own.num_decoder_layers ?? anyLayers(own);
  return describedStack(own, layers, own.decoder_attention_heads ?? anyHeads(own));
}

function describedStack(config: ModelConfig, layers: number | null, heads: number | null): Described {
  return { layers, heads, kinds: describedKinds(config, layers), masks: describedMasks(config, layers) };
}

/** What is said of one stack of an encoder-decoder, where that has a part of its own (T5Gemma). */
function partOf(config: ModelConfig, name: 'encoder' | 'decoder'): ModelConfig {
  const parsed = v.safeParse(v.looseObject(describingEntries), config[name]);
  return parsed.success ? { ...config, ...parsed.output } : config;
}

function anyLayers(config: ModelConfig): number | null {
  return config.num_hidden_layers ?? config.n_layer ?? config.n_layers ?? config.num_layers ?? null;
}

function anyHeads(config: ModelConfig): number | null {
  return config.num_attention_heads ?? config.n_head ?? config.n_heads ?? config.num_heads ?? null;
}

/** Above this, `model_max_length` stands for "no limit" (publishers write 1e30). */
const saneLength = 10_000_000;
/** Models whose position table starts behind the padding position (fairseq's way). */
const shiftedPositions = new Set(['roberta', 'xlm-roberta', 'camembert', 'xlm-roberta-xl', 'mpnet', 'longformer']);

/** The most tokens that the model takes by its own description; null when it does not say. */
export function describedLimit(config: ModelConfig, tokenizer: TokenizerConfig | null): number | null {
  const positions = config.max_position_embeddings ?? config.n_positions ?? config.n_ctx ?? null;
  const shift = shiftedPositions.has(config.model_type ?? '') ? (config.pad_token_id ?? 1) + 1 : 0;
  const limits = [positions === null ? null : positions - shift, tokenizer?.model_max_length ?? null];
  const sane = limits
    .filter((limit) => limit !== null && limit >= 1 && limit < saneLength)
    .map((limit) => Math.floor(Number(limit)));
  return sane.length > 0 ? Math.min(...sane) : null;
}
