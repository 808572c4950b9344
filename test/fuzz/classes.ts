import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { AttentionError } from '../../src/core/errors/reason.ts';
import { exposeAttention } from '../../src/core/onnx/expose.ts';
import { joinModel } from '../../src/core/onnx/join.ts';
import { createTokenizer } from '../../src/core/text/tokenizer.ts';
import { bounded } from '../../src/engine/process/bounded.ts';
import {
  configSchema,
  describedDecoder,
  describedEncoder,
  describedLimit,
  generationSchema,
  tokenizerConfigSchema,
} from '../../src/engine/config/config.ts';
import { checkLayers } from '../../src/engine/config/config-limits.ts';
import { describedFamily, shapeOf } from '../../src/engine/config/graph-files.ts';
import { parseManifest } from '../../src/engine/store/manifest.ts';
import { checkPlan } from '../../src/engine/hub/plan.ts';
import { parsedJson } from '../../src/engine/files/json-file.ts';
import { checkTokenIds } from '../../src/engine/model/token-ids.ts';
import { mergedRules } from '../../src/engine/config/writing-config.ts';
import { blockGraph } from '../fixtures/graphs/block.ts';
import { buildModel } from '../fixtures/graphs/build.ts';
import { fixtures } from '../unit/text/support/fixtures.ts';
import { mutatedBytes } from './bytes.ts';
import type { Dice } from './dice.ts';
import { mutatedJson } from './json.ts';
import { mutatedModel } from './protobuf.ts';

/**
 * A kind of foreign input: makes one of it by chance, and gives what reads it. Whatever `read` throws must be a
 * sentence.
 */
export type Kind = (dice: Dice) => () => unknown;

const folder = join(import.meta.dirname, '..', 'fixtures');
const json = (...path: readonly string[]): unknown => JSON.parse(readFileSync(join(folder, ...path), 'utf8'));

const fused = buildModel({
  nodes: [
    {
      op: 'Attention',
      domain: 'com.microsoft',
      inputs: ['x', 'w', 'b'],
      outputs: ['y'],
      attributes: { num_heads: 2, qkv_hidden_sizes: [8, 8, 8] },
    },
  ],
  inputs: [{ name: 'x', type: 'float', dims: [1, 'T', 8] }],
  outputs: ['y'],
  stored: [
    { name: 'w', type: 'float', dims: [8, 24], values: new Float32Array(192) },
    { name: 'b', type: 'float', dims: [24], values: new Float32Array(24) },
  ],
});
const models: readonly Uint8Array[] = [
  buildModel(blockGraph({})),
  fused,
  ...['gpt2', 'bert', 't5-decoder', 'sinks', 'gemma', 'deberta'].map((name) =>
    readFileSync(join(folder, 'graphs', 'families', `${name}.onnx`)),
  ),
  readFileSync(join(folder, 'models', 'tiny-encoder-decoder', 'onnx', 'decoder_model_merged.onnx')),
];

const graphs: Kind = (dice) => {
  const model = dice.of(models);
  const structured = dice.chance(0.85) ? mutatedModel(dice, model) : model;
  const bytes = structured === model || dice.chance(0.05) ? mutatedBytes(dice, structured) : structured;
  const tensors = dice.chance(0.5);
  return () => joinModel(exposeAttention(bytes, { tensors }));
};

const texts = [
  '',
  'a',
  'The cat that was hungry ate the fish.',
  `${'a'.repeat(80)}!`,
  ' '.repeat(3000),
  'その猫は魚を食べた。 e\u0301\u0323 😀 ﬁ',
  'a b '.repeat(2000),
  'ab'.repeat(5000),
];

const tokenizers: Kind = (dice) => {
  const text = mutatedJson(dice, dice.of(fixtures).json);
  const one = dice.of(texts);
  const options = dice.chance(0.3) ? { pair: 'a pair' } : dice.chance(0.3) ? { maxTokens: 20 } : {};
  return () => {
    const tokenizer = createTokenizer(
      'm',
      parsedJson(text, { model: 'm', file: 'tokenizer.json' }, v.looseObject({})),
      undefined,
      bounded,
    );
    const { tokens } = tokenizer.encode(one, options);
    for (const { id, start, end } of tokens) {
      if (!Number.isSafeInteger(id) || id < 0 || !(start >= 0 && start <= end))
        throw new Error(`a token ${id} from ${start} to ${end}`);
    }
    tokenizer.decode(tokens.map(({ id }) => id).slice(0, 500), { skipSpecialTokens: false });
  };
};

const described: readonly unknown[] = [
  ...['tiny-encoder', 'tiny-decoder', 'tiny-encoder-decoder'].map((name) => json('models', name, 'config.json')),
  {
    model_type: 'gemma3',
    architectures: ['GemmaForCausalLM'],
    text_config: {
      num_hidden_layers: 26,
      num_attention_heads: 8,
      layer_types: ['full_attention'],
      eos_token_id: [1, 106],
    },
    bos_token_id: 2,
    vocab_size: 262144,
  },
  {
    model_type: 'm2m_100',
    is_encoder_decoder: true,
    encoder_layers: 12,
    decoder_layers: 12,
    num_hidden_layers: 12,
    forced_eos_token_id: 2,
    max_length: 200,
    bad_words_ids: [[1]],
    id2label: { 0: 'a' },
  },
];
const generations: readonly unknown[] = [
  {
    forced_bos_token_id: 5,
    eos_token_id: 2,
    bad_words_ids: [[3], [4, 5]],
    suppress_tokens: [1, 2],
    begin_suppress_tokens: [7],
    max_length: 20,
    max_new_tokens: 5,
    no_repeat_ngram_size: 3,
    repetition_penalty: 1.2,
  },
  { decoder_start_token_id: [2], eos_token_id: [1, 2], min_length: 3, temperature: 0.7, top_k: 5, top_p: 0.9 },
];

const configs: Kind = (dice) => {
  const text = mutatedJson(dice, dice.of(described));
  const rules = dice.chance(0.5) ? mutatedJson(dice, dice.of(generations)) : null;
  const limits = mutatedJson(dice, { model_max_length: 512, tgt_lang: 'es' });
  const named = (file: string): { model: string; file: string } => ({ model: 'm', file });
  return () => {
    const config = parsedJson(text, named('config.json'), configSchema);
    checkLayers('m', config);
    const generation = rules === null ? null : parsedJson(rules, named('generation_config.json'), generationSchema);
    checkTokenIds({ id: 'm', config, generation }, { end: 100 });
    mergedRules(config, generation);
    describedLimit(config, parsedJson(limits, named('tokenizer_config.json'), tokenizerConfigSchema));
    const { layers, heads } = describedEncoder(config);
    if (
      ![layers, heads, describedDecoder(config).layers].every((count) => count === null || Number.isSafeInteger(count))
    )
      throw new Error(`${layers} layers, ${heads} heads`);
    describedFamily(config, shapeOf(config, []));
  };
};

const file = { path: 'onnx/model.onnx', bytes: 100, sha256: 'a'.repeat(64), gitId: null };
const manifest = {
  version: 1,
  id: 'o/m',
  revision: 'main',
  commit: 'abcdef0',
  host: 'hub.test',
  dtypes: ['fp32'],
  licence: 'mit',
  modelType: 'bert',
  family: 'encoder',
  files: [
    { ...file, etag: '"x"' },
    { ...file, path: 'config.json', etag: null },
  ],
};
const plan = {
  id: 'o/m',
  revision: 'main',
  commit: 'abcdef0',
  host: 'hub.test',
  family: 'encoder',
  modelType: 'bert',
  licence: 'mit',
  gated: false,
  layers: 2,
  heads: 2,
  dtype: 'fp32',
  dtypes: [{ dtype: 'fp32', bytes: 100, fits: true }],
  files: [
    { ...file, here: false },
    { ...file, path: 'config.json', here: true },
  ],
  totalBytes: 200,
  missingBytes: 100,
};

const manifests: Kind = (dice) => {
  const isPlan = dice.chance(0.5);
  const text = mutatedJson(dice, isPlan ? plan : manifest);
  return () => {
    if (isPlan) return checkPlan(parsedJson(text, { model: 'm', file: 'plan' }, v.looseObject({})));
    if (parseManifest(text) === null) throw new AttentionError({ code: 'model-damaged', model: 'm' });
    return null;
  };
};

/** The kinds of foreign input, by name. */
export const kinds = { graphs, tokenizers, configs, manifests } as const satisfies Readonly<Record<string, Kind>>;

export type KindName = keyof typeof kinds;
