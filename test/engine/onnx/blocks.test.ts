import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readCell, valueRows } from '../../../src/core/block/explain.ts';
import { headOutput, projectionRows } from '../../../src/core/block/head-output.ts';
import { answerOf, familyNames, unpack } from '../support/graph-families.ts';
import { blocksOf, sizesOf } from './family-blocks.ts';
import { difference, floats, numbers, open } from './session.ts';

const families = familyNames();

/** Whether two scores are the same but for rounding; masks of −∞ agree with themselves alone. */
function agrees(a: number, b: number): boolean {
  return Object.is(a, b) || Math.abs(a - b) <= 1e-5 * Math.max(1, Math.abs(b));
}

for (const name of families) {
  test(`${name}: every score and weight is computed once more from queries, keys and what is added`, async () => {
    const answer = answerOf(name);
    for (const [at, { block, given }] of (await blocksOf(name)).entries()) {
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
          const { parts, scores, recomputed, q, k } = readCell(block, given, cell, sizes);
          assert.ok(difference(recomputed.weights, row) < 1e-4, `${name} ${at}.${head} query ${query}`);
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

  test(`${name}: what the heads hand over sums to the output of the attention, and its keys' shares sum to 1`, async () => {
    const answer = answerOf(name);
    for (const [at, { block, given, output }] of (await blocksOf(name)).entries()) {
      const expected = answer.attention[block.kind]?.[block.layer];
      assert.ok(expected && output, `${name} ${at}`);
      const sizes = sizesOf(block, expected.dims);
      const weights = unpack(expected);
      const session = await open(output.slice.model);
      // The last query that is no padding: DeBERTa sets rows of padding to 0.
      const query = Math.floor(weights.findLastIndex((weight) => weight > 0) / sizes.keys) % sizes.queries;
      const heads = Array.from({ length: sizes.heads }, (_, head) => {
        const start = (head * sizes.queries + query) * sizes.keys;
        return { values: valueRows(block, given, head, sizes), weights: weights.subarray(start, start + sizes.keys) };
      });
      const project = async (key: number) => {
        const rows = projectionRows(heads, { head: 0, key });
        const dims = [sizes.heads + 1, rows.length / (sizes.heads + 1)];
        const [input = ''] = session.inputNames;
        const results = await session.run({ [input]: floats(rows, output.rank === 2 ? dims : [1, ...dims]) });
        const projected = numbers(results, output.slice.outputs.get(output.product) ?? '');
        const size = projected.length / (sizes.heads + 1);
        return Array.from({ length: sizes.heads + 1 }, (_, row) =>
          Float64Array.from(projected.subarray(row * size, (row + 1) * size)),
        );
      };
      let sum = 0;
      for (let key = 0; key < sizes.keys; key += 1) {
        const rows = await project(key);
        const [part] = rows.splice(-1);
        assert.ok(part);
        const product = given.of(output.product);
        const whole = Float64Array.from(product.data).slice(query * part.length, (query + 1) * part.length);
        const told = headOutput(rows, 0, part, whole);
        assert.ok((told.difference ?? NaN) < 1e-5, `${name} ${at}: ${told.difference}`);
        sum += told.share ?? NaN;
      }
      assert.ok(Math.abs(sum - 1) < 1e-5, `${name} ${at}: the shares sum to ${sum}`);
    }
  });
}
