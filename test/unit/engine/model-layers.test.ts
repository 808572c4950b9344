import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as v from 'valibot';
import type { LayerKind } from '../../../src/core/attention/layers.ts';
import type { AttentionSite } from '../../../src/core/onnx/site.ts';
import { configSchema } from '../../../src/engine/config/config.ts';
import { describedKinds } from '../../../src/engine/config/layer-types.ts';
import type { GraphInput } from '../../../src/engine/feeds/graph-input.ts';
import { isExplained, layersOf } from '../../../src/engine/run/model-layers.ts';

const [A, C, S, L, R, F, O] = [
  'attention',
  'convolution',
  'state-space',
  'linear-attention',
  'recurrent',
  'feed-forward',
  'other',
] as const satisfies readonly LayerKind[];

const kindsOf = (config: object, count: number | null): readonly LayerKind[] | null =>
  describedKinds(v.parse(configSchema, config), count);

const configs: readonly (readonly [what: string, config: object, kinds: readonly LayerKind[]])[] = [
  ['LFM2', { layer_types: ['conv', 'full_attention', 'conv'] }, [C, A, C]],
  ['Qwen3.5', { layer_types: ['linear_attention', 'full_attention'] }, [L, A]],
  ['Gemma 3', { layer_types: ['sliding_attention', 'full_attention'] }, [A, A]],
  ['DeepSeek V4', { layer_types: ['compressed_sparse_attention', 'sliding_attention'] }, [A, A]],
  ['Granite 4', { layer_types: ['mamba', 'attention'] }, [S, A]],
  ['Nemotron-H, by names', { layers_block_type: ['mamba', 'mlp', 'attention', 'moe'] }, [S, F, A, F]],
  ['Nemotron-H, by letters', { hybrid_override_pattern: 'M-*E?' }, [S, F, A, F, O]],
  ['RecurrentGemma', { block_types: ['recurrent', 'recurrent', 'attention'] }, [R, R, A, R, R]],
  ['MiniMax', { attn_type_list: [0, 0, 1] }, [L, L, A]],
  ['Bamba', { attn_layer_indices: [1, 3] }, [O, A, O, A]],
  ['LFM2, as first published', { full_attn_idxs: [2] }, [O, O, A]],
  ['Qwen3-Next', { full_attention_interval: 4 }, [L, L, L, A, L, L, L, A]],
  ['Jamba', { attn_layer_period: 4, attn_layer_offset: 1 }, [O, A, O, O, O, A]],
  ['the text model of a larger one', { text_config: { layer_types: ['conv', 'full_attention'] } }, [C, A]],
  ['what is no form of ours beside one that is', { layer_types: 7, layers_block_type: ['mlp'] }, [F]],
  ['names that are none', { layer_types: [null, 3, {}, 'attention'] }, [O, O, O, A]],
];

for (const [what, config, kinds] of configs)
  test(`config.json says what its layers are: ${what}`, () => assert.deepEqual(kindsOf(config, kinds.length), kinds));

test('config.json says nothing of its layers, or of other layers than there are', () => {
  for (const config of [
    {},
    { layer_types: ['conv', 'attention'] },
    { layer_types: Array.from({ length: 5000 }, () => 'attention') },
    { full_attention_interval: 0 },
    { full_attention_interval: 1e99 },
    { attn_layer_indices: [-1, 2.5] },
    { block_types: [] },
    { text_config: null },
    { text_config: [] },
  ])
    assert.equal(kindsOf(config, 3), null, JSON.stringify(config));
  assert.equal(kindsOf({ full_attention_interval: 2 }, 100_000), null);
  assert.equal(kindsOf({ full_attention_interval: 2 }, null), null);
  assert.deepEqual(kindsOf({ layer_types: ['conv', 'attention'] }, null), [C, A]);
});

function sites(...numbers: readonly number[]): readonly AttentionSite[] {
  return numbers.map((number, layer) => ({
    layer,
    number,
    normalised: true,
    sink: false,
    selects: false,
    blocks: null,
    window: null,
    changes: [],
    gate: null,
    kind: 'self',
    form: 'softmax',
    op: 'Softmax',
    node: '',
    output: `a${layer}`,
    rank: 4,
    heads: null,
    queryInputs: [],
    keyInputs: [],
    query: null,
    key: null,
    keyTransposed: false,
    value: null,
    scores: null,
  }));
}

function caches(...names: readonly string[]): readonly GraphInput[] {
  return names.map((name) => ({
    name,
    type: 'float32',
    dims: [],
    role: name.startsWith('past_key_values') ? 'past' : 'state',
    added: false,
  }));
}

const silent = { layers: null, kinds: null };
const layersBy = (numbers: readonly number[], described: Partial<typeof silent> | object = {}, inputs = caches()) =>
  layersOf({ sites: sites(...numbers), inputs }, { ...silent, ...described });

test('the names of a file say which layers attend, config.json what the others are', () => {
  const kinds = [C, C, A, S, A, F];
  assert.deepEqual(layersBy([2, 4], { layers: 6, kinds }), kinds);
});

test('what config.json does not say the caches do', () => {
  const inputs = caches('past_conv.0', 'past_ssm.0', 'past_conv.1', 'past_key_values.2.key', 'past_recurrent.3');
  assert.deepEqual(layersBy([2, 5], {}, inputs), [S, C, A, L, F, A]);
  assert.deepEqual(
    layersBy([2, 5], { layers: 8 }, inputs),
    [S, C, A, L, F, A, F, F],
    'it counts two more, without caches',
  );
  const first = caches('past_key_values.0.key', 'past_key_values.1.key', 'past_ssm.2', 'past_ssm.4');
  assert.deepEqual(layersBy([0, 1], {}, first), [A, A, S, F, S], 'the first layers attend');
  assert.deepEqual(layersBy([2, 5], { layers: 6, kinds: [O, O, A, O, O, A] }, inputs), [S, C, A, L, F, A]);
});

test('layers of which nothing is known are others', () => {
  assert.deepEqual(layersBy([1, 3]), [O, A, O, A]);
  assert.deepEqual(layersBy([0, 1], { layers: 4, kinds: [A, A, C, C] }), [A, A, C, C], 'also behind the last');
});

test('config.json says which layers attend where the file counts them', () => {
  assert.deepEqual(layersBy([0, 1], { layers: 4, kinds: [C, A, C, A] }), [C, A, C, A]);
  assert.equal(layersBy([0, 1], { layers: 4, kinds: [C, A, A, A] }), undefined, 'another number of them');
});

test('layers are counted where all attend, and where nothing can be believed', () => {
  for (const [numbers, described] of [
    [[0, 1, 2], {}],
    [[0, 1], { layers: 12 }],
    [[0, 1], { layers: 2, kinds: [A, A] }],
    [[2, 12], { layers: 12 }],
    [[5, 2], {}],
    [[3, 3], {}],
    [[0, 4000], {}],
  ] as const)
    assert.equal(layersBy(numbers, described), undefined, JSON.stringify([numbers, described]));
});

test('a layer that is said to attend and was not read is not shown as something else', () => {
  assert.deepEqual(layersBy([1, 3], { layers: 4, kinds: [A, A, S, A] }), [O, A, S, A]);
});

test('layers are explained when it is known of each what it is', () => {
  assert.ok(isExplained([C, A], 2));
  assert.ok(!isExplained([O, A], 2));
  assert.ok(!isExplained([C, A], 3));
  assert.ok(!isExplained(undefined, 3));
});
