import type { InferenceSession, Tensor } from 'onnxruntime-node';
import type { NewNode } from '../../../src/core/onnx/write.ts';
import type { GraphSpec, Input, Stored } from '../../fixtures/graphs/build.ts';
import { biases, input, ms, values } from './operator-cases.ts';
import { flags, ints, ints32, noise } from './session.ts';

/** An operator in one of its forms, with inputs of every kind that it takes. */
export interface FusedForm {
  readonly name: string;
  readonly graph: GraphSpec;
  readonly opsets?: Readonly<Record<string, number>>;
  readonly feeds: InferenceSession.FeedsType;
}

/** A tensor that a form is fed, by the operator's name of the input, and its place among them. */
type Given = readonly [at: number, name: string, tensor: Tensor];

const elementOf: Readonly<Record<string, Input['type']>> = {
  float32: 'float',
  int32: 'int32',
  int64: 'int64',
  bool: 'bool',
};

/** A graph of one operator whose inputs are all fed, each axis of any length, and whose outputs all come back. */
function form(
  name: string,
  node: Pick<NewNode, 'op' | 'attributes' | 'outputs'> & { readonly domain?: string },
  given: readonly Given[],
  more: { readonly stored?: readonly (readonly [number, Stored])[]; readonly opset?: number } = {},
): FusedForm {
  const { stored = [], opset = 17 } = more;
  const inputs: string[] = [];
  for (const [at, each] of given) inputs[at] = each;
  for (const [at, each] of stored) inputs[at] = each.name;
  const graph: GraphSpec = {
    nodes: [{ ...node, inputs: Array.from(inputs, (each: string | undefined) => each ?? '') }],
    inputs: given.map(([, each, { dims, type }]) =>
      input(
        each,
        dims.map((_, axis) => `${each}.${axis}`),
        elementOf[type] ?? 'float',
      ),
    ),
    outputs: node.outputs,
    stored: stored.map(([, each]) => each),
  };
  const feeds = Object.fromEntries(given.map(([, each, tensor]) => [each, tensor]));
  return { name: `${node.op} ${name}`, graph, opsets: { '': opset, [ms]: 1 }, feeds };
}

type Attributes = NonNullable<NewNode['attributes']>;

const angles = (name: string, half: number): Stored => ({
  name,
  type: 'float',
  dims: [16, half],
  values: Array.from({ length: 16 * half }, (_, at) => {
    const angle = Math.floor(at / half) / 10 ** (at % half);
    return name === 'cos' ? Math.cos(angle) : Math.sin(angle);
  }),
});
const turning = (half: number): readonly (readonly [number, Stored])[] => [
  [7, angles('cos', half)],
  [8, angles('sin', half)],
];

/** GroupQueryAttention of 4 heads over 2 groups of 32 features, some tokens after `past` in a cache. */
function grouped(
  name: string,
  attributes: Attributes,
  { tokens = 4, past = 0, packed = false, more = [] as readonly Given[], half = 0 } = {},
): FusedForm {
  const parts: readonly Given[] = packed
    ? [[0, 'q', noise([1, tokens, 8 * 32], 1)]]
    : [
        [0, 'q', noise([1, tokens, 4 * 32], 1)],
        [1, 'k', noise([1, tokens, 2 * 32], 2)],
        [2, 'v', noise([1, tokens, 2 * 32], 3)],
      ];
  return form(
    name,
    {
      op: 'GroupQueryAttention',
      domain: ms,
      outputs: ['o', 'nk', 'nv'],
      attributes: { num_heads: 4, kv_num_heads: 2, ...attributes },
    },
    [
      ...parts,
      [3, 'pk', noise([1, 2, past, 32], 4)],
      [4, 'pv', noise([1, 2, past, 32], 5)],
      [5, 'last', ints32([past + tokens - 1])],
      [6, 'total', ints32([past + tokens], [])],
      ...more,
    ],
    { stored: half === 0 ? [] : turning(half) },
  );
}

const groupedForms: readonly FusedForm[] = [
  grouped('with packed inputs', {}, { packed: true }),
  grouped('after a cache', {}, { tokens: 1, past: 3 }),
  grouped('of several tokens after a cache', {}, { tokens: 3, past: 4 }),
  grouped('with rotary embedding', { do_rotary: 1 }, { half: 16 }),
  grouped('with rotary embedding of neighbours', { do_rotary: 1, rotary_interleaved: 1 }, { half: 16 }),
  grouped('with rotary embedding of some features', { do_rotary: 1 }, { half: 8 }),
  grouped('with rotary embedding of some neighbours', { do_rotary: 1, rotary_interleaved: 1 }, { half: 8 }),
  grouped(
    'packed, with rotary embedding after a cache',
    { do_rotary: 1 },
    { half: 16, past: 5, tokens: 2, packed: true },
  ),
  grouped(
    'with rotary embedding of given places',
    { do_rotary: 1 },
    { half: 16, tokens: 1, past: 2, more: [[9, 'places', ints([7])]] },
  ),
  grouped('with a window after a cache', { local_window_size: 3 }, { tokens: 2, past: 4 }),
  grouped(
    'with a soft cap and a bias for every head',
    { softcap: { float: 0.5 } },
    { tokens: 2, past: 3, more: [[10, 'bias', noise([1, 4, 2, 5], 6)]] },
  ),
  grouped('with one bias for all heads', {}, { more: [[10, 'bias', noise([1, 1, 4, 4], 6)]] }),
  grouped(
    'with sinks of its own after a cache',
    { smooth_softmax: 1 },
    { tokens: 1, past: 3, more: [[11, 'sink', noise([4], 7)]] },
  ),
];

/** MultiHeadAttention of 2 heads of 4 features, or Attention of the same sizes. */
function many(
  name: string,
  attributes: Attributes,
  { queries = 4, keys = 4, more = [] as readonly Given[], bias = false, caches = false } = {},
): FusedForm {
  return form(
    name,
    {
      op: 'MultiHeadAttention',
      domain: ms,
      outputs: caches ? ['o', 'nk', 'nv'] : ['o'],
      attributes: { num_heads: 2, ...attributes },
    },
    [[0, 'q', noise([1, queries, 8], 1)], [1, 'k', noise([1, keys, 8], 2)], [2, 'v', noise([1, keys, 8], 3)], ...more],
    { stored: bias ? [[3, { name: 'b', type: 'float', dims: [24], values: biases }]] : [] },
  );
}

const cache: readonly Given[] = [
  [6, 'pk', noise([1, 2, 3, 4], 4)],
  [7, 'pv', noise([1, 2, 3, 4], 5)],
];
/** Keeps other keys for every query; none for the last. */
const square = (queries: number, keys: number): Tensor =>
  ints32(
    Array.from({ length: queries * keys }, (_, at) => (at >= (queries - 1) * keys || at % 3 === 1 ? 0 : 1)),
    [1, queries, keys],
  );

const manyForms: readonly FusedForm[] = [
  many('with biases', {}, { bias: true }),
  many('with biases and a cache', {}, { bias: true, more: cache, caches: true }),
  many('that gives its keys and values', {}, { caches: true }),
  many('with a bias for every head', {}, { more: [[5, 'bias', noise([1, 2, 4, 4], 6)]] }),
  many(
    'with one bias for all heads and a mask',
    {},
    {
      more: [
        [4, 'm', ints32([1, 0, 1, 1], [1, 4])],
        [5, 'bias', noise([1, 1, 4, 4], 6)],
      ],
    },
  ),
  many(
    'with a mask that hides all',
    { mask_filter_value: { float: -3 } },
    { more: [[4, 'm', ints32([0, 0, 0, 0], [1, 4])]] },
  ),
  many(
    'causal, with a mask that hides the first',
    { unidirectional: 1 },
    { more: [[4, 'm', ints32([0, 0, 1, 1], [1, 4])]] },
  ),
  many('causal, after a cache', { unidirectional: 1 }, { queries: 2, keys: 2, more: cache, caches: true }),
  many('causal, one query over many keys', { unidirectional: 1 }, { queries: 1, keys: 5 }),
  many('causal, some queries over more keys', { unidirectional: 1 }, { queries: 3, keys: 5 }),
  many('with the end of its text', {}, { more: [[4, 'm', ints32([3])]] }),
  many('with a mask for every query', {}, { queries: 3, more: [[4, 'm', square(3, 4)]] }),
  many(
    'causal, with a mask for every query',
    { unidirectional: 1, mask_filter_value: { float: -5 } },
    { more: [[4, 'm', square(4, 4)]] },
  ),
  many('with a scale', { scale: { float: 0.3 } }),
];

/** Over a source whose keys were split into heads before. */
const source = (bias: boolean): FusedForm =>
  form(
    `over a source${bias ? ', with biases' : ''}`,
    { op: 'MultiHeadAttention', domain: ms, outputs: ['o'], attributes: { num_heads: 2 } },
    [
      [0, 'q', noise([1, 3, 8], 1)],
      [1, 'k', noise([1, 2, 5, 4], 2)],
      [2, 'v', noise([1, 2, 5, 4], 3)],
    ],
    { stored: bias ? [[3, { name: 'b', type: 'float', dims: [24], values: biases }]] : [] },
  );

const weights = values([8, 24], 4);

function attention(name: string, attributes: Attributes, more: readonly Given[] = [], caches = false): FusedForm {
  return form(
    name,
    {
      op: 'Attention',
      domain: ms,
      outputs: caches ? ['o', 'present'] : ['o'],
      attributes: { num_heads: 2, ...attributes },
    },
    [[0, 'x', noise([1, 4, 8], 9)], ...more],
    {
      stored: [
        [1, { name: 'w', type: 'float', dims: [8, 24], values: weights }],
        [2, { name: 'b', type: 'float', dims: [24], values: biases }],
      ],
    },
  );
}

const attentionForms: readonly FusedForm[] = [
  attention('with a mask', {}, [[3, 'm', ints32([1, 1, 0, 1], [1, 4])]]),
  attention('with the end and the beginning of its text', {}, [[3, 'm', ints32([3, 1])]]),
  attention('with a mask for every query', {}, [[3, 'm', square(4, 4)]]),
  attention('causal, with a mask for every query', { unidirectional: 1 }, [[3, 'm', square(4, 4)]]),
  attention(
    'causal, with a cache and a mask over both',
    { unidirectional: 1 },
    [
      [3, 'm', ints32([0, 1, 1, 1, 1, 0, 1], [1, 7])],
      [4, 'past', noise([2, 1, 2, 3, 4], 8)],
    ],
    true,
  ),
  attention('with a bias for every head', {}, [[5, 'bias', noise([1, 2, 4, 4], 6)]]),
];

function own(
  name: string,
  attributes: Attributes,
  given: readonly Given[],
  { opset = 23, caches = false } = {},
): FusedForm {
  return form(name, { op: 'Attention', outputs: caches ? ['o', 'nk', 'nv'] : ['o'], attributes }, given, { opset });
}

const flat = { q_num_heads: 4, kv_num_heads: 2 };
const three = (queries: number, keys: number): readonly Given[] => [
  [0, 'q', noise([1, queries, 32], 1)],
  [1, 'k', noise([1, keys, 16], 2)],
  [2, 'v', noise([1, keys, 16], 3)],
];
const four = (queries: number, keys: number): readonly Given[] => [
  [0, 'q', noise([1, 4, queries, 8], 1)],
  [1, 'k', noise([1, 2, keys, 8], 2)],
  [2, 'v', noise([1, 2, keys, 6], 3)],
];
const filled: readonly Given[] = [
  [4, 'pk', noise([1, 2, 3, 8], 4)],
  [5, 'pv', noise([1, 2, 3, 8], 5)],
];
const kept = [true, false, true, true, true, true, false, true, false, true, true, true];

const ownForms: readonly FusedForm[] = [
  own('with heads first and fewer of the keys', {}, four(4, 5)),
  own('with heads first, causal', { is_causal: 1 }, four(4, 4)),
  own('with a mask of truth values', flat, [...three(3, 4), [3, 'm', flags(kept, [3, 4])]]),
  own('with a mask of numbers', flat, [...three(3, 4), [3, 'm', noise([1, 4, 3, 4], 6)]]),
  own('causal, with a mask of numbers and a soft cap', { ...flat, is_causal: 1, softcap: { float: 0.5 } }, [
    ...three(4, 4),
    [3, 'm', noise([4, 4], 6)],
  ]),
  own('after a cache', flat, [...three(2, 2), ...filled], { caches: true }),
  own('causal, after a cache', { ...flat, is_causal: 1 }, [...three(2, 2), ...filled], { caches: true }),
  own('causal, fewer queries than keys', { ...flat, is_causal: 1 }, three(2, 5)),
  own('with a scale, version 24', { ...flat, scale: { float: 0.2 } }, three(3, 4), { opset: 24 }),
];

export const fusedForms: readonly FusedForm[] = [
  ...groupedForms,
  ...manyForms,
  source(false),
  source(true),
  ...attentionForms,
  ...ownForms,
];
