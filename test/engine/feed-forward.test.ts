import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { readModel } from '../../src/core/onnx/read.ts';
import { referable } from '../../src/core/onnx/reference.ts';
import { Wire } from '../../src/core/onnx/wire.ts';
import { layerNumbers } from '../../src/core/attention/layers.ts';
import { Analyser } from '../../src/engine/run/analyser.ts';
import { answeredText, languageModels, placeLanguageModel } from './support/language-models.ts';
import { noWork, places } from './support/models.ts';

const folder = mkdtempSync(join(tmpdir(), 'feed-forward-'));
after(() => rmSync(folder, { recursive: true }));

/** Nodes that are the last product of a layer's feed-forward part, as make/language_models.py names them. */
const lastProducts = (layer: number): RegExp =>
  new RegExp(`/(after\\.${layer}|mixers\\.${layer}/feed|layers\\.${layer})(/experts\\.\\d+)?/down/MatMul$`);

/** Sets the last product of the feed-forward part of a layer to 0 in the file of a model; how many products it has. */
function silence(model: string, layer: number): number {
  let count = 0;
  for (const name of readdirSync(join(model, 'onnx'))) {
    const path = join(model, 'onnx', name);
    const bytes = new Uint8Array(readFileSync(path));
    const { graph, budget } = readModel(bytes);
    for (const node of graph.nodes.filter((each) => lastProducts(layer).test(each.name))) {
      const weights = graph.initializers.get(node.inputs[1] ?? '');
      const raw = weights && referable(new Wire(bytes, budget), weights);
      assert.ok(raw, `${node.name} has weights in the file`);
      bytes.fill(0, raw.start, raw.end);
      count += 1;
    }
    writeFileSync(path, bytes);
  }
  return count;
}

/** Those whose feed-forward parts are written as products in the fixtures, in every kind of block. */
const blocks = ['codegen', 'falcon', 'cohere2', 'gptj', 'phi', 'falcon-h1', 'olmo2', 'qwen3-5', 'qwen3-next'];
const further = ['gemma2', 'gemma3', 'gemma3n', 'afmoe', 'hrm-text', 'nemotron-h', 'granite-hybrid', 'lfm2', 'smollm3'];

for (const name of [...blocks, ...further])
  test(`${name}: a feed-forward part that is off is one whose weights are 0, and nothing else`, async () => {
    const run = { model: placeLanguageModel(name, folder), text: answeredText };
    const [own, other] = [new Analyser(places, () => undefined), new Analyser(places, () => undefined)];
    try {
      const plain = await own.analyse(run, noWork);
      const [map] = plain.maps;
      assert.ok(map);
      const layer = layerNumbers(map).at(-2) ?? layerNumbers(map)[0] ?? NaN;
      const off = await own.analyse({ ...run, edits: [{ kind: 'ffn-off', layer }] }, noWork);
      assert.ok(off.change && off.change.kl > 0);
      assert.ok(silence(run.model, layer) > 0);
      const silent = await other.analyse(run, noWork);
      assert.deepEqual(off.maps[0]?.weights, silent.maps[0]?.weights);
      assert.deepEqual(off.predictions, silent.predictions);
    } finally {
      await own.dispose();
      await other.dispose();
    }
  });

test('of every language model the feed-forward parts are found', async () => {
  for (const name of languageModels) {
    const own = new Analyser(places, () => undefined);
    try {
      const run = { model: placeLanguageModel(name, folder), text: answeredText };
      const { change } = await own.analyse({ ...run, edits: [{ kind: 'ffn-off', layer: null }] }, noWork);
      assert.ok(change && change.kl > 0, name);
    } finally {
      await own.dispose();
    }
  }
});

for (const name of ['qwen3-5', 'qwen3-next', 'afmoe', 'hrm-text'])
  test(`${name}: the gate before the output projection is named where a weight is explained`, async () => {
    const own = new Analyser(places, () => undefined);
    try {
      const run = { model: placeLanguageModel(name, folder), text: answeredText };
      const analysis = await own.analyse(run, noWork);
      const told = await own.explain(run, analysis, { map: 0, layer: 0, head: 0, query: 2, key: 1 }, noWork);
      assert.ok(told.recomputed.difference < 1e-5);
      assert.ok('missing' in told);
      assert.equal(told.output, null);
      const [missing, ...others] = told.missing;
      assert.deepEqual(others, []);
      assert.equal(missing?.part, 'output projection');
      assert.match(missing.why, /^heads are multiplied by a gate, .*Sigmoid.*, before the output projection$/);
    } finally {
      await own.dispose();
    }
  });
