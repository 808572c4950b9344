import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { blockInput } from '../../src/core/block/block-input.ts';
import { blockSlices } from '../../src/core/block/block-slices.ts';
import type { Explanation } from '../../src/core/block/explanation.ts';
import { findAttention } from '../../src/core/onnx/find.ts';
import { readModel } from '../../src/core/onnx/read.ts';
import { elementTypes } from '../../src/core/onnx/type.ts';
import { KeptInputs } from '../../src/engine/backend/kept-inputs.ts';
import { Analyser } from '../../src/engine/run/analyser.ts';
import { builtInModels, noWork, places, worstDifference } from './support/models.ts';

process.env['ORT_DISABLE_TELEMETRY'] = '1';
const ort = await import('onnxruntime-node');
const model = 'masked-lm-small';
const analyser = new Analyser({ ...places, models: builtInModels }, () => undefined);
after(() => analyser.dispose());

test('given its own input, every block of a model is a slice of as many nodes, which reads no token', () => {
  const found = findAttention(readModel(readFileSync(join(builtInModels, model, 'onnx', 'model.onnx'))));
  const slices = found.map((one, layer) => {
    const tensor = blockInput(one);
    assert.ok(tensor !== null);
    const { cell } = blockSlices(one, layer, [{ tensor, type: elementTypes.float, rank: 3 }]);
    const { graph } = readModel(cell.model);
    assert.ok(graph.inputs.includes(tensor));
    return graph;
  });
  assert.ok(slices.length > 1);
  for (const { nodes } of slices) {
    assert.equal(nodes.length, slices[0]?.nodes.length);
    assert.equal(nodes.filter(({ op }) => op === 'Softmax').length, 1);
  }
});

test('a weight is explained alike whether the inputs of its block were kept or another text came between', async () => {
  const run = { model, text: 'The cat that was hungry ate the fish.' };
  const analysis = await analyser.analyse(run, noWork);
  const layers = analysis.maps[0]?.shape[0] ?? 0;
  const explain = async (): Promise<Explanation[]> => {
    const told: Explanation[] = [];
    for (let layer = 0; layer < layers; layer += 1)
      told.push(await analyser.explain(run, analysis, { map: 0, layer, head: 1, query: 3, key: 2 }, noWork));
    return told;
  };
  const kept = await explain();
  await analyser.analyse({ model, text: 'A dog ate the cat.' }, noWork);
  const afterwards = await explain();
  assert.ok(layers > 1);
  for (const [layer, one] of kept.entries()) {
    const other = afterwards[layer];
    assert.ok(other && one.recomputed.difference < 1e-5);
    for (const part of ['scores', 'weights'] as const)
      assert.ok(worstDifference(new Float32Array(one[part]), new Float32Array(other[part])) < 1e-5, `${layer} ${part}`);
  }
});

test('inputs of blocks are those of the run on the same inputs of the graph, and no more than fit', () => {
  const numbers = (length: number, first: number): InstanceType<typeof ort.Tensor> =>
    new ort.Tensor('float32', new Float32Array(length).fill(first), [1, length]);
  const kept = new KeptInputs(['a', null, 'b']);
  assert.equal(kept.of(0, { x: numbers(4, 1) }), null);
  kept.keep({ x: numbers(4, 1) }, { a: numbers(3, 5), b: numbers(3, 6), out: numbers(3, 7) });
  assert.equal(kept.of(0, { x: numbers(4, 1) })?.tensor.data[0], 5);
  assert.equal(kept.of(1, { x: numbers(4, 1) }), null);
  assert.equal(kept.of(2, { x: numbers(4, 1) })?.name, 'b');
  for (const other of [{ x: numbers(4, 2) }, { x: numbers(5, 1) }, { y: numbers(4, 1) }, {}])
    assert.equal(kept.of(0, other), null, JSON.stringify(Object.keys(other)));
  kept.keep({ x: numbers(4, 1) }, { a: numbers(1 << 25, 5) });
  assert.equal(kept.of(0, { x: numbers(4, 1) }), null);
});
