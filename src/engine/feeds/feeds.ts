import type * as Ort from 'onnxruntime-node';
import type { ModelConfig } from '../config/config.ts';
import { cachePart, mediaShape } from './empty-cache.ts';
import { fixedSize, inputWords, type GraphInput } from './graph-input.ts';
import { maskOf, sourceMask } from './masks.ts';
import { lengthFixed, unsupported } from './refusals.ts';
import type { Extent, Fed, Step } from './step.ts';
import { asBits, filledWith, holds, repeated, sizeOf, tensorOf } from './typed.ts';
import { words } from '../../core/words/words.ts';

/** Models that count positions from 1, as transformers.js has it. */
const countsFromOne: ReadonlySet<string> = new Set(['paligemma', 'gemma3_text', 'gemma3']);

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
    const isKept = input.role === 'past' || input.role === 'state';
    const tensor = isKept ? cachePart(ort, fed, input, step, extent) : valueOf(ort, fed, input, step, extent);
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
    case 'embeddings':
      return step.embeddings?.[input.name] ?? refused(fed, input);
    case 'media': {
      const shape = mediaShape(input, fed.config);
      return shape ? tensorOf(ort, input.type, [], shape) : refused(fed, input);
    }
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
      return single(ort, input, step.lastLogits === true && tokens === filled ? 1 : 0);
    case 'past-length':
      return single(ort, input, past);
    case 'total-length':
      return single(ort, input, past + tokens);
    case 'head-mask':
      return tensorOf(ort, input.type, filledWith(sizeOf(input.dims.map(Number)), 1), input.dims.map(Number));
    default:
      return refused(fed, input);
  }
}

function refused({ model }: Fed, input: GraphInput): never {
  throw unsupported(model, words().details.inputs.notOfText([inputWords(input)]));
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
    throw unsupported(model, words().details.inputs.range(inputWords(input), Math.max(...values)));
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

function statesOf(ort: typeof Ort, fed: Fed, input: GraphInput, { source }: Step, { batch }: Extent): Ort.Tensor {
  if (!source) throw unsupported(fed.model, words().details.inputs.notOfText([inputWords(input)]));
  const rows = fed.sizes.source ?? source.tokens;
  const whole = new Float32Array(batch * rows * source.features);
  for (let text = 0; text < batch; text++) whole.set(source.data, text * rows * source.features);
  return tensorOf(ort, input.type, whole, [batch, rows, source.features]);
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
