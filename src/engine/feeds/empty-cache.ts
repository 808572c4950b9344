import type * as Ort from 'onnxruntime-node';
import type { ModelConfig } from '../config/config.ts';
import { cacheKey, inputWords, type GraphInput } from './graph-input.ts';
import { unsupported } from './refusals.ts';
import type { Extent, Fed, Step } from './step.ts';
import { sizeOf, tensorOf } from './typed.ts';
import { words } from '../../core/words/words.ts';

/** Keys, values or a state of earlier steps: those of the cache, or empty ones at the first step. */
export function cachePart(
  ort: typeof Ort,
  { model, config }: Fed,
  input: GraphInput,
  { cache }: Step,
  { batch }: Extent,
): Ort.Tensor {
  const kept = cache?.[cacheKey(input.name)];
  if (kept) return kept;
  const shape = input.role === 'state' ? stateShape(input, config, batch) : cacheShape(input, config, batch);
  if (!shape) throw unsupported(model, words().details.inputs.shape(inputWords(input)));
  return tensorOf(ort, input.type, new Float32Array(sizeOf(shape)), shape);
}

/**
 * The shape of a cache that holds nothing: `[batch, heads, 0, features]`, or with keys and values together `[2, batch,
 * …]`, or with heads and batch in one. Null where the graph fixes how many tokens it holds.
 */
export function cacheShape({ dims }: GraphInput, config: ModelConfig, batch: number): readonly number[] | null {
  const named = dims.findIndex((dim) => typeof dim === 'string' && /past|seq|len|total|cache/i.test(dim));
  const along = named >= 0 ? named : Math.max(1, dims.length - 2);
  if (dims.length < 3 || (typeof dims[along] === 'number' && dims[along] > 0)) return null;
  const heads = config.num_key_value_heads ?? config.num_attention_heads ?? config.n_head ?? config.num_heads ?? 1;
  return dims.map((dim, axis) => {
    if (axis === along) return 0;
    if (typeof dim === 'number' && dim >= 0) return dim;
    if (/batch/i.test(`${dim}`)) return /head/i.test(`${dim}`) ? batch * heads : batch;
    if (axis === dims.length - 1) return featuresOf(config);
    return axis === (dims.length === 5 ? 1 : 0) ? batch : heads;
  });
}

/**
 * The shape of a state before the first token, whose numbers are all 0: the sizes that the graph declares, the batch,
 * what `config.json` has under an axis' name, and 0 for every other axis, which grows with the tokens (transformers.js
 * does alike).
 */
export function stateShape({ dims }: Pick<GraphInput, 'dims'>, config: ModelConfig, batch: number): readonly number[] {
  return dims.map((dim) => {
    if (typeof dim === 'number') return Math.max(0, dim);
    if (/batch/i.test(dim)) return batch;
    const described = config[dim];
    return typeof described === 'number' && Number.isInteger(described) && described > 0 ? described : 0;
  });
}

/**
 * The shape of features of no image: `[0, features]`, or with more axes of nothing in front. Null where the graph fixes
 * how many there are.
 */
export function mediaShape({ dims }: Pick<GraphInput, 'dims'>, config: ModelConfig): readonly number[] | null {
  const shape = dims.map((dim, axis) =>
    typeof dim === 'number' && dim >= 0 ? dim : axis === dims.length - 1 ? (config.hidden_size ?? 0) : 0,
  );
  return shape.includes(0) ? shape : null;
}

function featuresOf({
  head_dim: own,
  d_kv: other,
  hidden_size: width,
  n_embd: short,
  num_attention_heads: heads,
  n_head: few,
}: ModelConfig): number {
  return own ?? other ?? Math.floor((width ?? short ?? 0) / (heads ?? few ?? 1));
}
