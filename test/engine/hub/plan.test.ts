import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import { dtypes } from '../../../src/core/catalogue/dtype.ts';
import { chooseGraphs, graphChoices, shapeOf } from '../../../src/engine/config/graph-files.ts';
import type { ListedFile } from '../../../src/engine/hub/listing.ts';
import { encoderFiles, json, writeFiles } from '../../fixtures/hub-server/model.ts';
import { modelId, reasonFor, scene, weights } from './scene.ts';

describe('a plan', () => {
  it('says all that a person is asked to agree to', async (test) => {
    const s = await scene(test);
    s.server.pages.set(modelId, { licence: 'apache-2.0' });
    const plan = await s.plan();
    const bytes = (paths: readonly string[]): number =>
      paths.reduce((sum, path) => sum + (s.files[path]?.length ?? NaN), 0);
    const expected = ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'special_tokens_map.json', weights];
    assert.deepEqual(
      plan.files.map((file) => file.path),
      expected,
    );
    assert.equal(plan.totalBytes, bytes(expected));
    assert.equal(plan.missingBytes, plan.totalBytes);
    assert.equal(plan.host, new URL(s.server.address).host);
    const { family, modelType, licence, gated, layers, heads, dtype, id, revision } = plan;
    assert.deepEqual(
      { family, modelType, licence, gated, layers, heads, dtype, id, revision },
      {
        family: 'encoder',
        modelType: 'bert',
        licence: 'apache-2.0',
        gated: false,
        layers: 2,
        heads: 4,
        dtype: 'fp32',
        id: modelId,
        revision: 'main',
      },
    );
    assert.deepEqual(plan.dtypes, [
      { dtype: 'fp32', bytes: 200_000, fits: true },
      { dtype: 'q8', bytes: 50_000, fits: true },
      { dtype: 'fp16', bytes: 100_000, fits: true },
    ]);
    assert.match(plan.files.at(-1)?.sha256 ?? '', /^[0-9a-f]{64}$/);
    assert.match(plan.files[0]?.gitId ?? '', /^[0-9a-f]{40}$/);
    assert.deepEqual(structuredClone(plan), plan, 'it crosses a border as it is');
  });

  it('takes the exact numbers where they fit the memory, else the best that do, else the smallest', async (test) => {
    const s = await scene(test);
    const chosen = async (memory: number): Promise<string> => (await s.plan({ dtype: undefined, memory })).dtype;
    assert.equal(await chosen(400_000), 'fp32');
    assert.equal(await chosen(399_999), 'q8');
    assert.equal(await chosen(10), 'q8');
    assert.deepEqual(
      (await s.plan({ memory: 250_000 })).dtypes.map(({ fits }) => fits),
      [false, true, true],
    );
  });

  it('obeys a wish, and says what there is when it cannot', async (test) => {
    const s = await scene(test);
    assert.equal((await s.plan({ dtype: 'fp16' })).files.at(-1)?.path, 'onnx/model_fp16.onnx');
    const reason = await reasonFor(s.plan({ dtype: 'bnb4' }));
    assert.deepEqual(reason, {
      code: 'argument-invalid',
      argument: 'dtype',
      detail: '“tiny/bert” is not available as bnb4, only as fp32, q8, fp16',
    });
  });

  it('asks for one commit, also by name, and page by page', async (test) => {
    const s = await scene(test);
    s.server.pages.set(modelId, { pageSize: 3 });
    const plan = await s.plan();
    assert.equal(s.server.seen.filter(({ path }) => path.includes('/tree/')).length, 4);
    const pinned = await s.plan({ model: `${modelId}@${plan.commit}` });
    assert.deepEqual(pinned.files, plan.files);
    assert.equal(pinned.revision, plan.commit);
    assert.equal((await reasonFor(s.plan({ model: `${modelId}@v9` }))).code, 'hub-not-found');
  });

  it('leaves out names that no model file has: they are never asked for', async (test) => {
    const s = await scene(test);
    const entries = [
      '../../evil.onnx',
      '/onnx/model.onnx',
      'onnx/../../x.onnx',
      'onnx/model.onnx_data/../../y',
      'a'.repeat(300),
    ].map((path) => ({ type: 'file', path, size: 5, oid: 'x' }));
    s.server.pages.set(modelId, {
      extraEntries: [...entries, { type: 'file', path: 'no-size' }, { type: 'link', path: 'config.json', size: 1 }],
    });
    const plan = await s.plan();
    assert.ok(plan.files.every(({ path }) => path in s.files));
  });

  it('is refused for a model without graphs, tokenizer or description, with words on which', async (test) => {
    const s = await scene(test);
    const without = async (pattern: RegExp): Promise<unknown> => {
      const files = Object.fromEntries(Object.entries(encoderFiles()).filter(([path]) => !pattern.test(path)));
      const id = `tiny/without-${pattern.source.replace(/\W/g, '')}`;
      await writeFiles(`${s.folder}/${id}`, files);
      return reasonFor(s.plan({ model: id }));
    };
    assert.match(JSON.stringify(await without(/onnx/)), /hub-unsuitable.*no graph/);
    assert.deepEqual(await without(/^tokenizer\.json/), {
      code: 'model-file-missing',
      model: 'tiny/without-tokenizerjson',
      file: 'tokenizer.json',
    });
    assert.deepEqual(await without(/^config\.json/), {
      code: 'model-file-missing',
      model: 'tiny/without-configjson',
      file: 'config.json',
    });
  });

  it('tells decoders from encoders by the description', async (test) => {
    const s = await scene(test);
    for (const [architecture, family] of [
      ['GPT2LMHeadModel', 'decoder'],
      ['LlamaForCausalLM', 'decoder'],
      ['BertModel', 'encoder'],
    ] as const) {
      await writeFiles(`${s.folder}/${modelId}`, { 'config.json': json({ architectures: [architecture] }) });
      assert.equal((await s.plan()).family, family);
    }
    await writeFiles(`${s.folder}/${modelId}`, { 'config.json': json({ is_encoder_decoder: true }) });
    assert.equal((await reasonFor(s.plan())).code, 'hub-unsuitable');
    await writeFiles(`${s.folder}/${modelId}`, { 'config.json': json('no object') });
    assert.equal((await reasonFor(s.plan())).code, 'hub-invalid');
  });
});

describe('the graphs of a model', () => {
  const list = (...paths: string[]): ListedFile[] =>
    paths.map((path) => ({ path, bytes: 10, sha256: null, gitId: randomBytes(20).toString('hex') }));
  const chosen = (files: readonly ListedFile[], encoderDecoder = false): Record<string, string[]> =>
    Object.fromEntries(
      graphChoices(files, encoderDecoder ? 'encoder-decoder' : 'one-graph').map((choice) => [
        choice.dtype,
        choice.files.map((file) => file.path),
      ]),
    );

  it('are found in every dtype', () => {
    const names = ['', '_quantized', '_int8', '_uint8', '_fp16', '_q4', '_q4f16', '_bnb4'].map(
      (suffix) => `onnx/model${suffix}.onnx`,
    );
    assert.deepEqual(Object.keys(chosen(list(...names))), [...dtypes]);
  });

  it('are `model`, else the merged decoder, else the plain one, for each dtype by itself', () => {
    const files = list(
      'onnx/model.onnx',
      'onnx/decoder_model_merged.onnx',
      'onnx/decoder_model_merged_quantized.onnx',
      'onnx/decoder_with_past_model.onnx',
      'onnx/decoder_model_fp16.onnx',
    );
    assert.deepEqual(chosen(files), {
      fp32: ['onnx/model.onnx'],
      q8: ['onnx/decoder_model_merged_quantized.onnx'],
      fp16: ['onnx/decoder_model_fp16.onnx'],
    });
  });

  it('of an encoder-decoder have to be there both', () => {
    const files = list(
      'onnx/encoder_model.onnx',
      'onnx/decoder_model_merged.onnx',
      'onnx/encoder_model_q4.onnx',
      'onnx/decoder_model_q4.onnx',
    );
    assert.deepEqual(chosen(files, true), { fp32: ['onnx/encoder_model.onnx', 'onnx/decoder_model_merged.onnx'] });
  });

  it('that are fed embeddings come with those of their dtype, else of the nearest one, the exact first', () => {
    const decoders = ['', '_quantized', '_fp16', '_q4', '_q4f16'].map(
      (dtype) => `onnx/decoder_model_merged${dtype}.onnx`,
    );
    const shape = (files: readonly ListedFile[]): string => shapeOf({ model_type: 'gemma3n' }, files);
    const embeddings = (...suffixes: string[]): (string | undefined)[] => {
      const files = list(
        ...decoders,
        'onnx/vision_encoder.onnx',
        'onnx/audio_encoder_q4.onnx',
        ...suffixes.map((dtype) => `onnx/embed_tokens${dtype}.onnx`),
      );
      assert.equal(shape(files), 'embedded-decoder');
      return graphChoices(files, 'embedded-decoder').map(({ files: [embedding, decoder, ...others], dtype }, at) => {
        assert.deepEqual([decoder?.path, others], [decoders[at], []], dtype);
        return embedding?.path.replace(/^onnx\/embed_tokens|\.onnx$/g, '');
      });
    };
    assert.deepEqual(embeddings('', '_quantized', '_fp16', '_q4', '_q4f16'), [
      '',
      '_quantized',
      '_fp16',
      '_q4',
      '_q4f16',
    ]);
    assert.deepEqual(embeddings('', '_quantized'), ['', '_quantized', '_quantized', '_quantized', '_quantized']);
    assert.deepEqual(embeddings('_q4'), ['_q4', '_q4', '_q4', '_q4', '_q4']);
    assert.equal(shape(list(...decoders)), 'one-graph');
    assert.deepEqual(
      chosen(list('onnx/encoder_model.onnx', 'onnx/decoder_model_merged.onnx', 'onnx/embed_tokens_fp16.onnx'), true),
      { fp32: ['onnx/embed_tokens_fp16.onnx', 'onnx/encoder_model.onnx', 'onnx/decoder_model_merged.onnx'] },
    );
  });

  it('come with their external data, and lie beside config.json where there is no onnx folder', () => {
    const data = ['onnx/model.onnx', 'onnx/model.onnx_data', 'onnx/model.onnx_data_1', 'onnx/model.onnx.data'];
    assert.deepEqual(
      chosen(list(...data, 'onnx/model.onnx_data.zstd', 'onnx/model.onnx_backup', 'onnx/model_q4.onnx_data')).fp32,
      data,
    );
    assert.deepEqual(chosen(list('model.onnx', 'model_int8.onnx')), {
      fp32: ['model.onnx'],
      int8: ['model_int8.onnx'],
    });
    assert.deepEqual(chosen(list('model.onnx', 'onnx/model_int8.onnx')), { int8: ['onnx/model_int8.onnx'] });
  });

  it('are the smallest where nothing fits', () => {
    const files = [
      { path: 'model.onnx', bytes: 100 },
      { path: 'model_q4.onnx', bytes: 30 },
      { path: 'model_quantized.onnx', bytes: 40 },
    ];
    const choices = graphChoices(files, 'one-graph');
    const within = (memory: number): string | undefined => chooseGraphs('m', choices, { memory })?.dtype;
    assert.deepEqual([1, 80, 200].map(within), ['q4', 'q8', 'fp32']);
    assert.equal(chooseGraphs('m', choices, { memory: 1, dtype: 'fp32' })?.dtype, 'fp32', 'a wish counts more');
    assert.equal(chooseGraphs('m', [], {}), null);
  });
});
