import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as v from 'valibot';
import { configSchema, generationSchema } from '../../../src/engine/config/config.ts';
import { checkLayers } from '../../../src/engine/config/config-limits.ts';
import { parseManifest } from '../../../src/engine/store/manifest.ts';
import { jsonCost } from '../../../src/engine/files/json-cost.ts';
import { checkTokenIds } from '../../../src/engine/model/token-ids.ts';
import { assertRefused, isInTime, outcomeOf } from './measured.ts';

for (const [config, form] of [
  [{ num_hidden_layers: 1e7 }, /num_hidden_layers is 10000000; no known model has more than 1024 layers/],
  [{ n_layer: 1e7 }, /n_layer is 10000000/],
  [{ text_config: { num_hidden_layers: 1e7 } }, /text_config\.num_hidden_layers is 10000000/],
  [{ decoder: { encoder: { decoder_layers: 1e300 } } }, /decoder\.encoder\.decoder_layers is 1e\+300/],
  [{ text_config: { num_layers: '9999999' } }, /text_config\.num_layers is not a number of layers/],
  [{ num_kv_shared_layers: -1e7 }, /num_kv_shared_layers is not a number of layers/],
  [{ num_transformer_layers: 0.5 }, /num_transformer_layers is not a number of layers/],
  [{ layer_types: Array.from({ length: 5000 }, () => 'attention') }, /layer_types lists 5000 layers/],
  [{ model_type: 'zaya', num_hidden_layers: 4, cca_time1: 0 }, /cca_time1 is not a number of at least 1/],
] as const) {
  test(`a configuration with ${JSON.stringify(config).slice(0, 60)} is refused by name`, () =>
    assertRefused(() => checkLayers('m', config), form));
}

test('the layers of real configurations are taken', () => {
  checkLayers('m', {
    num_hidden_layers: 128,
    encoder_layers: 12,
    n_layer: null,
    output_hidden_states: true,
    cross_attention_layers: [1, 2],
    encoder_layerdrop: 0.1,
    text_config: { num_layers: 0, layer_types: ['full_attention'] },
    max_window_layers: 28,
  });
});

const folderOf = (config: object, generation: object | null = null) => ({
  id: 'm',
  config: v.parse(configSchema, config),
  generation: generation && v.parse(generationSchema, generation),
});

test('ids of tokens in configurations are those of tokens, by field and value', () => {
  const refused = (config: object, generation: object | null, form: RegExp): void =>
    assertRefused(() => checkTokenIds(folderOf(config, generation), { end: 100 }), form);
  refused(
    { vocab_size: 100 },
    { forced_bos_token_id: 100 },
    /generation_config\.json .*forced_bos_token_id is 100, but an id is a whole number from 0 to 99/,
  );
  refused({ vocab_size: 100, decoder_start_token_id: 4000 }, null, /config\.json .*decoder_start_token_id is 4000/);
  refused({}, { suppress_tokens: [3, -7] }, /suppress_tokens is -7, but an id is a whole number from 0 to 16777215/);
  refused({}, { eos_token_id: 99_999_999 }, /eos_token_id is 99999999, but an id is a whole number from 0 to 16777215/);
  refused({}, { bad_words_ids: [[3], [2 ** 40]] }, /bad_words_ids is 1099511627776/);
  refused({ pad_token_id: 0.5 }, null, /pad_token_id is 0\.5/);
  refused({ decoder: { forced_eos_token_id: [7, 300] } }, null, /decoder\.forced_eos_token_id is 300/);
});

test('ids that publishers write are taken: -1 for none, a padding behind the vocabulary, an embedding larger than it', () => {
  checkTokenIds(
    folderOf(
      { vocab_size: 120, pad_token_id: -1, bos_token_id: 110, eos_token_id: [2, 110] },
      { suppress_tokens: [-1, 119], bad_words_ids: [[119]], forced_bos_token_id: null },
    ),
    { end: 100 },
  );
  checkTokenIds(folderOf({ vocab_size: 100, pad_token_id: 100 }), { end: 101 });
});

test('a JSON text that would take memory out of proportion is refused before it is parsed', () => {
  assert.match(jsonCost('['.repeat(2_000_000)) ?? '', /nested more than 500 deep/);
  assert.match(jsonCost(`[${'0,'.repeat(7_000_000)}0]`) ?? '', /more than 6000000 values/);
  assert.equal(jsonCost(`{"a\\"${'[,'.repeat(1_000_000)}": 1}`), null);
  assert.equal(jsonCost('['.repeat(900_000)), null);
});

test('a manifest that names too much, or too long, counts as damaged', () => {
  const manifest = {
    version: 1,
    id: 'o/m',
    revision: 'main',
    commit: 'a',
    host: 'h',
    dtypes: [],
    licence: null,
    modelType: null,
    family: null,
    files: [],
  };
  const file = { path: 'a', bytes: 1, sha256: '0'.repeat(64), gitId: null, etag: null };
  assert.notEqual(parseManifest(JSON.stringify(manifest)), null);
  for (const wrong of [
    { files: Array.from({ length: 600 }, () => file) },
    { licence: 'x'.repeat(5000) },
    { files: [{ ...file, bytes: 1e300 }] },
    { dtypes: Array.from({ length: 100 }, () => 'fp32') },
  ]) {
    assert.equal(parseManifest(JSON.stringify({ ...manifest, ...wrong })), null);
  }
  const { seconds } = outcomeOf(() =>
    parseManifest(JSON.stringify({ ...manifest, files: Array.from({ length: 300_000 }, () => ({})) })),
  );
  assert.ok(isInTime(seconds), `${seconds} s`);
});
