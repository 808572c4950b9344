import * as v from 'valibot';
import { maxLayers } from '../../core/attention/layers.ts';
import type { LayerMask } from '../../core/attention/mask.ts';
import { indexSchema } from '../../core/schema.ts';

/** What each layer leaves to its queries, by its number; null for a layer of which nothing is said. */
export type DescribedLayers = readonly (LayerMask | null)[];

/** What `config.json` says of the masks of layers that look back, and of layers that look both ways. */
export interface DescribedMasks {
  readonly causal: DescribedLayers;
  readonly self: DescribedLayers;
}

const names = v.fallback(v.optional(v.pipe(v.array(v.unknown()), v.maxLength(maxLayers))), undefined);
const size = v.fallback(v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))), undefined);

/** Fields of `config.json` that tell of masks; one that is not of its form is as if it were not there. */
const schema = v.looseObject({
  model_type: v.fallback(v.optional(v.string()), undefined),
  layer_types: names,
  /** How many tokens a layer with a sliding window sees, its own included; chunks of how many tokens (Llama 4). */
  sliding_window: size,
  attention_chunk_size: size,
  /** Which layers have the window: all but every so many (Cohere 2, Gemma 3), or by letters that repeat (EXAONE 4). */
  sliding_window_pattern: v.fallback(
    v.optional(v.union([v.pipe(v.number(), v.integer(), v.minValue(1)), v.pipe(v.string(), v.minLength(1))])),
    undefined,
  ),
  /** Qwen2: whether there is a window at all, and the first layer that has it. */
  use_sliding_window: v.fallback(v.optional(v.boolean()), undefined),
  max_window_layers: v.fallback(v.optional(indexSchema), undefined),
  /** GPT-Neo: `global` or `local` for each layer, and how many tokens a local one sees. */
  attention_layers: names,
  window_size: size,
  /** LongT5: how far tokens of the encoder see to either side. */
  encoder_attention_type: v.fallback(v.optional(v.string()), undefined),
  local_radius: size,
  /** ModernBERT: how many tokens a local layer sees around its own, and every which layer is none. */
  local_attention: size,
  global_attn_every_n_layers: size,
});

type Read = v.InferOutput<typeof schema>;

/** Types whose layers all have the window that they describe. */
const slidingTypes: ReadonlySet<string> = new Set(['mistral', 'mixtral', 'ministral', 'phi3', 'starcoder2']);

/** What `config.json` says of the masks of so many layers (null: not known), as transformers reads it. */
export function describedMasks(config: object, count: number | null): DescribedMasks {
  const parsed = v.safeParse(schema, config);
  if (!parsed.success) return { causal: [], self: [] };
  const read = parsed.output;
  const numbers = Array.from({ length: Math.min(count ?? 0, maxLayers) }, (_, at) => at);
  return {
    causal: read.layer_types?.map((type) => namedMask(read, type)) ?? numbers.map(lookingBack(read)),
    self: numbers.map(bothWays(read)),
  };
}

function namedMask({ sliding_window: window, attention_chunk_size: chunk }: Read, type: unknown): LayerMask | null {
  if (type === 'sliding_attention' && window !== undefined) return lastTokens(window);
  return type === 'chunked_attention' && chunk !== undefined ? { kind: 'chunk', size: chunk } : null;
}

function lastTokens(tokens: number): LayerMask {
  return { kind: 'window', reach: tokens - 1 };
}

function lookingBack(read: Read): (layer: number) => LayerMask | null {
  const { sliding_window: window, attention_layers: layers, window_size: local } = read;
  if (layers && local !== undefined) return (layer) => (layers[layer] === 'local' ? lastTokens(local) : null);
  return (layer) => (window !== undefined && isSliding(read, layer) ? lastTokens(window) : null);
}

/** Whether a layer of a model without names of its layers has the window that the model describes. */
function isSliding(read: Read, layer: number): boolean {
  const {
    model_type: type = '',
    sliding_window_pattern: pattern,
    use_sliding_window: isUsed,
    max_window_layers: first,
  } = read;
  if (isUsed === false) return false;
  if (typeof pattern === 'number') return (layer + 1) % pattern !== 0;
  if (typeof pattern === 'string') return pattern.charAt(layer % pattern.length) === 'L';
  if (type === 'gemma2') return layer % 2 === 0;
  if (isUsed === true && first !== undefined) return layer >= first;
  return slidingTypes.has(type);
}

function bothWays(read: Read): (layer: number) => LayerMask | null {
  const { encoder_attention_type: type, local_radius: radius } = read;
  const { local_attention: local, global_attn_every_n_layers: every } = read;
  if (type !== undefined && radius !== undefined) return () => ({ kind: 'window', reach: radius });
  if (local === undefined || every === undefined) return () => null;
  return (layer) => (layer % every === 0 ? null : { kind: 'window', reach: Math.floor(local / 2) });
}
