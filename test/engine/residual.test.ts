import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { blockInput } from '../../src/core/block/block-input.ts';
import { findBlocks } from '../../src/core/block/find-blocks.ts';
import { itemAt } from '../../src/core/item-at.ts';
import { findAttention } from '../../src/core/onnx/find.ts';
import { readModel } from '../../src/core/onnx/read.ts';
import { sliceFromStart } from '../../src/core/onnx/slice.ts';
import { Analyser } from '../../src/engine/run/analyser.ts';
import { floats, ints, numbers, open } from './onnx/session.ts';
import { builtInModels, noWork, places } from './support/models.ts';

const text = 'The cat that was hungry ate the fish.';
const analyser = new Analyser({ ...places, models: builtInModels }, () => undefined);
after(() => analyser.dispose());

function lengthOf(vector: Float32Array): number {
  return Math.hypot(...vector);
}

for (const model of ['masked-lm-small', 'causal-lm-small'])
  test(`${model}: what is handed over is told beside the residual stream, which is given to its block`, async () => {
    const found = findAttention(readModel(readFileSync(join(builtInModels, model, 'onnx', 'model.onnx'))));
    const blocks = findBlocks(found.map((one, layer) => ({ found: one, layer })));
    const run = { model, text };
    const analysis = await analyser.analyse(run, noWork);
    const ids = itemAt(analysis.sequences, 0).tokens.map(({ id }) => id);
    const feeds: Record<string, readonly number[]> = {
      input_ids: ids,
      attention_mask: ids.map(() => 1),
      token_type_ids: ids.map(() => 0),
      position_ids: ids.map((_, at) => at),
    };
    assert.ok(found.length > 1);
    for (const [layer, one] of found.entries()) {
      const { attention } = itemAt(blocks, layer);
      assert.ok(attention);
      const { stream, added } = attention;
      assert.equal(blockInput(one), stream, `layer ${layer}: the stream costs no run of its own`);
      const { model: bytes, outputs } = sliceFromStart(one.scope, [stream, added]);
      const session = await open(bytes);
      const fed = Object.fromEntries(
        session.inputMetadata.flatMap((input) => {
          if (!input.isTensor) return [];
          const known = feeds[input.name];
          // Caches are empty: what has no size of its own is the batch of one, or nothing before.
          const empty = input.shape.map((size, at) => (typeof size === 'number' ? size : Number(at === 0)));
          return [[input.name, known ? ints(known) : floats([], empty)]];
        }),
      );
      const results = await session.run(fed);
      const query = layer + 1;
      const told = await analyser.explain(run, analysis, { map: 0, layer, head: 1, query, key: 0 }, noWork);
      const { beside } = told.output ?? {};
      assert.ok(beside);
      for (const [tensor, length] of [
        [stream, beside.residual],
        [added, beside.attention],
      ] as const) {
        const all = numbers(results, outputs.get(tensor) ?? '');
        const size = all.length / ids.length;
        const own = lengthOf(all.subarray(query * size, (query + 1) * size));
        assert.ok(Math.abs(own - length) <= 1e-4 * own, `layer ${layer}, ${tensor}: ${length}, not ${own}`);
      }
      await session.release();
    }
  });
