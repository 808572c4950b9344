import type { InferenceSession } from 'onnxruntime-node';
import type { BlockSlices } from '../../../src/core/block/block-slices.ts';
import type { ReadableBlock } from '../../../src/core/block/explain.ts';
import { RunNumbers, type AttentionSizes, type Numbers } from '../../../src/core/block/numbers.ts';
import { tensorOf } from '../../../src/engine/feeds/typed.ts';
import { fusedLanguageModel } from '../support/language-models.ts';
import { dimsOf, ints, numbers, open } from './session.ts';

const ort = await import('onnxruntime-node');

/** What inputs of a graph are fed, by their names; the number format of its caches is that of its floats. */
export type FeedsByName = (inputs: readonly string[]) => InferenceSession.FeedsType;

/** The text of a fused language model's answer, after nothing. */
export function startOf(name: string, floats = 'float32'): FeedsByName {
  const { ids, blocks } = fusedLanguageModel(name) ?? { ids: [], blocks: [] };
  const features = blocks[0]?.q.dims.at(-1) ?? 0;
  const known: InferenceSession.FeedsType = {
    input_ids: ints(ids),
    attention_mask: ints(ids.map(() => 1)),
    position_ids: ints(ids.map((_, at) => at)),
  };
  return (inputs) =>
    Object.fromEntries(inputs.map((input) => [input, known[input] ?? tensorOf(ort, floats, [], [1, 2, 0, features])]));
}

/** The tensors of the slice of a block, by their names in the graph. */
export async function runCell({ cell }: BlockSlices, feeds: FeedsByName): Promise<RunNumbers> {
  const session = await open(cell.model);
  const results = await session.run(feeds(session.inputNames));
  const given = [...cell.outputs].map(([tensor, output]): [string, Numbers] => [
    tensor,
    { dims: dimsOf(results, output), data: numbers(results, output) },
  ]);
  return new RunNumbers(new Map(given));
}

/** Sends rows, one behind the other, through the output projection of a block; gives the row of each. */
export async function runOutput({
  output,
}: BlockSlices): Promise<(rows: Float32Array, count: number) => Promise<readonly Float64Array[]>> {
  if (output === null) throw new Error('The block has no output projection.');
  const session = await open(output.slice.model);
  const [input] = session.inputMetadata;
  if (!input?.isTensor) throw new Error('The output projection takes no tensor.');
  return async (rows, count) => {
    const dims = [count, rows.length / count];
    const fed = tensorOf(ort, input.type, rows, output.rank === 2 ? dims : [1, ...dims]);
    const results = await session.run({ [input.name]: fed });
    const projected = numbers(results, output.slice.outputs.get(output.product) ?? '');
    const size = projected.length / count;
    return Array.from({ length: count }, (_, row) =>
      Float64Array.from(projected.subarray(row * size, (row + 1) * size)),
    );
  };
}

/** The sizes of an attention `[batch, heads, queries, keys]`. */
export function sizesOf(
  { headsInside }: ReadableBlock,
  [, heads = 0, queries = 0, keys = 0]: readonly number[],
): AttentionSizes & { readonly keys: number } {
  return { heads, queries, keys, headsInside };
}
