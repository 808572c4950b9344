import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { buildModel, type ElementType } from '../fixtures/graphs/build.ts';
import { answeredText, placeLanguageModel } from './support/language-models.ts';
import { analyse, fixture, mapNamed, reasonFor } from './support/models.ts';

const folder = mkdtempSync(join(tmpdir(), 'text-parts-'));
after(() => rmSync(folder, { recursive: true }));

const [words, width] = [20, 16];
/** Numbers that 16 bits hold exactly. */
const table = Array.from({ length: words * width }, (_, at) => ((at * 7) % 33) / 16 - 1);

/** A graph of embeddings, of the declared types. */
function embeddingGraph(numbers: ElementType, ids: ElementType = 'int64'): Uint8Array {
  return buildModel({
    nodes: [
      { op: 'Cast', inputs: ['input_ids'], outputs: ['ids'], attributes: { to: 7 } },
      { op: 'Gather', inputs: ['words', 'ids'], outputs: ['rows'], attributes: {} },
      { op: 'Cast', inputs: ['rows'], outputs: ['inputs_embeds'], attributes: { to: numbers === 'half' ? 10 : 1 } },
    ],
    inputs: [{ name: 'input_ids', type: ids, dims: ['batch', 'tokens'] }],
    outputs: ['inputs_embeds'],
    stored: [{ name: 'words', type: 'float', dims: [words, width], values: table }],
    known: { inputs_embeds: numbers },
  });
}

/** A copy of a small model with this graph of embeddings. */
function withEmbeddings(name: string, graph: Uint8Array): string {
  const model = placeLanguageModel('smolvlm', join(folder, name));
  writeFileSync(join(model, 'onnx', 'embed_tokens.onnx'), graph);
  return model;
}

test('embeddings are handed on in the type that the decoder asks for', async () => {
  const weights = async (name: string, graph: Uint8Array): Promise<Float32Array> =>
    mapNamed(await analyse({ model: withEmbeddings(name, graph), text: answeredText }), 'attention').weights;
  const exact = await weights('float', embeddingGraph('float'));
  assert.deepEqual(await weights('half', embeddingGraph('half')), exact);
  assert.deepEqual(await weights('narrow', embeddingGraph('float', 'int32')), exact);
});

test('of a model that compares texts with images the text encoder runs', async () => {
  const model = join(folder, 'clip');
  cpSync(fixture('tiny-encoder'), model, { recursive: true });
  const path = (file: string): string => join(model, 'onnx', `${file}.onnx`);
  renameSync(path('model'), path('text_model'));
  for (const file of ['model', 'vision_model', 'model_quantized']) writeFileSync(path(file), 'images');
  const config = JSON.parse(readFileSync(join(model, 'config.json'), 'utf8')) as object;
  const whole = { model_type: 'clip', architectures: ['CLIPModel'], vision_config: {}, text_config: config };
  writeFileSync(join(model, 'config.json'), JSON.stringify(whole));
  const analysis = await analyse({ model, text: answeredText });
  assert.deepEqual(analysis.model.formats, [{ graph: 'text_model', format: 'fp32' }]);
  const plain = await analyse({ model: 'tiny-encoder', text: answeredText });
  assert.deepEqual(mapNamed(analysis, 'attention').weights, mapNamed(plain, 'attention').weights);
});

test('a decoder that is fed embeddings is refused without the graph that makes them, which is named', async () => {
  const model = placeLanguageModel('phi3-v', folder);
  rmSync(join(model, 'onnx', 'prepare_inputs_embeds.onnx'));
  const reason = await reasonFor({ model, text: answeredText });
  assert.ok(reason.code === 'model-unsupported');
  assert.match(reason.detail, /inputs_embeds \(float32, .* onnx\/embed_tokens\.onnx/);
});

test('the graphs of a model run whatever its type is called', async () => {
  const model = join(folder, 'sphinx');
  cpSync(fixture('tiny-encoder-decoder'), model, { recursive: true });
  const path = join(model, 'config.json');
  const config = JSON.parse(readFileSync(path, 'utf8')) as object;
  writeFileSync(
    path,
    JSON.stringify({ ...config, model_type: 'sphinx', architectures: ['SphinxForConditionalGeneration'] }),
  );
  const [unknown, known] = [
    await analyse({ model, text: answeredText }),
    await analyse({ model: 'tiny-encoder-decoder', text: answeredText }),
  ];
  assert.deepEqual(
    unknown.maps.map(({ weights }) => weights),
    known.maps.map(({ weights }) => weights),
  );
});

test('a graph of embeddings that asks for more than a text gives is refused', async () => {
  const more = embeddingGraph('float');
  const model = withEmbeddings('more', more);
  renameSync(join(model, 'onnx', 'decoder_model_merged.onnx'), join(model, 'onnx', 'embed_tokens.onnx'));
  writeFileSync(join(model, 'onnx', 'decoder_model_merged.onnx'), more);
  const reason = await reasonFor({ model, text: answeredText });
  assert.deepEqual(
    [reason.code, 'detail' in reason && /inputs_embeds/.test(reason.detail)],
    ['model-unsupported', true],
  );
});
