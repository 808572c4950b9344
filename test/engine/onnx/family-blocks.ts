import { blockSlices, type BlockSlices } from '../../../src/core/block/block-slices.ts';
import type { ReadableBlock } from '../../../src/core/block/explain.ts';
import { RunNumbers, type AttentionSizes, type Numbers } from '../../../src/core/block/numbers.ts';
import { findAttention } from '../../../src/core/onnx/find.ts';
import { readModel } from '../../../src/core/onnx/read.ts';
import { answerOf, feedsOf, modelOf } from '../support/graph-families.ts';
import { dimsOf, numbers, open } from './session.ts';

/** The blocks of a family, each with the tensors that a run of its slice gave. */
export async function blocksOf(name: string): Promise<(BlockSlices & { readonly given: RunNumbers })[]> {
  const found = findAttention(readModel(modelOf(name)));
  const layers = new Map<string, number>();
  return Promise.all(
    found.map(async (one) => {
      const layer = layers.get(one.finding.kind) ?? 0;
      layers.set(one.finding.kind, layer + 1);
      const slices = blockSlices(one, layer);
      const session = await open(slices.cell.model);
      const results = await session.run(feedsOf(answerOf(name), session.inputNames));
      const tensors = [...slices.cell.outputs].map(([tensor, output]): [string, Numbers] => [
        tensor,
        { dims: dimsOf(results, output), data: numbers(results, output) },
      ]);
      return { ...slices, given: new RunNumbers(new Map(tensors)) };
    }),
  );
}

/** The sizes of an attention whose weights are `[batch, heads, queries, keys]`. */
export function sizesOf(
  block: ReadableBlock,
  [, heads = 0, queries = 0, keys = 0]: readonly number[],
): AttentionSizes & { keys: number } {
  return { heads, queries, keys, headsInside: block.headsInside };
}
