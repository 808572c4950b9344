import type { InferenceSession } from 'onnxruntime-node';
import type { GraphSpec, Input } from '../../fixtures/graphs/build.ts';
import { columns, project, type ReferenceInput } from '../../fixtures/graphs/reference.ts';
import { ints32, noise } from './session.ts';

interface Case {
  readonly name: string;
  readonly graph: GraphSpec;
  readonly opsets?: Readonly<Record<string, number>>;
  readonly feeds: InferenceSession.FeedsType;
  readonly kind: string;
  readonly expected: ReferenceInput;
  readonly rowsSum?: false;
}

export const values = (dims: readonly number[], seed: number): Float32Array => noise(dims, seed).data as Float32Array;
export const input = (name: string, dims: Input['dims'], type: Input['type'] = 'float'): Input => ({
  name,
  dims,
  type,
});
export const ms = 'com.microsoft';

const [query, key] = [values([1, 4, 32], 1), values([1, 4, 16], 2)];
export const grouped = { heads: 4, keyHeads: 2, query, key, queries: 4, keys: 4 };
export const causal = (_: number, q: number, k: number): number => (k <= q ? 0 : -Infinity);
export const groupedInputs = [input('q', ['b', 's', 32]), input('k', ['b', 't', 16]), input('v', ['b', 't', 16])];
export const groupedFeeds = { q: noise([1, 4, 32], 1), k: noise([1, 4, 16], 2), v: noise([1, 4, 16], 3) };
export const empty = { pk: noise([1, 2, 0, 8]), pv: noise([1, 2, 0, 8]) };
export const cacheInputs = [input('pk', ['b', 2, 'p', 8]), input('pv', ['b', 2, 'p', 8])];
export const lengthInputs = [input('last', ['b'], 'int32'), input('total', [], 'int32')];
export const lengths = { last: ints32([3]), total: ints32([4], []) };

function groupQuery(
  name: string,
  attributes: Record<string, number | { float: number }>,
  expected: Partial<ReferenceInput>,
  more: Partial<Case> = {},
  sink = false,
): Case {
  const inputs = ['q', 'k', 'v', 'pk', 'pv', 'last', 'total', ...(sink ? ['', '', '', '', 'sink'] : [])];
  const node = {
    op: 'GroupQueryAttention',
    domain: ms,
    inputs,
    outputs: ['o', 'nk', 'nv'],
    attributes: { num_heads: 4, kv_num_heads: 2, ...attributes },
  };
  const stored = sink ? [{ name: 'sink', type: 'float', dims: [4], values: [0.5, 1, 2, -1] } as const] : [];
  const graph = {
    nodes: [node],
    inputs: [...groupedInputs, ...cacheInputs, ...lengthInputs],
    outputs: ['o', 'nk', 'nv'],
    stored,
  };
  return {
    name: `GroupQueryAttention ${name}`,
    graph,
    feeds: { ...groupedFeeds, ...empty, ...lengths },
    kind: 'causal',
    expected: { ...grouped, bias: causal, ...expected },
    ...more,
  };
}

function onnxAttention(
  name: string,
  attributes: Record<string, number | { float: number }>,
  expected: Partial<ReferenceInput>,
  kind: string,
): Case {
  const node = {
    op: 'Attention',
    inputs: ['q', 'k', 'v'],
    outputs: ['o'],
    attributes: { q_num_heads: 4, kv_num_heads: 2, ...attributes },
  };
  const graph = { nodes: [node], inputs: groupedInputs, outputs: ['o'] };
  return {
    name: `ONNX Attention ${name}`,
    graph,
    opsets: { '': 23 },
    feeds: groupedFeeds,
    kind,
    expected: { ...grouped, ...expected },
  };
}

export const [wide, other] = [values([1, 4, 8], 1), values([1, 4, 8], 2)];
export const manyInputs = [input('q', ['b', 's', 8]), input('k', ['b', 't', 8]), input('v', ['b', 't', 8])];
export const manyFeeds = { q: noise([1, 4, 8], 1), k: noise([1, 4, 8], 2), v: noise([1, 4, 8], 3) };
const hideLast = (_: number, __: number, k: number): number => (k === 3 ? -10000 : 0);

function multiHead(
  name: string,
  attributes: Record<string, number | { float: number }>,
  kind: string,
  bias: ReferenceInput['bias'] | null,
  mask: boolean,
): Case {
  const node = {
    op: 'MultiHeadAttention',
    domain: ms,
    inputs: ['q', 'k', 'v', '', mask ? 'm' : ''],
    outputs: ['o'],
    attributes: { num_heads: 2, ...attributes },
  };
  const graph = {
    nodes: [node],
    inputs: [...manyInputs, ...(mask ? [input('m', ['b', 't'], 'int32')] : [])],
    outputs: ['o'],
  };
  const feeds = { ...manyFeeds, ...(mask ? { m: ints32([1, 1, 1, 0], [1, 4]) } : {}) };
  return {
    name: `MultiHeadAttention ${name}`,
    graph,
    feeds,
    kind,
    expected: { heads: 2, query: wide, key: other, queries: 4, keys: 4, ...(bias ? { bias } : {}) },
  };
}

const weights = values([8, 24], 4);
export const biases = values([24], 14);
export const text = values([1, 4, 8], 9);
const projected = project(text, weights, 4, 8, biases);

function fused(
  name: string,
  attributes: Record<string, number | readonly number[] | { float: number }>,
  kind: string,
  sizes: readonly [number, number],
  more: Partial<ReferenceInput>,
  mask = false,
  opset = 17,
): Case {
  const node = {
    op: 'Attention',
    domain: ms,
    inputs: ['x', 'w', 'b', mask ? 'm' : ''],
    outputs: ['o'],
    attributes: { num_heads: 2, ...attributes },
  };
  const stored = [
    { name: 'w', type: 'float', dims: [8, 24], values: weights },
    { name: 'b', type: 'float', dims: [24], values: biases },
  ] as const;
  const graph = {
    nodes: [node],
    stored,
    inputs: [input('x', ['b', 's', 8]), ...(mask ? [input('m', ['b'], 'int32')] : [])],
    outputs: ['o'],
  };
  const [own, keys] = [columns(projected, 24, 0, sizes[0]), columns(projected, 24, sizes[0], sizes[0] + sizes[1])];
  const feeds = { x: noise([1, 4, 8], 9), ...(mask ? { m: ints32([3]) } : {}) };
  return {
    name: `com.microsoft.Attention ${name}`,
    graph,
    opsets: { '': opset, [ms]: 1 },
    feeds,
    kind,
    expected: { heads: 2, query: own, key: keys, queries: 4, keys: 4, ...more },
  };
}

const past = noise([2, 1, 2, 3, 4], 8);
/** Keys of a cache `[heads, tokens, features]` and of the text, as `[tokens, heads × features]`. */
const withPast = Float64Array.from({ length: 7 * 8 }, (_, at) => {
  const [token, head, feature] = [Math.floor(at / 8), Math.floor((at % 8) / 4), at % 4];
  return (
    (token < 3
      ? (past.data as Float32Array)[(head * 3 + token) * 4 + feature]
      : projected[(token - 3) * 24 + 8 + head * 4 + feature]) ?? Number.NaN
  );
});
const cachedFused: Case = {
  ...fused('with a cache', {}, 'causal', [8, 8], {
    keys: 7,
    key: withPast,
    bias: (_, q, k) => (k <= q + 3 ? 0 : -Infinity),
  }),
  graph: {
    nodes: [
      {
        op: 'Attention',
        domain: ms,
        inputs: ['x', 'w', 'b', '', 'past'],
        outputs: ['o', 'present'],
        attributes: { num_heads: 2, unidirectional: 1 },
      },
    ],
    stored: [
      { name: 'w', type: 'float', dims: [8, 24], values: weights },
      { name: 'b', type: 'float', dims: [24], values: biases },
    ],
    inputs: [input('x', ['b', 's', 8]), input('past', [2, 'b', 2, 'p', 4])],
    outputs: ['o', 'present'],
  },
  feeds: { x: noise([1, 4, 8], 9), past },
};

const steps = values([1, 1, 64], 1);
const source = noise([1, 2, 5, 32], 2);
const stepped: Case = {
  name: 'DecoderMaskedMultiHeadAttention over a source',
  graph: {
    nodes: [
      {
        op: 'DecoderMaskedMultiHeadAttention',
        domain: ms,
        inputs: ['q', 'k', 'v'],
        outputs: ['o'],
        attributes: { num_heads: 2 },
      },
    ],
    inputs: [input('q', ['b', 's', 64]), input('k', ['b', 2, 't', 32]), input('v', ['b', 2, 't', 32])],
    outputs: ['o'],
  },
  feeds: { q: noise([1, 1, 64], 1), k: source, v: noise([1, 2, 5, 32], 3) },
  kind: 'cross',
  expected: {
    heads: 2,
    query: steps,
    queries: 1,
    keys: 5,
    key: Float64Array.from(
      { length: 5 * 64 },
      (_, at) =>
        (source.data as Float32Array)[(Math.floor((at % 64) / 32) * 5 + Math.floor(at / 64)) * 32 + (at % 32)] ??
        Number.NaN,
    ),
  },
};

export const cases: readonly Case[] = [
  groupQuery('', {}, {}),
  groupQuery('with a window', { local_window_size: 2 }, { bias: (_, q, k) => (k <= q && k > q - 2 ? 0 : -Infinity) }),
  groupQuery(
    'with a soft cap and a scale',
    { softcap: { float: 0.5 }, scale: { float: 0.7 } },
    { softCap: 0.5, scale: 0.7 },
  ),
  groupQuery('that gives nothing by its own attribute', { qk_output: 0 }, {}),
  groupQuery('with a smooth softmax', { smooth_softmax: 1 }, { sink: [0, 0, 0, 0] }, { rowsSum: false }),
  groupQuery('with a sink', {}, { sink: [0.5, 1, 2, -1] }, { rowsSum: false }, true),
  onnxAttention('across', {}, {}, 'cross'),
  onnxAttention(
    'causal, with a soft cap',
    { is_causal: 1, softcap: { float: 0.5 } },
    { bias: causal, softCap: 0.5 },
    'causal',
  ),
  multiHead('across', {}, 'cross', null, false),
  multiHead('across, with a mask', {}, 'cross', hideLast, true),
  multiHead('causal', { unidirectional: 1 }, 'causal', causal, false),
  fused('', {}, 'self', [8, 8], {}),
  fused('causal', { unidirectional: 1 }, 'causal', [8, 8], { bias: causal }),
  fused('with a mask', {}, 'self', [8, 8], { bias: hideLast }, true),
  fused('with sizes of its own', { qkv_hidden_sizes: [4, 4, 16] }, 'self', [4, 4], {}),
  fused(
    'with sizes of its own, opset 11',
    { qkv_hidden_sizes: [4, 4, 16], scale: { float: 0.3 } },
    'self',
    [4, 4],
    { scale: 0.3 },
    false,
    11,
  ),
  fused('opset 18', {}, 'self', [8, 8], {}, false, 18),
  cachedFused,
  stepped,
];
