import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as v from 'valibot';
import {
  configSchema,
  describedDecoder,
  describedEncoder,
  describedLimit,
  type Described,
  type ModelConfig,
} from '../../../src/engine/config/config.ts';

function config(fields: Record<string, unknown>): ModelConfig {
  return v.parse(configSchema, fields);
}

function sizesOf({ layers, heads }: Described): Pick<Described, 'layers' | 'heads'> {
  return { layers, heads };
}

test('layers and heads are found under every name that families give them', () => {
  const encoder = (given: ModelConfig) => sizesOf(describedEncoder(given));
  const decoder = (given: ModelConfig) => sizesOf(describedDecoder(given));
  assert.deepEqual(encoder(config({ num_hidden_layers: 12, num_attention_heads: 8 })), {
    layers: 12,
    heads: 8,
  });
  assert.deepEqual(encoder(config({ n_layer: 6, n_head: 4 })), { layers: 6, heads: 4 });
  assert.deepEqual(encoder(config({ n_layers: 6, n_heads: 12 })), { layers: 6, heads: 12 });
  const t5 = config({ num_layers: 6, num_decoder_layers: 5, num_heads: 8 });
  assert.deepEqual(
    [encoder(t5), decoder(t5)],
    [
      { layers: 6, heads: 8 },
      { layers: 5, heads: 8 },
    ],
  );
  const bart = config({
    encoder_layers: 3,
    decoder_layers: 2,
    encoder_attention_heads: 4,
    decoder_attention_heads: 6,
    num_hidden_layers: 3,
  });
  assert.deepEqual(
    [encoder(bart), decoder(bart)],
    [
      { layers: 3, heads: 4 },
      { layers: 2, heads: 6 },
    ],
  );
  assert.deepEqual(encoder(config({ num_hidden_layers: null })), { layers: null, heads: null });
});

test('the limit is the smallest sane number that the model states', () => {
  assert.equal(describedLimit(config({ max_position_embeddings: 512 }), { model_max_length: 128 }), 128);
  assert.equal(describedLimit(config({ n_positions: 1024 }), { model_max_length: 1e30 }), 1024);
  assert.equal(
    describedLimit(config({ model_type: 'roberta', max_position_embeddings: 514, pad_token_id: 1 }), null),
    512,
  );
  assert.equal(describedLimit(config({ max_position_embeddings: -1 }), null), null);
  assert.equal(describedLimit(config({}), null), null);
});

test('the language model of one that takes more than text is described by a part of its own', () => {
  const voxtral = config({
    model_type: 'voxtral',
    architectures: ['VoxtralForConditionalGeneration'],
    num_hidden_layers: 32,
    audio_config: { num_hidden_layers: 32 },
    text_config: { model_type: 'llama', num_hidden_layers: 30, num_attention_heads: 24, max_position_embeddings: 4096 },
  });
  assert.deepEqual(sizesOf(describedEncoder(voxtral)), { layers: 30, heads: 24 });
  assert.equal(describedLimit(voxtral, null), 4096);
  assert.deepEqual([voxtral.model_type, voxtral.architectures], ['voxtral', ['VoxtralForConditionalGeneration']]);
  const { layers } = describedEncoder(config({ language_config: { num_hidden_layers: 3 } }));
  assert.equal(layers, 3);
  assert.equal(v.safeParse(configSchema, { text_config: { num_hidden_layers: 0 } }).success, false);
});

test('a field of the wrong type does not pass', () => {
  assert.ok(!v.safeParse(configSchema, { num_attention_heads: 0 }).success);
  assert.ok(!v.safeParse(configSchema, { num_hidden_layers: '12' }).success);
  assert.ok(!v.safeParse(configSchema, null).success);
});
