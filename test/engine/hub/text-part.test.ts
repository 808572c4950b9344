import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { Analyser } from '../../../src/engine/run/analyser.ts';
import { findModel } from '../../../src/engine/store/models.ts';
import { answeredText, answerOf, placeLanguageModel } from '../support/language-models.ts';
import { idsOf, mapNamed, noWork, worstDifference } from '../support/models.ts';
import { modelId, reasonFor, scene } from './scene.ts';

const folder = mkdtempSync(join(tmpdir(), 'text-parts-'));
after(() => rmSync(folder, { recursive: true }));

/** The files of a model of images and text as its publisher has them, by their paths. */
function published(name: string): Record<string, Buffer> {
  const model = placeLanguageModel(name, folder);
  const own = (readdirSync(model, { recursive: true }) as string[]).filter((path) =>
    statSync(join(model, path)).isFile(),
  );
  const graph = (stem: string): string => `onnx/${stem}.onnx`;
  const files = Object.fromEntries(own.map((path) => [path, readFileSync(join(model, path))]));
  return {
    ...files,
    'preprocessor_config.json': Buffer.from('{}'),
    'processor_config.json': Buffer.from('{}'),
    [graph('vision_encoder')]: Buffer.alloc(300_000, 1),
    [graph('audio_encoder')]: Buffer.alloc(300_000, 2),
    [graph('vision_encoder_q4')]: Buffer.alloc(100_000, 3),
    // Sizes alone matter of what is not run here.
    [graph('embed_tokens_quantized')]: Buffer.alloc(700, 4),
    [graph('decoder_model_merged_q4')]: Buffer.alloc(40_000, 5),
    'onnx/decoder_model_merged_q4.onnx_data': Buffer.alloc(20_000, 6),
    'onnx/vision_encoder_q4.onnx_data': Buffer.alloc(20_000, 7),
  };
}

describe('a model that also takes images', () => {
  for (const name of ['gemma3n', 'qwen2-vl', 'smolvlm']) {
    it(`is downloaded without their graphs, and runs: ${name}`, async (test) => {
      const s = await scene(test, published(name));
      const plan = await s.plan();
      const graphs = ['onnx/embed_tokens.onnx', 'onnx/decoder_model_merged.onnx'];
      const paths = ['config.json', 'tokenizer.json', 'tokenizer_config.json', ...graphs];
      assert.deepEqual(
        plan.files.map(({ path }) => path),
        paths,
      );
      assert.equal(
        plan.totalBytes,
        paths.reduce((sum, path) => sum + (s.files[path]?.length ?? NaN), 0),
      );
      assert.equal(plan.family, 'decoder');
      const answer = answerOf(name);
      assert.deepEqual([plan.layers, plan.heads], [answer.layers, answer.heads], 'as the part of the text has them');
      await s.download(plan);
      assert.deepEqual(
        (await s.storeFiles()).filter((path) => /\.onnx/.test(path)),
        graphs.map((path) => `${modelId}/main/${path}`).sort(),
      );

      const stored = { models: s.folder, store: s.store };
      const { graphBytes } = await findModel(modelId, stored);
      assert.equal(
        graphBytes,
        graphs.reduce((sum, path) => sum + (s.files[path]?.length ?? NaN), 0),
      );
      const analyser = new Analyser(stored, () => undefined);
      test.after(() => analyser.dispose());
      const run = { model: modelId, text: answeredText, continue: { tokens: answer.written.length } };
      assert.deepEqual(idsOf(await analyser.analyse(run, noWork), 0), [...answer.ids, ...answer.written]);
      const analysis = await analyser.analyse({ model: modelId, text: answeredText }, noWork);
      assert.ok(worstDifference(mapNamed(analysis, 'attention').weights, answer.weights) <= 1e-4);
      assert.deepEqual(
        analysis.model.formats,
        ['embed_tokens', 'decoder_model_merged'].map((graph) => ({ graph, format: 'fp32' })),
      );
    });
  }

  it('is offered in the number formats of its decoder, each with the nearest embeddings and its external data', async (test) => {
    const s = await scene(test, published('gemma3n'));
    const { dtypes, files } = await s.plan({ dtype: 'q4' });
    assert.deepEqual(dtypes.map(({ dtype, bytes }) => [dtype, bytes]).slice(1), [['q4', 60_700]]);
    assert.deepEqual(
      files.slice(-3).map(({ path }) => path),
      ['embed_tokens_quantized.onnx', 'decoder_model_merged_q4.onnx', 'decoder_model_merged_q4.onnx_data'].map(
        (file) => `onnx/${file}`,
      ),
    );
  });

  it('without a decoder is refused', async (test) => {
    const {
      'onnx/decoder_model_merged.onnx': _,
      'onnx/decoder_model_merged_q4.onnx': __,
      ...files
    } = published('smolvlm');
    const s = await scene(test, files);
    assert.equal((await reasonFor(s.plan())).code, 'hub-unsuitable');
  });
});
