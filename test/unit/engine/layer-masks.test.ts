import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as v from 'valibot';
import type { LayerMask } from '../../../src/core/attention/mask.ts';
import { configSchema, describedDecoder, describedEncoder } from '../../../src/engine/config/config.ts';
import { describedMasks } from '../../../src/engine/config/layer-masks.ts';

const reaching = (reach: number): LayerMask => ({ kind: 'window', reach });

/** The layers of four that have a mask, by what `config.json` says, and that mask. */
function masked(kind: 'causal' | 'self', config: object): readonly [layers: readonly number[], mask: LayerMask | null] {
  const masks = describedMasks(config, 4)[kind];
  return [masks.flatMap((mask, at) => (mask ? [at] : [])), masks.find((mask) => mask !== null) ?? null];
}

test('config.json says which layers of a decoder have a window, however its family says it', () => {
  for (const [config, layers, reach] of [
    [
      { layer_types: ['sliding_attention', 'full_attention', 'conv', 'sliding_attention'], sliding_window: 8 },
      [0, 3],
      7,
    ],
    [{ model_type: 'cohere2', sliding_window: 8, sliding_window_pattern: 4 }, [0, 1, 2], 7],
    [{ model_type: 'exaone4', sliding_window: 8, sliding_window_pattern: 'LLG' }, [0, 1, 3], 7],
    [{ model_type: 'gemma2', sliding_window: 8 }, [0, 2], 7],
    [{ model_type: 'mistral', sliding_window: 8 }, [0, 1, 2, 3], 7],
    [{ model_type: 'qwen2', sliding_window: 8, use_sliding_window: true, max_window_layers: 3 }, [3], 7],
    [{ attention_layers: ['global', 'local', 'global', 'local'], window_size: 256 }, [1, 3], 255],
  ] as const)
    assert.deepEqual(masked('causal', config), [layers, reaching(reach)], JSON.stringify(config));
});

test('a window that is not used, of another type, or of no layers is none', () => {
  for (const config of [
    { model_type: 'qwen2', sliding_window: 8, use_sliding_window: false, max_window_layers: 2 },
    { model_type: 'mistral', sliding_window: null },
    { model_type: 'llama', sliding_window: 8 },
    { model_type: 'mistral', sliding_window: 'wide' },
    { attention_layers: ['local'], window_size: -1 },
  ])
    assert.deepEqual(masked('causal', config), [[], null], JSON.stringify(config));
  assert.deepEqual(describedMasks({ model_type: 'mistral', sliding_window: 8 }, null).causal, []);
});

test('encoders look so far to both sides', () => {
  assert.deepEqual(masked('self', { encoder_attention_type: 'local', local_radius: 127 }), [
    [0, 1, 2, 3],
    reaching(127),
  ]);
  assert.deepEqual(masked('self', { local_attention: 128, global_attn_every_n_layers: 3 }), [[1, 2], reaching(64)]);
  assert.deepEqual(masked('self', { local_attention: 128 }), [[], null]);
});

test('each stack of an encoder-decoder has the layers, heads and kinds that its own part says', () => {
  const config = v.parse(configSchema, {
    model_type: 't5gemma',
    is_encoder_decoder: true,
    encoder: { num_hidden_layers: 2, num_attention_heads: 4, layer_types: ['full_attention', 'conv'] },
    decoder: {
      num_hidden_layers: 3,
      num_attention_heads: 8,
      sliding_window: 4,
      layer_types: ['sliding_attention', 'mamba', 'full_attention'],
    },
  });
  const [encoder, decoder] = [describedEncoder(config), describedDecoder(config)];
  assert.deepEqual([encoder.layers, encoder.heads, encoder.kinds], [2, 4, ['attention', 'convolution']]);
  assert.deepEqual([decoder.layers, decoder.heads], [3, 8]);
  assert.deepEqual(decoder.kinds, ['attention', 'state-space', 'attention']);
  assert.deepEqual(decoder.masks.causal, [reaching(3), null, null]);
});

test('where both stacks are described together, each takes the kinds that fit its number of layers', () => {
  const config = v.parse(configSchema, {
    is_encoder_decoder: true,
    encoder_layers: 2,
    decoder_layers: 3,
    layer_types: ['full_attention', 'mamba', 'full_attention'],
  });
  assert.equal(describedEncoder(config).kinds, null);
  assert.deepEqual(describedDecoder(config).kinds, ['attention', 'state-space', 'attention']);
});
