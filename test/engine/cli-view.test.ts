import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { firstSelection } from '../../src/core/attention/selection.ts';
import { firstView, fitView, plainOptions, type ViewOptions } from '../../src/core/attention/view.ts';
import { chosenLayer } from '../../src/core/attention/merge.ts';
import { frameFrom } from '../../src/core/scene/frame.ts';
import { Scenes } from '../../src/core/scene/scene.ts';
import { weightText } from '../../src/core/attention/number-words.ts';
import { bundle } from './support/engine-process.ts';
import { placeLanguageModel } from './support/language-models.ts';
import { analysed, builtInModels } from './support/models.ts';

const text = 'The old king sees the unhappy dog.';

function cli(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const env = { ...process.env, TEXT_ATTENTION_MODELS: builtInModels };
  return spawnSync(process.execPath, [bundle('cli.cjs'), ...args, text], { encoding: 'utf8', env });
}

const cases: readonly { model: string; map: number; flags: readonly string[]; options: Partial<ViewOptions> }[] = [
  {
    model: 'masked-lm-small',
    map: 0,
    flags: ['--combine-layers', 'max', '--combine-heads', 'max', '--words', '--hide', 'special,punctuation'],
    options: { layerMerge: 'max', headMerge: 'max', unit: 'words', hideSpecial: true, hidePunctuation: true },
  },
  {
    model: 'causal-lm-small',
    map: 0,
    flags: ['--layer', '0', '--links', '2', '--step', '3', '--rows', 'written'],
    options: { topK: 2, step: 3, rows: 'written' },
  },
  {
    model: 'translation-small',
    map: 2,
    flags: ['--combine-layers', 'mean', '--renormalise', '--hide', 'special', '--cover', '60'],
    options: { layerMerge: 'mean', renormalise: true, hideSpecial: true, mass: 0.6 },
  },
];

for (const { model, map: index, flags, options: change } of cases) {
  test(`${model} ${flags.join(' ')}: a terminal writes the numbers that the panel shows`, async () => {
    const [analysis] = await analysed(model, [text]);
    const { options } = fitView({ ...firstView, options: { ...plainOptions, ...change } }, analysis);
    const map = analysis.maps[index] ?? assert.fail();
    const heads = Array.from({ length: map.shape[1] }, (_, head) => head);
    const selection = { ...firstSelection(analysis), map: index, layer: 0, heads, head: null };
    const layer = options.layerMerge ?? 0;
    const parts = { info: analysis, map, selection, layer, headMerge: options.headMerge };
    const scene = new Scenes().of(frameFrom({ ...parts, weights: chosenLayer(map, layer) }), options) ?? assert.fail();
    const [, , queries, keys] = scene.map.shape;

    const written = cli('--model', model, '--format', 'csv-matrix', ...flags);
    assert.equal(written.stderr, '');
    const matrices = written.stdout
      .split('\r\n\r\n')
      .map((matrix) => matrix.split('\r\n').filter((line) => line !== ''));
    const rows = (matrices[index] ?? []).slice(1).map((line) => {
      const cells = line.split(',').slice(-keys);
      return cells.map((cell) => Math.fround(Number(cell)));
    });
    const shown = scene.step === null ? Array.from({ length: queries }, (_, row) => row) : [scene.step];
    assert.deepEqual(
      rows,
      shown.map((row) => [...scene.spoken.subarray(row * keys, (row + 1) * keys)]),
    );

    const table = cli('--model', model, ...flags);
    assert.equal(table.status, 0);
    const strongest = Math.max(...scene.spoken);
    assert.match(table.stdout, new RegExp(weightText(strongest).replace('.', '\\.')));
  });
}

test('what cannot be shown so is refused by name', () => {
  for (const [flags, why] of [
    [['--hide', 'verbs'], /--hide: “verbs” is not one of special, punctuation/],
    [['--cover', '0'], /--cover/],
    [['--links', '1.5'], /--links/],
    [['--pairs', 'ac'], /--pairs: “ac” is not one of all, aa, ab, ba, bb/],
    [['--words', '--format', 'json'], /--words: json contains all weights/],
    [['--step', 'x'], /--step/],
    [['--step', '1'], /--step: only a decoder has steps/],
    [['--model', 'causal-lm-small', '--step', '99'], /--step: there is no step 99; the map “attention” has \d+/],
    [['--pairs', 'ab'], /--pairs: there is no second text; add --pair TEXT/],
    [['--layer', '1', '--combine-layers', 'mean'], /--combine-layers: --layer chooses one layer/],
  ] as const) {
    const { status, stderr } = cli(...flags);
    assert.notEqual(status, 0);
    assert.match(stderr, why);
  }
});

test('--layer takes the number that a layer has in a hybrid, and every format says it', (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'hybrid-'));
  context.after(() => rmSync(folder, { recursive: true }));
  const model = placeLanguageModel('lfm2', folder);
  const run = (...args: string[]) => cli('--model', model, ...args);
  const shown = run('--layer', '5', '--head', '1');
  assert.equal(shown.stderr, '');
  assert.match(shown.stdout, /· 2 of 6 layers × 4 heads ·/);
  assert.match(shown.stdout, /layer 5, head 1/);
  const records = run('--format', 'csv').stdout.split('\r\n').slice(1, -1);
  assert.deepEqual([...new Set(records.map((record) => record.split(',')[1]))], ['2', '5']);
  const [map] = JSON.parse(run('--format', 'json').stdout).maps;
  assert.deepEqual([map.layers, map.layerKinds.length, map.layerKinds[4]], [[2, 5], 6, 'convolution']);
  const between = run('--layer', '3');
  assert.equal(between.status, 1);
  assert.match(between.stderr, /--layer: layer 3 has no attention; in the map “attention” these have: 2 and 5/);
  assert.match(run('--layer', '6').stderr, /there is no layer 6; in the map “attention” these have: 2 and 5/);
});
