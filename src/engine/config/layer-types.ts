import * as v from 'valibot';
import { maxLayers, type LayerKind } from '../../core/attention/layers.ts';
import { indexSchema } from '../../core/schema.ts';

const bounded = v.pipe(v.array(v.unknown()), v.maxLength(maxLayers));
const indices = v.pipe(v.array(indexSchema), v.maxLength(maxLayers));
const step = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(maxLayers));

/** Ways of `config.json` to say what its layers are; a field that is not of its form is as if it were not there. */
const schema = v.looseObject({
  /** transformers: a name for each layer. */
  layer_types: v.fallback(v.optional(bounded), undefined),
  /** Nemotron-H, Zamba2, Bamba: the same. */
  layers_block_type: v.fallback(v.optional(bounded), undefined),
  /** RecurrentGemma: names of the first layers, which are repeated. */
  block_types: v.fallback(v.optional(bounded), undefined),
  /** MiniMax: 1 where a layer attends with a softmax, 0 where it does without. */
  attn_type_list: v.fallback(v.optional(bounded), undefined),
  /** Nemotron-H: a letter for each layer. */
  hybrid_override_pattern: v.fallback(v.optional(v.pipe(v.string(), v.maxLength(maxLayers))), undefined),
  /** Bamba, and LFM2 as it was first published: the layers that attend. */
  attn_layer_indices: v.fallback(v.optional(indices), undefined),
  full_attn_idxs: v.fallback(v.optional(indices), undefined),
  /** Qwen3-Next, Qwen3.5: every so many layers the last one attends. */
  full_attention_interval: v.fallback(v.optional(step), undefined),
  /** Jamba: every so many layers one attends, the first of them at the offset. */
  attn_layer_period: v.fallback(v.optional(step), undefined),
  attn_layer_offset: v.fallback(v.optional(indexSchema), undefined),
});

/** Names of layers by what they hold; the first that fits is meant. */
const names: readonly (readonly [RegExp, LayerKind])[] = [
  [/linear_?attention|delta|retention|lightning/, 'linear-attention'],
  [/attention|attn|hybrid/, 'attention'],
  [/conv/, 'convolution'],
  [/mamba|ssm|state_?space/, 'state-space'],
  [/recurrent|lru|lstm|gru|rwkv/, 'recurrent'],
  [/mlp|moe|ffn|feed_?forward|dense/, 'feed-forward'],
];

/** The letters of Nemotron-H. */
const letters: Readonly<Record<string, LayerKind>> = {
  M: 'state-space',
  '*': 'attention',
  '-': 'feed-forward',
  E: 'feed-forward',
};

/**
 * The kinds of a model's layers by `config.json`, whichever of its fields says them; null where it does not say, or
 * says it of another number of layers than `count` (null: not known). Where it only says which layers attend, the
 * others are `other`.
 */
export function describedKinds(config: object, count: number | null): readonly LayerKind[] | null {
  const parsed = v.safeParse(schema, config);
  if (!parsed.success) return null;
  const read = parsed.output;
  const listed = [
    read.layer_types?.map(kindOfName),
    read.layers_block_type?.map(kindOfName),
    read.hybrid_override_pattern && Array.from(read.hybrid_override_pattern, (letter) => letters[letter] ?? 'other'),
    read.attn_type_list?.map((type): LayerKind => (type === 1 ? 'attention' : 'linear-attention')),
  ];
  for (const kinds of listed) if (kinds && kinds.length === (count ?? kinds.length)) return kinds;
  const kindAt = count === null || count > maxLayers ? null : repeatedKind(read);
  return kindAt && Array.from({ length: count ?? 0 }, (_, at) => kindAt(at));
}

/** The kind of a layer by its number, where `config.json` has a rule; null where it has none. */
function repeatedKind(read: v.InferOutput<typeof schema>): ((at: number) => LayerKind) | null {
  const { block_types: blocks, full_attention_interval: interval, attn_layer_period: period } = read;
  const attending = read.attn_layer_indices ?? read.full_attn_idxs;
  if (blocks && blocks.length > 0) return (at) => kindOfName(blocks[at % blocks.length]);
  if (attending) return (at) => (attending.includes(at) ? 'attention' : 'other');
  if (interval !== undefined) return (at) => ((at + 1) % interval === 0 ? 'attention' : 'linear-attention');
  if (period === undefined) return null;
  const offset = (read.attn_layer_offset ?? 0) % period;
  return (at) => (at % period === offset ? 'attention' : 'other');
}

function kindOfName(name: unknown): LayerKind {
  return (typeof name === 'string' && names.find(([pattern]) => pattern.test(name.toLowerCase()))?.[1]) || 'other';
}
