import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blockSlices, inSingleNodes } from '../../../src/core/block/block-slices.ts';
import { readCell, valueRows } from '../../../src/core/block/explain.ts';
import { projectionRows } from '../../../src/core/block/head-output.ts';
import { readModel } from '../../../src/core/onnx/read.ts';
import {
  feedsOf,
  fusedFamily,
  fusedFamilyNames,
  unpack,
  type BlockAnswer,
  type Packed,
} from '../support/graph-families.ts';
import { fusedLanguageModel, languageModels } from '../support/language-models.ts';
import { runCell, runOutput, startOf, type FeedsByName } from './run-blocks.ts';

interface Fused {
  readonly name: string;
  readonly model: Uint8Array;
  readonly blocks: readonly BlockAnswer[];
  /** How many of the last tokens fill the text up. */
  readonly filled: number;
  readonly feeds: FeedsByName;
}

const families = fusedFamilyNames().map((name): Fused => {
  const { model, answer } = fusedFamily(name);
  return { name, model, blocks: answer.blocks, filled: 1, feeds: (inputs) => feedsOf(answer, inputs) };
});

const decoders = languageModels.flatMap((name): readonly Fused[] => {
  const fused = fusedLanguageModel(name);
  return fused === null ? [] : [{ name, model: fused.model, blocks: fused.blocks, filled: 0, feeds: startOf(name) }];
});

const all = [...families, ...decoders];

test('there are fused models to compare', () => {
  assert.deepEqual(
    all.map(({ name }) => name),
    [
      'bert-attention',
      'bert-onnx',
      'bert-separate',
      'gemma2-fused',
      'gemma3-fused',
      'gpt-oss-fused',
      'qwen3-fused',
      'smollm3-fused',
    ],
  );
});

/** The row of a head at a token of `[1, heads, tokens, …]`. */
function rowOf(packed: Packed, head: number, token: number): Float32Array {
  const [, , tokens = 0, size = 0] = packed.dims;
  const start = (head * tokens + token) * size;
  return unpack(packed).subarray(start, start + size);
}

/** The largest difference between two rows, relative to the size of what is expected where that is above 1. */
function apart(got: ArrayLike<number>, expected: ArrayLike<number>): number {
  assert.equal(got.length, expected.length);
  return Array.from(expected).reduce(
    (worst, value, at) => Math.max(worst, Math.abs((got[at] ?? NaN) - value) / Math.max(1, Math.abs(value))),
    0,
  );
}

/** Scores of keys that are seen: those that hide differ, and hide all the same. */
const seen = (scores: ArrayLike<number>): Float64Array => Float64Array.from(scores, (score) => Math.max(score, -1000));

for (const fused of all)
  for (const [layer, expected] of fused.blocks.entries())
    test(`${fused.name} ${layer}: q, k, v, scores and what each head hands over are those of torch`, async () => {
      const found = inSingleNodes(readModel(fused.model), layer);
      const slices = blockSlices(found, layer);
      const { block } = slices;
      const parts = block.missing.map(({ part }) => part);
      assert.deepEqual(parts, []);
      const [given, project] = [await runCell(slices, fused.feeds), await runOutput(slices)];
      const [, heads = 0, queries = 0] = expected.q.dims;
      const sizes = { heads, queries, keys: queries, headsInside: block.headsInside };
      for (let query = 0; query < queries - fused.filled; query += 1) {
        const weighed = Array.from({ length: heads }, (_, head) => {
          const key = (query * 3 + head) % (query + 1);
          const { q, k, v, scores, recomputed } = readCell(block, given, { head, query, key }, sizes);
          assert.ok(apart(q, rowOf(expected.q, head, query)) <= 1e-4, 'q');
          assert.ok(apart(k, rowOf(expected.k, head, key)) <= 1e-4, 'k');
          assert.ok(apart(v, rowOf(expected.v, head, key)) <= 1e-4, 'v');
          assert.ok(apart(seen(scores), seen(rowOf(expected.scores, head, query))) <= 1e-4, 'scores');
          return { values: valueRows(block, given, head, sizes), weights: recomputed.weights };
        });
        const rows = await project(projectionRows(weighed, { head: 0, key: 0 }), heads + 1);
        for (let head = 0; head < heads; head += 1)
          assert.ok(
            apart(rows[head] ?? [], rowOf(expected.heads, head, query)) <= 1e-4,
            `what head ${head} hands over`,
          );
      }
    });
