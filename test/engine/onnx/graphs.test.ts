import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InferenceSession } from 'onnxruntime-node';
import { exposeAttention } from '../../../src/core/onnx/expose.ts';
import { columns, project, referenceAttention, type ReferenceInput } from '../../fixtures/graphs/reference.ts';
import {
  absent,
  dataFile,
  difference,
  dimsOf,
  floats,
  ints,
  ints32,
  noise,
  numbers,
  openExposed,
  openLiteral,
  withCopies,
  worstRow,
} from './session.ts';

type Results = InferenceSession.OnnxValueMapType;
type Feeds = InferenceSession.FeedsType;

/** `[1, H, T, F]`, or `[1, H, F, T]` when turned, as `[T, H × F]`. */
function flat(results: Results, name: string, turned: boolean): { rows: number; values: Float64Array } {
  const [, heads = 0, second = 0, third = 0] = dimsOf(results, name);
  const [rows, features] = turned ? [third, second] : [second, third];
  const source = numbers(results, name);
  const values = Float64Array.from({ length: source.length }, (_, at) => {
    const [row, head, feature] = [Math.floor(at / heads / features), Math.floor(at / features) % heads, at % features];
    return source[(head * second + (turned ? feature : row)) * third + (turned ? row : feature)] ?? Number.NaN;
  });
  return { rows, values };
}

interface Decomposed {
  readonly file: string;
  readonly feeds: Feeds;
  readonly layers: number;
  readonly scale: number;
  readonly bias: NonNullable<ReferenceInput['bias']>;
}

const past = (layers: number, dims: readonly number[]): Feeds =>
  Object.fromEntries(Array.from({ length: layers }, (_, at) => [`past_${at}`, noise(dims, at + 3)]));
const triangle = Array.from({ length: 64 * 64 }, (_, at) => (at % 64 <= Math.floor(at / 64) ? 1 : 0));

const decomposed: readonly Decomposed[] = [
  {
    file: 'graphs/gpt2_past.onnx',
    layers: 12,
    scale: Math.SQRT1_2,
    bias: (_, q, k) => (k <= q + 3 ? 0 : -1e4),
    feeds: { input_ids: ints([7]), ...past(12, [2, 1, 2, 3, 2]) },
  },
  {
    file: 'graphs/gpt2_megatron.onnx',
    layers: 1,
    scale: 1,
    bias: (_, q, k) => (k <= q + 2 ? 0 : -1e4),
    feeds: {
      input_ids: ints([1, 4, 2, 9]),
      position_ids: ints([2, 3, 4, 5]),
      attention_mask: floats(triangle, [1, 1, 64, 64]),
      ...past(1, [2, 1, 2, 2, 4]),
    },
  },
  {
    file: 'graphs/bert_toy_optimized.onnx',
    layers: 5,
    scale: 8 ** -0.5,
    bias: (_, __, k) => (k === 4 ? -10000 : 0),
    feeds: {
      input_ids: ints([3, 14, 15, 92, 6]),
      token_type_ids: ints([0, 0, 1, 1, 1]),
      input_mask: ints([1, 1, 1, 1, 0]),
    },
  },
  {
    file: 'models/bert-toy/onnx/model.onnx',
    layers: 5,
    scale: 8 ** -0.5,
    bias: (_, __, k) => (k === 4 ? -10000 : 0),
    feeds: {
      input_ids: ints([3, 14, 15, 92, 6]),
      token_type_ids: ints([0, 0, 1, 1, 1]),
      attention_mask: ints([1, 1, 1, 1, 0]),
    },
  },
];

for (const { file, feeds, layers, scale, bias } of decomposed) {
  test(`${file}: as computed from its own queries and keys`, { skip: absent(file) }, async () => {
    const model = dataFile(file);
    const { exposure, session } = await openExposed(model);
    assert.equal(exposure.sites.length, layers);
    const tensors = exposure.sites.flatMap((site) => [site.query ?? '', site.key ?? '']);
    const [got, copies] = [await session.run(feeds), await (await openLiteral(withCopies(model, tensors))).run(feeds)];
    for (const site of exposure.sites) {
      const query = flat(copies, `copy.${site.query}`, false);
      const key = flat(copies, `copy.${site.key}`, site.keyTransposed);
      const heads = dimsOf(got, site.output)[1] ?? 0;
      const expected = referenceAttention({
        heads,
        query: query.values,
        key: key.values,
        queries: query.rows,
        keys: key.rows,
        scale,
        bias,
      });
      assert.ok(difference(numbers(got, site.output), expected) < 1e-5, `layer ${site.layer}`);
    }
  });
}

test(
  'graphs/attention_mha.onnx: as computed from its weights',
  { skip: absent('graphs/attention_mha.onnx') },
  async () => {
    const model = dataFile('graphs/attention_mha.onnx');
    const { exposure, session } = await openExposed(model);
    const feeds = { input_1: noise([1, 3, 16], 4), input_2: noise([1, 3, 16], 5), input_mask: ints([1, 1, 0]) };
    const copies = await (
      await openLiteral(
        withCopies(model, ['layernorm_out', 'matmul_q_weight', 'matmul_k_weight', 'Attention_0_qkv_bias']),
      )
    ).run(feeds);
    const read = (name: string): Float32Array => numbers(copies, `copy.${name}`);
    const bias = read('Attention_0_qkv_bias');
    const expected = referenceAttention({
      heads: 2,
      queries: 3,
      keys: 3,
      bias: (_, __, k) => (k === 2 ? -10000 : 0),
      query: project(read('layernorm_out'), read('matmul_q_weight'), 3, 16, bias.subarray(0, 16)),
      key: project(read('layernorm_out'), read('matmul_k_weight'), 3, 16, bias.subarray(16, 32)),
    });
    assert.deepEqual(
      exposure.sites.map((site) => [site.kind, site.form, site.heads]),
      [['self', 'multi-head', 2]],
    );
    assert.ok(difference(numbers(await session.run(feeds), exposure.sites[0]?.output ?? ''), expected) < 1e-5);
  },
);

const whisper = 'graphs/hf_fp32_encoder_self_attention.onnx';
test(`${whisper}: as computed from its weights, for each of two texts`, { skip: absent(whisper) }, async () => {
  const model = dataFile(whisper);
  const { exposure, session } = await openExposed(model);
  const feeds = { input_hidden_states: noise([2, 10, 10], 6) };
  const input = '/self_attn_layer_norm/LayerNormalization_output_0';
  const copies = await (
    await openLiteral(withCopies(model, [input, 'Attention_0_qkv_weight', 'Attention_0_qkv_bias']))
  ).run(feeds);
  const [weights, bias] = [
    numbers(copies, 'copy.Attention_0_qkv_weight'),
    numbers(copies, 'copy.Attention_0_qkv_bias'),
  ];
  const got = numbers(await session.run(feeds), exposure.sites[0]?.output ?? '');
  assert.deepEqual(
    exposure.sites.map((site) => [site.kind, site.form, site.heads]),
    [['self', 'fused-attention', 2]],
  );
  for (const text of [0, 1]) {
    const projected = project(
      numbers(copies, `copy.${input}`).subarray(text * 100, text * 100 + 100),
      weights,
      10,
      10,
      bias,
    );
    const expected = referenceAttention({
      heads: 2,
      queries: 10,
      keys: 10,
      query: columns(projected, 30, 0, 10),
      key: columns(projected, 30, 10, 20),
    });
    assert.ok(difference(got.subarray(text * 200, text * 200 + 200), expected) < 1e-5);
  }
});

const stepped = 'graphs/dmmha_cross_attn.onnx';
test(`${stepped}: as computed from what goes in`, { skip: absent(stepped) }, async () => {
  const { exposure, session } = await openExposed(dataFile(stepped));
  const [q, k] = [noise([1, 1, 64], 1), noise([1, 2, 10, 32], 2)];
  const b = noise([192], 3);
  const feeds = {
    q,
    k,
    v: noise([1, 2, 10, 32], 4),
    b,
    past_seq_len: ints32([4]),
    beam_width: ints32([1]),
    cache_indir: ints32(new Array(16).fill(0), [1, 1, 16]),
  };
  const got = await session.run(feeds);
  const bias = b.data as Float32Array;
  const expected = referenceAttention({
    heads: 2,
    queries: 1,
    keys: 10,
    query: Float64Array.from(q.data as Float32Array, (value, at) => value + (bias[at] ?? 0)),
    key: flat({ k }, 'k', false).values,
  });
  assert.deepEqual(
    exposure.sites.map((site) => [site.kind, site.form]),
    [['cross', 'decoder-masked']],
  );
  assert.ok(difference(numbers(got, exposure.sites[0]?.output ?? ''), expected) < 1e-5);
});

const batchwise = 'models/vespa-dummy-mlm/onnx/model.onnx';
test(`${batchwise}: what it attends over is the batch, as its shape shows`, { skip: absent(batchwise) }, async () => {
  const { exposure, session } = await openExposed(dataFile(batchwise));
  const ids = [101, 7592, 1010, 2088, 999, 102];
  const got = await session.run({
    input_ids: ints(ids),
    attention_mask: ints(ids.map(() => 1)),
    token_type_ids: ints(ids.map(() => 0)),
  });
  assert.deepEqual(
    exposure.sites.map((site) => dimsOf(got, site.output)),
    [
      [12, 1, 1],
      [12, 1, 1],
    ],
  );
});

const trained = ['models/stories260K/onnx/model.onnx', 'models/stories260K-gqa/onnx/model.onnx'];
test(
  'the same weights in two writings give the same attention',
  { skip: absent(trained[0] ?? '') || absent(trained[1] ?? '') },
  async () => {
    const text = [1, 403, 407, 261, 378, 432];
    const runs = await Promise.all(
      trained.map(async (file, at) => {
        const { exposure, session } = await openExposed(dataFile(file));
        const cache = session.inputNames
          .filter((name) => name.startsWith('past'))
          .map((name) => [name, noise([1, 4, 0, at === 0 ? 8 : 16])] as const);
        const places = at === 0 ? { position_ids: ints(text.map((_, place) => place)) } : {};
        const got = await session.run({
          input_ids: ints(text),
          attention_mask: ints(text.map(() => 1)),
          ...places,
          ...Object.fromEntries(cache),
        });
        return exposure.sites.map((site) => numbers(got, site.output));
      }),
    );
    const [one = [], other = []] = runs;
    assert.equal(one.length, 5);
    for (const [layer, weights] of one.entries()) {
      assert.ok(worstRow(weights, text.length) < 1e-5);
      assert.ok(difference(weights, other[layer] ?? []) < 1e-3, `layer ${layer}`);
    }
  },
);

const t5 = 'models/vespa-random-t5/onnx/decoder_model.onnx';
test(`${t5}: one head, no causal mask, whatever its config says`, { skip: absent(t5) }, async () => {
  const { exposure, session } = await openExposed(dataFile(t5));
  const got = await session.run({
    input_ids: ints([1, 2, 3]),
    encoder_attention_mask: floats([1, 1, 1, 1], [1, 4]),
    encoder_hidden_states: noise([1, 4, 8]),
  });
  assert.deepEqual(
    exposure.sites.map((site) => [site.kind, dimsOf(got, site.output)]),
    [
      ['self', [1, 3, 3]],
      ['cross', [1, 3, 4]],
    ],
  );
  assert.ok(numbers(got, exposure.sites[0]?.output ?? '').every((weight) => weight > 0));
  assert.equal(exposeAttention(dataFile(t5)).sites.length, 2);
});
