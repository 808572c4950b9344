import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { blockSlices, inSingleNodes } from '../../../src/core/block/block-slices.ts';
import { readCell, valueRows } from '../../../src/core/block/explain.ts';
import { headOutput, projectionRows } from '../../../src/core/block/head-output.ts';
import { itemAt } from '../../../src/core/item-at.ts';
import { differenceOf } from '../../../src/core/block/score.ts';
import { readModel } from '../../../src/core/onnx/read.ts';
import { answerOf, familyNames, feedsOf, fusedFamily, fusedFamilyNames } from '../support/graph-families.ts';
import { runCell, runOutput, sizesOf, startOf, type FeedsByName } from './run-blocks.ts';
import { dimsOf, numbers, openExposed } from './session.ts';

const folder = new URL('../../fixtures/graphs/variants/', import.meta.url);

/**
 * How far a row that is computed once more may be from the model's, and the sum over the heads from what it computes: a
 * graph of 16 bits rounds each step; one of 8 bits rounds what it projects by the largest number of a run.
 */
const bounds: Readonly<Record<string, { readonly row: number; readonly sum: number }>> = {
  fp16: { row: 1e-3, sum: 1e-3 },
  q8: { row: 1e-5, sum: 0.02 },
  q4: { row: 1e-5, sum: 1e-5 },
};

function fedTo(name: string, format: string): FeedsByName {
  if (fusedFamilyNames().includes(name)) return (inputs) => feedsOf(fusedFamily(name).answer, inputs);
  if (familyNames().includes(name)) return (inputs) => feedsOf(answerOf(name), inputs);
  return startOf(name, format === 'fp16' ? 'float16' : 'float32');
}

for (const file of readdirSync(folder)) {
  const [, name = '', format = ''] = /^(.*)-(\w+)\.onnx$/.exec(file) ?? [];
  test(`${name} in ${format}: its rows are computed once more, and its heads sum to the output of the attention`, async () => {
    const bound = bounds[format];
    assert.ok(bound);
    const bytes = readFileSync(new URL(file, folder));
    const { exposure, session } = await openExposed(bytes);
    const feeds = fedTo(name, format);
    const results = await session.run(feeds(session.inputNames));
    assert.ok(exposure.sites.length > 0);
    for (const [at, site] of exposure.sites.entries()) {
      const slices = blockSlices(inSingleNodes(readModel(bytes), at), at);
      const { block } = slices;
      const missing = block.missing.filter(({ part }) => part !== 'feed-forward');
      assert.deepEqual(missing, []);
      const [given, project] = [await runCell(slices, feeds), await runOutput(slices)];
      const sizes = sizesOf(block, dimsOf(results, site.output));
      const { heads, keys } = sizes;
      for (let query = 0; query < sizes.queries; query += 1) {
        const weighed = Array.from({ length: heads }, (_, head) => {
          const start = (head * sizes.queries + query) * keys;
          const weights = numbers(results, site.output).subarray(start, start + keys);
          const { recomputed, scores } = readCell(block, given, { head, query, key: 0 }, sizes);
          const row = differenceOf(recomputed, { scores, weights });
          assert.ok(row <= bound.row, `${at}.${head} query ${query}: ${row}`);
          return { values: valueRows(block, given, head, sizes), weights };
        });
        const rows = await project(projectionRows(weighed, { head: 0, key: 0 }), heads + 1);
        const part = itemAt(rows, heads);
        const { data } = given.of(slices.output?.product ?? '');
        const whole = Float64Array.from(data).subarray(query * part.length, (query + 1) * part.length);
        const { difference } = headOutput(rows.slice(0, -1), 0, part, whole);
        assert.ok(difference !== null && difference <= bound.sum, `${at} query ${query}: ${difference}`);
      }
    }
  });
}
