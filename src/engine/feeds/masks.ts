import type * as Ort from 'onnxruntime-node';
import { fixedSize, type GraphInput } from './graph-input.ts';
import type { Extent, Fed, Step } from './step.ts';
import { filledWith, repeated, tensorOf } from './typed.ts';

/** What hides a token in a mask that is added to scores; the least number that 16 bits hold. */
const hidden = -65504;

/**
 * `[batch, keys]`, `[batch, queries, keys]` or `[batch, heads, queries, keys]`: what a query may see is 1, or 0 where
 * it is added.
 */
export function maskOf(ort: typeof Ort, fed: Fed, input: GraphInput, step: Step, extent: Extent): Ort.Tensor {
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

/** What of the source a decoder may see: all that was read, and nothing that it was filled up with. */
export function sourceMask(ort: typeof Ort, fed: Fed, input: GraphInput, { source, batch }: Extent): Ort.Tensor {
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
