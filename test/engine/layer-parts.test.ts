import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { unzipSync } from 'fflate';
import { layerPartNames, type LayerPartName, type LayerParts } from '../../src/core/block/layer-parts.ts';
import type { RunSpec } from '../../src/core/run/run-spec.ts';
import { Analyser } from '../../src/engine/run/analyser.ts';
import { bundle } from './support/engine-process.ts';
import { builtInModels, fixture, noWork, places, worstDifference } from './support/models.ts';

const text = 'The cat that was hungry ate the fish.';
const analyser = new Analyser({ ...places, models: builtInModels }, () => undefined);
after(() => analyser.dispose());

const all = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

/** The vector of a part at a head and a row of it. */
function vectorOf({ parts }: LayerParts, name: LayerPartName, head: number, row: number): Float32Array {
  const tensor = parts[name];
  assert.ok(tensor);
  const [, rows = 0, features = 0] = tensor.shape;
  const start = (head * rows + row) * features;
  return tensor.values.subarray(start, start + features);
}

/** Reads whole layers of every map, and compares some cells with what their weights are explained by. */
async function check(run: RunSpec): Promise<void> {
  const analysis = await analyser.analyse(run, noWork);
  for (const [map, { shape, kind, name }] of analysis.maps.entries()) {
    const [layers, heads, queries, keys] = shape;
    const layer = layers - 1;
    const asked = { map, layer, heads: all(heads), queries: all(queries), keys: all(keys), parts: layerPartNames };
    const told = await analyser.layerParts(run, analysis, asked, noWork);
    assert.deepEqual([told.map, told.missing], [name, []]);
    for (const query of new Set([0, Math.floor(queries / 2), queries - 1])) {
      const [head, key] = [(query + 1) % heads, (3 * query + 1) % (kind === 'causal' ? query + 1 : keys)];
      const one = await analyser.explain(run, analysis, { map, layer, head, query, key }, noWork);
      assert.ok(one.kind === 'dot-product' && one.output);
      for (const [part, row] of [
        ['q', query],
        ['k', key],
        ['v', key],
      ] as const)
        assert.deepEqual(vectorOf(told, part, head, row), new Float32Array(one[part]), `${name} ${part}`);
      assert.deepEqual(vectorOf(told, 'scores', head, query), new Float32Array(one.scores), name);
      assert.ok(Math.abs(Math.hypot(...vectorOf(told, 'output', head, query)) - one.output.norm) < 1e-5, name);
      const weights = new Float32Array(one.weights);
      const context = vectorOf(told, 'context', head, query).map((_, feature) =>
        weights.reduce((sum, weight, at) => sum + weight * (vectorOf(told, 'v', head, at)[feature] ?? NaN), 0),
      );
      assert.ok(worstDifference(vectorOf(told, 'context', head, query), context) < 1e-5, name);
    }
  }
}

test('a layer as a whole is what its weights are explained by, one by one', async () => {
  await check({ model: 'masked-lm-small', text });
  await check({ model: 'causal-lm-small', text, continue: { tokens: 3 } });
  await check({ model: 'translation-small', text: 'the cat sees the king' });
  // Its decoder computes one query after the other.
  await check({ model: fixture('tiny-encoder-decoder'), text: 'the cat ate', target: 'a dog' });
});

test('only what was asked for is given, in its order', async () => {
  const run = { model: 'masked-lm-small', text };
  const analysis = await analyser.analyse(run, noWork);
  const whole = { map: 0, layer: 1, heads: all(4), queries: all(11), keys: all(11), parts: layerPartNames };
  const some = { ...whole, heads: [3, 1], queries: [6], keys: [2, 10], parts: ['scores', 'k'] as const };
  const told = await analyser.layerParts(run, analysis, some, noWork);
  const everything = await analyser.layerParts(run, analysis, whole, noWork);
  assert.deepEqual(Object.keys(told.parts).sort(), ['k', 'scores']);
  assert.deepEqual(
    [told.parts.k?.shape, told.parts.scores?.shape],
    [
      [2, 2, 32],
      [2, 1, 2],
    ],
  );
  assert.deepEqual(vectorOf(told, 'k', 0, 1), vectorOf(everything, 'k', 3, 10));
  const row = vectorOf(everything, 'scores', 1, 6);
  assert.deepEqual(Array.from(vectorOf(told, 'scores', 1, 0)), [row[2], row[10]]);
  await assert.rejects(analyser.layerParts(run, analysis, { ...some, heads: [4] }, noWork), /argument-invalid/);
  await assert.rejects(
    analyser.layerParts({ ...run, model: 'recurrent-dot' }, analysis, some, noWork),
    /model-unsupported/,
  );
});

test('a terminal writes them as a table, as JSON and for numpy', () => {
  const folder = mkdtempSync(join(tmpdir(), 'layer-parts-'));
  const block = (...args: string[]) =>
    spawnSync(process.execPath, [bundle('cli.cjs'), 'block', ...args, text], {
      encoding: 'utf8',
      env: { ...process.env, TEXT_ATTENTION_MODELS: builtInModels },
    });
  try {
    assert.match(block('--layer', '1').stdout, /\nLayer 1 of the map “attention”\n[^]*\nq {2,}\[4, 11, 32\] /);
    const told = JSON.parse(block('--layer', '1', '--head', '2', '--parts', 'q, scores', '--format', 'json').stdout);
    assert.deepEqual([told.layer, told.heads, Object.keys(told.parts)], [1, [2], ['q', 'scores']]);
    const floats = Buffer.from(told.parts.scores.values, 'base64');
    assert.equal(floats.readFloatLE(4 * (6 * 11 + 2)).toFixed(3), '3.541');
    const out = join(folder, 'block.npz');
    assert.equal(block('--layer', '1', '--query', '6', '--format', 'npz', '--out', out).status, 0);
    const files = unzipSync(readFileSync(out));
    assert.deepEqual(
      Object.keys(files).sort(),
      [...layerPartNames, 'heads', 'keys', 'queries'].map((name) => `${name}.npy`).sort(),
    );
    assert.match(Buffer.from(files['q.npy'] ?? []).toString('latin1'), /'shape': \(4, 1, 32\)/);
    assert.match(block('--layer', '1', '--parts', 'x').stderr, /--parts: “x” is not one of q, k, v/);
    assert.match(block('--layer', '7').stderr, /--layer: there is no layer 7/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
