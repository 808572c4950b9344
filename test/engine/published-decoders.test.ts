import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, test } from 'node:test';
import type { PreTrainedModel } from '@huggingface/transformers';
import type { LayerKind } from '../../src/core/attention/layers.ts';
import type { LayerMask } from '../../src/core/attention/mask.ts';
import { itemAt } from '../../src/core/item-at.ts';
import { runtime } from '../../src/engine/backend/runtime.ts';
import { faultsOf } from '../../src/engine/check/verdict.ts';
import {
  answeredText,
  answerOf,
  languageModels,
  placeLanguageModel,
  witnessed,
  type Answer,
} from './support/language-models.ts';
import { analyse, idsOf, mapNamed, worstDifference } from './support/models.ts';

const folder = mkdtempSync(join(tmpdir(), 'decoders-'));
after(() => rmSync(folder, { recursive: true }));

/** Models of types that the library only loads with the graphs of images: its class is given those of the text. */
const loadedWithImages = { smolvlm: 'SmolVLMForConditionalGeneration', 'phi3-v': 'Phi3VForCausalLM' } as const;

/** The library's own model. */
async function loadedByLibrary(name: string, model: string): Promise<PreTrainedModel> {
  const { transformers, ort } = await runtime();
  const options = { local_files_only: true, device: 'cpu', dtype: 'fp32' } as const;
  const known = Object.entries(loadedWithImages).find(([one]) => one === name)?.[1];
  if (!known) return transformers.AutoModelForCausalLM.from_pretrained(model, options);
  const sessions = await Promise.all(
    readdirSync(join(model, 'onnx')).map(
      async (file) => [basename(file, '.onnx'), await ort.InferenceSession.create(join(model, 'onnx', file))] as const,
    ),
  );
  const config = await transformers.AutoConfig.from_pretrained(model, options);
  return new transformers[known](config, Object.fromEntries(sessions), {});
}

/** What transformers.js itself writes after the ids, always the likeliest. */
async function writtenByLibrary(
  loaded: PreTrainedModel,
  ids: readonly number[],
  tokens: number,
): Promise<readonly number[]> {
  const {
    transformers: { Tensor },
  } = await runtime();
  const given = (value: (id: number) => bigint): InstanceType<typeof Tensor> =>
    new Tensor('int64', BigInt64Array.from(ids, value), [1, ids.length]);
  const all = await loaded.generate({
    inputs: given(BigInt),
    attention_mask: given(() => 1n),
    max_new_tokens: tokens,
    do_sample: false,
  });
  return Array.from((all as InstanceType<typeof Tensor>).data, Number).slice(ids.length);
}

/**
 * Models with which the library has to begin anew for every token: for positions in three rows it counts those of later
 * steps from twice the length of the text (it adds the length that transformers subtracts,
 * `_get_text_only_rope_index`).
 */
const writesAnew: ReadonlySet<string> = new Set(['qwen3-5', 'qwen2-vl']);

/** What every layer of a hybrid is; all layers of the others attend. */
const hybrids: Readonly<Record<string, readonly LayerKind[]>> = {
  lfm2: repeated(['convolution', 'convolution', 'attention'], 2),
  'lfm2-fused': repeated(['convolution', 'convolution', 'attention'], 2),
  zaya: repeated(['attention', 'feed-forward'], 3),
  'lfm2-moe': Array.from({ length: 24 }, (_, at) =>
    [2, 6, 10, 14, 18, 21].includes(at) ? 'attention' : 'convolution',
  ),
  'qwen3-5': repeated(['linear-attention', 'linear-attention', 'linear-attention', 'attention'], 2),
  'qwen3-next': ['linear-attention', 'linear-attention', 'linear-attention', 'attention'],
  'olmo-hybrid': ['linear-attention', 'linear-attention', 'linear-attention', 'attention'],
  'granite-hybrid': ['state-space', 'state-space', 'attention', 'state-space'],
  'nemotron-h': ['state-space', 'feed-forward', 'attention', 'feed-forward', 'state-space', 'attention'],
};

const full: LayerMask = { kind: 'full' };
/** Windows of three tokens. */
const window: LayerMask = { kind: 'window', reach: 2 };
const chunk: LayerMask = { kind: 'chunk', size: 4 };

/** What the layers leave to their queries; those of all others leave every earlier token. */
const masked: Readonly<Record<string, readonly LayerMask[]>> = {
  afmoe: [window, window, window, full],
  cohere2: [window, window, window, full],
  'gpt-neo': [full, window],
  gemma2: [window, full],
  'gemma2-fused': [window, full],
  gemma3: [window, window, full],
  'gemma3-fused': [window, window, full],
  gemma3n: [window, window, full, window, full],
  'gpt-oss': [window, full],
  'gpt-oss-fused': [window, full],
  llama4: [chunk, chunk, chunk, full],
  'modernbert-decoder': [full, window, window, full],
};

/** Models whose layers select the keys that a query sees: those that torch gave a weight to. */
const selecting: ReadonlySet<string> = new Set(['glm-moe-dsa']);

function selectionIn({ weights, layers, heads, ids: { length } }: Answer): readonly LayerMask[] {
  const isSeen = (layer: number, query: number, key: number): boolean =>
    Array.from({ length: heads }).some(
      (_, head) => itemAt(weights, ((layer * heads + head) * length + query) * length + key) > 0,
    );
  const places = Array.from({ length }, (_, at) => at);
  return Array.from({ length: layers }, (_, layer) => ({
    kind: 'selection',
    keys: places.map((query) => places.filter((key) => isSeen(layer, query, key))),
  }));
}

/** Models whose heads hand over their result through a gate. */
const gated: ReadonlySet<string> = new Set(['afmoe', 'hrm-text', 'qwen3-5', 'qwen3-next']);

function repeated(kinds: readonly LayerKind[], times: number): readonly LayerKind[] {
  return Array.from({ length: times }, () => kinds).flat();
}

for (const name of languageModels) {
  const answer = answerOf(name);

  test(`${name}: every attending layer and head, as torch computes them`, async () => {
    const analysis = await analyse({ model: placeLanguageModel(name, folder), text: answeredText });
    assert.deepEqual(idsOf(analysis, 0), answer.ids);
    const { shape, weights, kind, layers, masks } = mapNamed(analysis, 'attention');
    assert.deepEqual(shape, [answer.layers, answer.heads, answer.ids.length, answer.ids.length]);
    assert.equal(kind, 'causal');
    assert.deepEqual(layers, hybrids[name]);
    assert.deepEqual(masks, selecting.has(name) ? selectionIn(answer) : masked[name]);
    assert.equal(/by a gate/.test(analysis.notes.join(' ')), gated.has(name), analysis.notes.join(' '));
    assert.ok(!analysis.notes.some((note) => note.startsWith('config.json')), analysis.notes.join(' '));
    assert.ok(worstDifference(weights, answer.weights) <= 1e-4, `${worstDifference(weights, answer.weights)}`);
  });

  test(`${name}: writes on as transformers.js and torch do, and agrees with its untouched file`, async () => {
    const model = placeLanguageModel(name, folder);
    const run = { model, text: answeredText, continue: { tokens: answer.written.length } };
    const { analysis, graphs } = await witnessed(run);
    assert.deepEqual(idsOf(analysis, 0).slice(answer.ids.length), answer.written);
    assert.equal(graphs.length, 1);
    for (const graph of graphs) {
      assert.equal(graph.runs, answer.written.length + 1, 'a step from the caches for each token');
      assert.deepEqual(faultsOf(graph), []);
    }
    const atOnce = writesAnew.has(name) ? 1 : answer.written.length;
    const loaded = await loadedByLibrary(name, model);
    try {
      for (let at = 0; at < answer.written.length; at += atOnce) {
        const before = [...answer.ids, ...answer.written.slice(0, at)];
        assert.deepEqual(await writtenByLibrary(loaded, before, atOnce), answer.written.slice(at, at + atOnce));
      }
    } finally {
      await loaded.dispose();
    }
  });
}

test('caches tell the numbers and kinds of layers where config.json says nothing of them', async () => {
  const model = placeLanguageModel('granite-hybrid', join(folder, 'silent'));
  const path = join(model, 'config.json');
  const config = JSON.parse(readFileSync(path, 'utf8')) as object;
  writeFileSync(path, JSON.stringify({ ...config, num_hidden_layers: null, layer_types: null }));
  const { layers } = mapNamed(await analyse({ model, text: answeredText }), 'attention');
  assert.deepEqual(layers, hybrids['granite-hybrid']);
});
