import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test, type TestContext } from 'node:test';
import type { InferenceSession } from 'onnxruntime-node';
import type { RunSpec } from '../../src/core/run/run-spec.ts';
import { readModel } from '../../src/core/onnx/read.ts';
import { unfused } from '../../src/core/onnx/unfuse/unfused.ts';
import { Analyser } from '../../src/engine/run/analyser.ts';
import { dimsOf, floats, ints, ints32, noise, numbers, openExposed, absent, dataFile } from './onnx/session.ts';
import { fusedFamily, fusedFamilyNames, feedsOf } from './support/graph-families.ts';
import { answeredText, fusedLanguageModel, languageModels, placeLanguageModel } from './support/language-models.ts';
import { noWork, places, sharedModel } from './support/models.ts';

type Feeds = InferenceSession.FeedsType;
type Results = InferenceSession.OnnxValueMapType;

const folder = mkdtempSync(join(tmpdir(), 'fused-models-'));
const analyser = new Analyser(places, () => undefined);
after(async () => {
  await analyser.dispose();
  rmSync(folder, { recursive: true });
});

/** The largest difference of two results, relative to the largest number of the second where that is above 1. */
function apart(got: Results, other: string, expected: Results, name: string): number {
  assert.deepEqual(dimsOf(got, other), dimsOf(expected, name), name);
  const [own, wanted] = [numbers(got, other), numbers(expected, name)];
  const size = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  return wanted.reduce((worst, value, at) => Math.max(worst, Math.abs((own[at] ?? NaN) - value)), 0) / size;
}

/** A model as its kernels compute it and with all its operators written out, run after run on the same feeds. */
async function agrees(
  model: Uint8Array,
  runs: readonly ((before: Results | null, inputs: readonly string[]) => Feeds)[],
) {
  const [fused, written] = [await openExposed(model), await openExposed(unfused(readModel(model)).bytes)];
  assert.equal(written.exposure.sites.length, fused.exposure.sites.length);
  assert.ok(written.exposure.sites.every(({ op }) => op === 'Softmax'));
  const weights = new Set(fused.exposure.sites.map(({ output }) => output));
  let before: Results | null = null;
  for (const feedsOfRun of runs) {
    const feeds = feedsOfRun(before, fused.session.inputNames);
    const [expected, got] = [await fused.session.run(feeds), await written.session.run(feeds)];
    for (const name of fused.session.outputNames)
      if (!weights.has(name)) assert.ok(apart(got, name, expected, name) <= 1e-5, name);
    for (const [at, site] of fused.exposure.sites.entries())
      assert.ok(apart(got, written.exposure.sites[at]?.output ?? '', expected, site.output) <= 1e-5, site.output);
    before = expected;
  }
}

/** Tokens after those of the runs before, whose caches come from the last of them. */
function tokens(ids: readonly number[], past: number, cache: readonly number[]) {
  const own: Feeds = {
    input_ids: ints(ids),
    attention_mask: ints(Array.from({ length: past + ids.length }, () => 1)),
    position_ids: ints(ids.map((_, at) => past + at)),
  };
  return (before: Results | null, inputs: readonly string[]): Feeds =>
    Object.fromEntries(
      inputs.map((input) => {
        const present = input.replace('past_key_values', 'present');
        return [
          input,
          own[input] ?? (before ? floats(numbers(before, present), dimsOf(before, present)) : noise(cache)),
        ];
      }),
    );
}

const fusedNames = languageModels.filter((name) => fusedLanguageModel(name) !== null);

for (const name of fusedNames)
  test(`${name}: written out, it computes the same, and with what is in its caches`, async () => {
    const { model, ids, blocks } = fusedLanguageModel(name) ?? assert.fail();
    const cache = [1, 2, 0, blocks[0]?.q.dims.at(-1) ?? 0];
    await agrees(model, [
      tokens(ids, 0, cache),
      tokens([9], ids.length, cache),
      tokens([8, 7, 3], ids.length + 1, cache),
    ]);
  });

for (const name of fusedFamilyNames())
  test(`${name}: written out, it computes the same`, async () => {
    const { model, answer } = fusedFamily(name);
    await agrees(model, [(_, inputs) => feedsOf(answer, inputs)]);
  });

const trained = 'models/stories260K-gqa/onnx/model.onnx';
test(`${trained}: written out, it computes the same, and step by step`, { skip: absent(trained) }, async () => {
  const cache = [1, 4, 0, 16];
  await agrees(dataFile(trained), [tokens([1, 9, 3, 17], 0, cache), tokens([11], 4, cache), tokens([4], 5, cache)]);
});

const single: readonly (readonly [string, Feeds])[] = [
  ['hf_fp32_encoder_self_attention', { input_hidden_states: noise([2, 10, 10], 6) }],
  [
    'dmmha_cross_attn',
    {
      q: noise([1, 1, 64], 1),
      k: noise([1, 2, 10, 32], 2),
      v: noise([1, 2, 10, 32], 4),
      b: noise([192], 3),
      past_seq_len: ints32([4]),
      beam_width: ints32([1]),
      cache_indir: ints32(new Array(16).fill(0), [1, 1, 16]),
    },
  ],
  ['attention_mha', { input_1: noise([1, 3, 16], 4), input_2: noise([1, 3, 16], 5), input_mask: ints([1, 1, 0]) }],
];
for (const [name, feeds] of single)
  test(`graphs/${name}.onnx: written out, it computes the same`, { skip: absent(`graphs/${name}.onnx`) }, async () => {
    await agrees(dataFile(`graphs/${name}.onnx`), [() => feeds]);
  });

/** Explains some cells of every layer and head. */
async function explained(run: RunSpec): Promise<void> {
  const analysis = await analyser.analyse(run, noWork);
  for (const [
    map,
    {
      shape: [layers, heads, queries],
    },
  ] of analysis.maps.entries())
    for (let layer = 0; layer < layers; layer += 1)
      for (let head = 0; head < heads; head += 1)
        for (const query of [0, 3, queries - 1]) {
          const cell = { map, layer, head, query, key: query >> 1 };
          const { recomputed, output, missing } = await analyser.explain(run, analysis, cell, noWork);
          assert.ok(recomputed.difference <= 1e-5, `${JSON.stringify(cell)}: ${recomputed.difference}`);
          assert.ok(output && (output.difference ?? NaN) <= 1e-5, `${JSON.stringify(cell)}: ${output?.difference}`);
          assert.deepEqual(missing, []);
        }
}

for (const name of fusedNames)
  test(`${name}: every weight is explained, also of a text that the model has written`, async () => {
    const model = placeLanguageModel(name, folder);
    await explained({ model, text: answeredText });
    await explained({ model, text: answeredText, continue: { tokens: 3 } });
  });

test('stories260K-gqa: every weight is explained', async (context: TestContext) => {
  const model = sharedModel('stories260K-gqa', context);
  if (model !== null) await explained({ model, text: 'Once upon a time there was a dog.' });
});
