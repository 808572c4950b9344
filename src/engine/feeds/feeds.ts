import type * as Ort from 'onnxruntime-node';
import { AttentionError } from '../../core/errors/reason.ts';
import type { ModelConfig } from '../config.ts';
import { cacheKey, fixedSize, inputWords, type FixedSizes, type GraphInput } from './graph-input.ts';
import { asBits, holds, isWritable, tensorOf } from './typed.ts';

/** Keys and values of earlier steps, by {@link cacheKey}. */
export type Cache = Readonly<Record<string, Ort.Tensor>>;

/** What an encoder made of a source: `[1, tokens, features]` in 32-bit floats. */
export interface States {
  readonly data: Float32Array;
  readonly tokens: number;
  readonly features: number;
}

/** What one run of a graph is about, whatever its inputs are called. */
export interface Step {
  readonly ids: readonly number[];
  /** Which text each token belongs to; all to the first where it is left out. */
  readonly segments?: readonly number[];
  /** Tokens that the cache holds already. */
  readonly past?: number;
  readonly cache?: Cache | null;
  /** The source of a decoder that looks at one. */
  readonly source?: States;
}

/** How the graph's sizes differ from those of the text: what is given back is cut to these. */
export interface Extent {
  readonly batch: number;
  /** Tokens that were given, and what they were filled up to. */
  readonly tokens: number;
  readonly filled: number;
  readonly past: number;
  readonly source: number | null;
}

/** The graph that is fed. */
export interface Fed {
  readonly model: string;
  readonly config: ModelConfig;
  readonly inputs: readonly GraphInput[];
  readonly sizes: FixedSizes;
  /** Whether no token sees a later one, as in a decoder: padding behind the tokens then needs no mask. */
  readonly causal: boolean;
}

/** What hides a token in a mask that is added to scores; the least number that 16 bits hold. */
const hidden = -65504;
/** Models that count positions from 1, as transformers.js has it. */
const countsFromOne: ReadonlySet<string> = new Set(['paligemma', 'gemma3_text', 'gemma3']);

/**
 * Throws `model-unsupported` where a graph asks for what a text does not give, or for it in a type or size that cannot
 * be given; it names the input with its type and size.
 */
export function checkInputs(model: string, inputs: readonly GraphInput[], sizes: FixedSizes): void {
  const strange = inputs.filter(
    (input) =>
      input.role === 'other' || (input.role === 'head-mask' && !input.dims.every((dim) => typeof dim === 'number')),
  );
  if (strange.length > 0)
    throw unsupported(model, `its graph asks for ${strange.map(inputWords).join(', ')}, which a text does not give`);
  if (!inputs.some(({ role }) => role === 'ids')) throw unsupported(model, 'its graph takes no token ids (input_ids)');
  const typed = inputs.find(({ type }) => !isWritable(type));
  if (typed) throw unsupported(model, `its input ${inputWords(typed)} is of a type that cannot be given`);
  const past = inputs.find((input) => input.role === 'past' && !cacheShape(input, {}, sizes.batch));
  if (past)
    throw unsupported(
      model,
      `its input ${inputWords(past)} wants keys and values of a fixed number of earlier tokens, and a text begins with none`,
    );
  const ranked = inputs.find(
    ({ role, dims }) => (role === 'ids' && dims.length > 2) || (role === 'mask' && dims.length > 4),
  );
  if (ranked) throw unsupported(model, `its input ${inputWords(ranked)} has more axes than texts and tokens`);
}

/**
 * The inputs of a run by name. Throws `length-fixed` where the text cannot be filled up, `model-unsupported` where ids
 * do not fit a type.
 */
export function feedsOf(
  ort: typeof Ort,
  fed: Fed,
  step: Step,
): { readonly feeds: Record<string, Ort.Tensor>; readonly extent: Extent } {
  const extent = extentOf(fed, step);
  const feeds: Record<string, Ort.Tensor> = {};
  for (const input of fed.inputs) {
    const tensor =
      input.role === 'past' ? cachePart(ort, fed, input, step, extent) : valueOf(ort, fed, input, step, extent);
    feeds[input.name] = asBits(tensor);
  }
  return { feeds, extent };
}

function extentOf({ model, inputs, sizes, causal }: Fed, { ids, past = 0, source }: Step): Extent {
  const { tokens, by } = sizes;
  const filled = tokens ?? ids.length;
  if (by && (ids.length > filled || (ids.length < filled && !causal && !hasMask(inputs))))
    throw lengthFixed(model, by, filled, ids.length);
  const read = source?.tokens ?? null;
  if (read !== null && sizes.source !== null && read !== sizes.source) {
    const states = inputs.find(({ role }) => role === 'states' || role === 'source-mask');
    const isMasked = inputs.some(({ role }) => role === 'source-mask' || role === 'mask');
    if (states && (read > sizes.source || !isMasked)) throw lengthFixed(model, states, sizes.source, read);
  }
  return { batch: sizes.batch, tokens: ids.length, filled, past, source: read };
}

function hasMask(inputs: readonly GraphInput[]): boolean {
  return inputs.some(({ role }) => role === 'mask');
}

function valueOf(ort: typeof Ort, fed: Fed, input: GraphInput, step: Step, extent: Extent): Ort.Tensor {
  const { past, filled, tokens, batch } = extent;
  const upTo = <T>(values: readonly T[], otherwise: (at: number) => T): T[] =>
    Array.from({ length: filled }, (_, at) => values[at] ?? otherwise(at));
  switch (input.role) {
    case 'ids':
      return listOf(
        ort,
        fed,
        input,
        batch,
        upTo(step.ids, () => paddingOf(fed.config)),
      );
    case 'segments':
      return listOf(
        ort,
        fed,
        input,
        batch,
        upTo(segmentsOf(fed.config, step), () => 0),
      );
    case 'positions':
      return positionsOf(ort, fed, input, extent);
    case 'mask':
      return maskOf(ort, fed, input, step, extent);
    case 'source-mask':
      return sourceMask(ort, fed, input, extent);
    case 'states':
      return statesOf(ort, fed, input, step, extent);
    case 'use-cache':
      return single(ort, input, step.cache ? 1 : 0);
    case 'kept-logits':
      return single(ort, input, 0);
    case 'past-length':
      return single(ort, input, past);
    case 'total-length':
      return single(ort, input, past + tokens);
    case 'head-mask':
      return tensorOf(ort, input.type, filledWith(sizeOf(input.dims.map(Number)), 1), input.dims.map(Number));
    default:
      throw unsupported(fed.model, `its graph asks for ${inputWords(input)}, which a text does not give`);
  }
}

/** One row of numbers for each text of the batch; a list without a batch where the graph has no axis for one. */
function listOf(
  ort: typeof Ort,
  { model }: Fed,
  input: GraphInput,
  batch: number,
  values: readonly number[],
): Ort.Tensor {
  if (!holds(input.type, values))
    throw unsupported(
      model,
      `its input ${inputWords(input)} does not hold the number ${Math.max(...values)} of a token`,
    );
  if (input.dims.length === 1) return tensorOf(ort, input.type, values, [values.length]);
  return tensorOf(ort, input.type, repeated(values, batch), [batch, values.length]);
}

/** From the first token on; three times alike where a model has positions in time, height and width. */
function positionsOf(ort: typeof Ort, fed: Fed, input: GraphInput, { past, filled, batch }: Extent): Ort.Tensor {
  const first = past + (countsFromOne.has(fed.config.model_type ?? '') ? 1 : 0);
  const places = Array.from({ length: filled }, (_, at) => first + at);
  if (input.dims.length !== 3) return listOf(ort, fed, input, batch, places);
  const times = fixedSize(input, 0) ?? 3;
  return tensorOf(ort, input.type, repeated(places, times * batch), [times, batch, filled]);
}

/**
 * `[batch, keys]`, `[batch, queries, keys]` or `[batch, heads, queries, keys]`: what a query may see is 1, or 0 where
 * it is added.
 */
function maskOf(ort: typeof Ort, fed: Fed, input: GraphInput, step: Step, extent: Extent): Ort.Tensor {
  // A decoder that has no mask of its own source has the source's under the usual name.
  if (step.source && !fed.inputs.some(({ role }) => role === 'source-mask') && input.dims.length <= 2)
    return sourceMask(ort, fed, input, extent);
  const { past, tokens, filled, batch } = extent;
  const keys = fixedSize(input, -1) ?? past + filled;
  // One row for all queries hides padding alone.
  const isByQuery = fed.causal && input.dims.length > 2 && fixedSize(input, -2) !== 1;
  const kept = (query: number, key: number): boolean => key < past + tokens && (!isByQuery || key <= query);
  if (input.dims.length <= 2) {
    const row = Array.from({ length: keys }, (_, key) => marked(input, kept(0, key)));
    return input.dims.length === 1
      ? tensorOf(ort, input.type, row, [keys])
      : tensorOf(ort, input.type, repeated(row, batch), [batch, keys]);
  }
  const queries = fixedSize(input, -2) ?? filled;
  // A mask of one fixed size is cut by the graph itself, so that its rows count from the first token.
  const first = fixedSize(input, -2) === null ? past : 0;
  const map = Array.from({ length: queries * keys }, (_, at) =>
    marked(input, kept(first + Math.floor(at / keys), at % keys)),
  );
  const times = input.dims.length === 4 ? (fixedSize(input, 1) ?? 1) : 1;
  const dims = input.dims.length === 4 ? [batch, times, queries, keys] : [batch, queries, keys];
  return tensorOf(ort, input.type, repeated(map, batch * times), dims);
}

function sourceMask(ort: typeof Ort, fed: Fed, input: GraphInput, { source, batch }: Extent): Ort.Tensor {
  const read = source ?? 0;
  const row = Array.from({ length: fixedSize(input, -1) ?? fed.sizes.source ?? read }, (_, key) =>
    marked(input, key < read),
  );
  return tensorOf(ort, input.type, repeated(row, batch), [
    batch,
    ...filledWith(Math.max(0, input.dims.length - 2), 1),
    row.length,
  ]);
}

function marked({ added }: GraphInput, kept: boolean): number {
  return kept === added ? 0 : added ? hidden : 1;
}

function statesOf(ort: typeof Ort, fed: Fed, input: GraphInput, { source }: Step, { batch }: Extent): Ort.Tensor {
  if (!source)
    throw unsupported(fed.model, `its graph asks for ${inputWords(input)}, which a text alone does not give`);
  const rows = fed.sizes.source ?? source.tokens;
  const whole = new Float32Array(batch * rows * source.features);
  for (let text = 0; text < batch; text++) whole.set(source.data, text * rows * source.features);
  return tensorOf(ort, input.type, whole, [batch, rows, source.features]);
}

function cachePart(
  ort: typeof Ort,
  { model, config }: Fed,
  input: GraphInput,
  { cache }: Step,
  { batch }: Extent,
): Ort.Tensor {
  const kept = cache?.[cacheKey(input.name)];
  if (kept) return kept;
  const shape = cacheShape(input, config, batch);
  if (!shape) throw unsupported(model, `its input ${inputWords(input)} cannot be given`);
  return tensorOf(ort, input.type, filledWith(sizeOf(shape), 0), shape);
}

/**
 * The shape of a cache that holds nothing: `[batch, heads, 0, features]`, or with keys and values together `[2, batch,
 * …]`, or with heads and batch in one. Null where the graph fixes how many tokens it holds.
 */
function cacheShape({ dims }: GraphInput, config: ModelConfig, batch: number): readonly number[] | null {
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

/** Both texts are one segment to a model that knows one kind. */
function segmentsOf({ type_vocab_size: kinds }: ModelConfig, { ids, segments }: Step): readonly number[] {
  const most = typeof kinds === 'number' && kinds >= 1 ? kinds - 1 : Infinity;
  return ids.map((_, at) => Math.min(segments?.[at] ?? 0, most));
}

function paddingOf({ pad_token_id: id }: ModelConfig): number {
  return typeof id === 'number' && Number.isInteger(id) && id >= 0 ? id : 0;
}

/** One value, on an axis of its own where the graph has one. */
function single(ort: typeof Ort, { type, dims }: GraphInput, value: number): Ort.Tensor {
  return tensorOf(
    ort,
    type,
    [value],
    dims.map(() => 1),
  );
}

function repeated(values: readonly number[], times: number): readonly number[] {
  return times === 1 ? values : Array.from({ length: times }, () => values).flat();
}

function filledWith(length: number, value: number): number[] {
  return Array.from({ length }, () => value);
}

function sizeOf(dims: readonly number[]): number {
  return dims.reduce((product, dim) => product * dim, 1);
}

function unsupported(model: string, detail: string): AttentionError {
  return new AttentionError({ code: 'model-unsupported', model, detail });
}

function lengthFixed(model: string, input: GraphInput, length: number, tokens: number): AttentionError {
  return new AttentionError({
    code: 'length-fixed',
    model,
    input: inputWords(input),
    length: `${length}`,
    tokens: `${tokens}`,
  });
}
