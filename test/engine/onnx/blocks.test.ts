import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isReadable, readCell, valueRows, type ReadableBlock } from '../../../src/core/block/explain.ts';
import { RunNumbers, type Numbers } from '../../../src/core/block/numbers.ts';
import { outputSlice } from '../../../src/core/block/output-slice.ts';
import { exposeBlocks, type BlockExposure } from '../../../src/core/block/prepare.ts';
import { findBlocks } from '../../../src/core/block/find-blocks.ts';
import { findAttention } from '../../../src/core/onnx/find.ts';
import { joinModel } from '../../../src/core/onnx/join.ts';
import { readModel } from '../../../src/core/onnx/read.ts';
import { answerOf, familyNames, feedsOf, modelOf, unpack } from '../support/graph-families.ts';
import { difference, dimsOf, floats, numbers, open, withCopies } from './session.ts';

const families = familyNames();

/** Everything that a run of a prepared family gave. */
async function run(name: string): Promise<{ exposure: BlockExposure; given: RunNumbers; outputs: Results }> {
  const exposure = exposeBlocks(modelOf(name));
  const session = await open(joinModel(exposure));
  const outputs = await session.run(feedsOf(answerOf(name), session.inputNames));
  const tensors = new Map<string, Numbers>();
  for (const [output, tensor] of Object.entries(outputs)) {
    if (!('data' in tensor) || !ArrayBuffer.isView(tensor.data)) continue;
    tensors.set(output, { dims: tensor.dims, data: Array.from(tensor.data as ArrayLike<number | bigint>, Number) });
  }
  return { exposure, given: new RunNumbers(tensors), outputs };
}
type Results = Awaited<ReturnType<Awaited<ReturnType<typeof open>>['run']>>;

function sizesOf(block: ReadableBlock, [, heads = 0, queries = 0, keys = 0]: readonly number[]) {
  return { heads, queries, keys, headsInside: block.headsInside };
}

/** Whether two scores are the same but for rounding; masks of −∞ agree with themselves alone. */
function agrees(a: number, b: number): boolean {
  return Object.is(a, b) || Math.abs(a - b) <= 1e-5 * Math.max(1, Math.abs(b));
}

for (const name of families) {
  test(`${name}: every score and weight is computed once more from queries, keys and what is added`, async () => {
    const { exposure, given } = await run(name);
    const answer = answerOf(name);
    for (const [at, block] of exposure.blocks.entries()) {
      assert.ok(isReadable(block), `${name} ${at}: ${JSON.stringify(block.missing)}`);
      const expected = answer.attention[block.kind]?.[block.layer];
      assert.ok(expected);
      const sizes = sizesOf(block, expected.dims);
      const weights = unpack(expected);
      for (let head = 0; head < sizes.heads; head += 1) {
        for (let query = 0; query < sizes.queries; query += 1) {
          const start = (head * sizes.queries + query) * sizes.keys;
          const row = weights.subarray(start, start + sizes.keys);
          // DeBERTa sets rows of padding to 0 behind the softmax.
          if (row.every((weight) => weight === 0)) continue;
          const cell = { head, query, key: (query * 3 + head) % sizes.keys };
          const { parts, scores, recomputedWeights, q, k } = readCell(block, given, cell, sizes);
          assert.ok(difference(recomputedWeights, row) < 1e-4, `${name} ${at}.${head} query ${query}`);
          const score = scores[cell.key] ?? NaN;
          assert.ok(agrees(parts.value, score), `${name} ${at}.${head}`);
          const product = q.reduce((sum, value, d) => sum + value * (k[d] ?? NaN), 0);
          const scaled = product * parts.scale;
          const bent = parts.softCap === null ? scaled : parts.softCap * Math.tanh(scaled / parts.softCap);
          const told = parts.biases.reduce((sum, { value }) => sum + value, bent);
          assert.ok(agrees(told, score), `${name} ${at}.${head}: the parts`);
        }
      }
    }
  });

  test(`${name}: weights times values through the output projection, summed over heads, is what the block adds`, async () => {
    const model = readModel(modelOf(name));
    const plain = findBlocks(findAttention(model).map((found, layer) => ({ found, layer })));
    const { exposure, given } = await run(name);
    const answer = answerOf(name);
    const products = plain.map(({ output }) => output?.product ?? '');
    const copied = await open(withCopies(modelOf(name), products));
    const outputs = await copied.run(feedsOf(answer, copied.inputNames));
    for (const [at, block] of exposure.blocks.entries()) {
      assert.ok(isReadable(block));
      const expected = answer.attention[block.kind]?.[block.layer];
      const sizes = sizesOf(block, expected?.dims ?? []);
      const weights = expected ? unpack(expected) : [];
      const slice = outputSlice(model, at);
      assert.ok(slice);
      const session = await open(slice.model);
      const values = Array.from({ length: sizes.heads }, (_, head) => valueRows(block, given, head, sizes));
      const width = values.reduce((sum, rows) => sum + (rows[0]?.length ?? 0), 0);
      const last = sizes.queries - 1;
      const rows = new Float32Array(sizes.heads * width);
      for (const [head, own] of values.entries())
        for (const [key, value] of own.entries()) {
          const weight = weights[(head * sizes.queries + last) * sizes.keys + key] ?? NaN;
          for (const [d, number] of value.entries()) {
            const place = head * width + head * value.length + d;
            rows[place] = (rows[place] ?? NaN) + weight * number;
          }
        }
      const dims = slice.rank === 2 ? [sizes.heads, width] : [1, sizes.heads, width];
      const projected = await session.run({ [slice.input]: floats(rows, dims) });
      const each = numbers(projected, slice.output);
      const size = each.length / sizes.heads;
      const sum = Float64Array.from({ length: size }, (_, d) =>
        values.reduce((total, __, head) => total + (each[head * size + d] ?? NaN), 0),
      );
      const whole = numbers(outputs, `copy.${products[at]}`);
      assert.equal(dimsOf(outputs, `copy.${products[at]}`).at(-1), size);
      assert.ok(difference(sum, whole.subarray(whole.length - size)) < 1e-4, `${name} ${at}`);
    }
  });

  test(`${name}: a graph prepared for its blocks computes the same`, async () => {
    const { outputs } = await run(name);
    const session = await open(modelOf(name));
    const untouched = await session.run(feedsOf(answerOf(name), session.inputNames));
    assert.ok(difference(numbers(outputs, 'result'), numbers(untouched, 'result')) < 1e-5);
  });
}
