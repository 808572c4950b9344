import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NewNode } from '../../../src/core/onnx/write.ts';
import {
  blockGraph,
  blockHeads,
  blockSize,
  blockStored,
  blockWeights,
  type Writing,
} from '../../fixtures/graphs/block.ts';
import { buildModel, type Stored } from '../../fixtures/graphs/build.ts';
import { project, referenceAttention, type ReferenceInput } from '../../fixtures/graphs/reference.ts';
import { difference, floats, numbers, open, openExposed } from './session.ts';

const tokens = 5;
const text = Float32Array.from({ length: tokens * blockSize }, (_, at) => Math.cos(at * 2.3));
const [query, key] = [
  project(text, blockWeights(1), tokens, blockSize),
  project(text, blockWeights(2), tokens, blockSize),
];
const plain: ReferenceInput = { heads: blockHeads, query, key, queries: tokens, keys: tokens };
const ms = 'com.microsoft';

const node = (
  op: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: NewNode['attributes'] = {},
  domain = '',
): NewNode => ({ op, inputs, outputs, attributes, domain });
const turn = (from: string, to: string, ...perm: number[]): NewNode => node('Transpose', [from], [to], { perm });
const number = (name: string, value: number): Stored => ({ name, type: 'float', dims: [], values: [value] });
const hidden = (_: number, q: number, k: number): number => (k <= q ? 0 : -1e9);
const triangle: Stored = {
  name: 'mask',
  type: 'float',
  dims: [tokens, tokens],
  values: Array.from({ length: tokens * tokens }, (_, at) => (at % tokens <= Math.floor(at / tokens) ? 0 : -1e9)),
};
const seen: Stored = {
  name: 'seen',
  type: 'bool',
  dims: [tokens, tokens],
  values: Array.from(triangle.values, (value) => (value === 0 ? 1 : 0)),
};

/** Scores `[B, H, Q, K]` by transposing and multiplying, without a scale. */
const product = (q: string, k: string, to: string): readonly NewNode[] => [
  turn(q, `${to}.q`, 0, 2, 1, 3),
  turn(k, `${to}.k`, 0, 2, 3, 1),
  node('MatMul', [`${to}.q`, `${to}.k`], [to]),
];
const merged = { name: 'merged', type: 'int64', dims: [3], values: [-1, tokens, blockSize / blockHeads] } as const;
const apart = {
  name: 'apart',
  type: 'int64',
  dims: [4],
  values: [-1, blockHeads, tokens, blockSize / blockHeads],
} as const;

/** 8-bit weights and what they stand for; small enough not to saturate. */
const eight = (seed: number): Int8Array => Int8Array.from(blockWeights(seed), (weight) => Math.round(weight * 60));
const seeds: Readonly<Record<string, number>> = { q: 1, k: 2, v: 3, o: 4 };
const rounded = (seed: number): number[] => Array.from(eight(seed), (weight) => weight / 60);
const roundedInput: ReferenceInput = {
  ...plain,
  query: project(text, rounded(1), tokens, blockSize),
  key: project(text, rounded(2), tokens, blockSize),
};
const storedEights: readonly Stored[] = [
  ...Object.entries(seeds).map(([part, seed]): Stored => ({
    name: `i.${part}`,
    type: 'int8',
    dims: [blockSize, blockSize],
    values: eight(seed),
  })),
  number('unit', 1 / 60),
];

/** 4-bit weights by column, two to a byte, in blocks of 16 (half of it padding), zero point 8. */
function fourBits(seed: number): { packed: number[]; real: number[] } {
  const steps = Array.from(blockWeights(seed), (weight) => Math.max(0, Math.min(15, Math.round(weight * 7) + 8)));
  const packed = Array.from({ length: blockSize }, (_, column) =>
    Array.from({ length: 8 }, (__, at) =>
      at < 4
        ? (steps[2 * at * blockSize + column] ?? 8) | ((steps[(2 * at + 1) * blockSize + column] ?? 8) << 4)
        : 0x88,
    ),
  ).flat();
  return { packed, real: steps.map((step) => (step - 8) / 7) };
}
const fourStored = Object.entries(seeds).flatMap(([part, seed]): Stored[] => [
  { name: `n.${part}`, type: 'uint8', dims: [blockSize, 1, 8], values: fourBits(seed).packed },
  { name: `s.${part}`, type: 'float', dims: [blockSize], values: new Array(blockSize).fill(1 / 7) },
]);

interface Case {
  readonly name: string;
  readonly writing: Writing;
  readonly expected?: Partial<ReferenceInput>;
  readonly opsets?: Readonly<Record<string, number>>;
  /** How far 8-bit arithmetic strays. */
  readonly tolerance?: number;
}

const dynamic = (from: string, to: string): NewNode =>
  node('DynamicQuantizeLinear', [from], [`${to}.u`, `${to}.s`, `${to}.z`]);
const restored = (whole: string, scales: readonly [string, string], to: string): readonly NewNode[] => [
  node('Cast', [whole], [`${to}.float`], { to: 1 }),
  node('Mul', scales, [`${to}.scale`]),
  node('Mul', [`${to}.float`, `${to}.scale`], [to]),
];
const dynamicProduct = (a: string, b: string, to: string): readonly NewNode[] => [
  dynamic(a, `${to}.a`),
  dynamic(b, `${to}.b`),
  node('MatMulInteger', [`${to}.a.u`, `${to}.b.u`, `${to}.a.z`, `${to}.b.z`], [`${to}.int`]),
  ...restored(`${to}.int`, [`${to}.a.s`, `${to}.b.s`], to),
];
const aroundQdq = (from: string, to: string, scale: string): readonly NewNode[] => [
  node('QuantizeLinear', [from, scale, 'z8'], [`${to}.q8`]),
  node('DequantizeLinear', [`${to}.q8`, scale, 'z8'], [to]),
];

const cases: readonly Case[] = [
  { name: 'plain', writing: {} },
  {
    name: 'Einsum',
    writing: {
      score: (q, k, to) => [
        node('Einsum', [q, k], [`${to}.raw`], { equation: { text: 'bqhd,bkhd->bhqk' } }),
        node('Div', [`${to}.raw`, 'root'], [to]),
      ],
      average: (w, v, to) => [node('Einsum', [w, v], [to], { equation: { text: 'b h q k, b k h d -> b q h d' } })],
      stored: [number('root', 2)],
    },
  },
  {
    name: 'Einsum with its keys first',
    writing: {
      score: (q, k, to) => [
        node('Einsum', [k, q], [`${to}.raw`], { equation: { text: 'bkhd,bqhd->bhqk' } }),
        node('Mul', [`${to}.raw`, 'scale'], [to]),
      ],
      average: (w, v, to) => [node('Einsum', [v, w], [to], { equation: { text: 'bkhd,bhqk->bqhd' } })],
    },
  },
  {
    name: 'torch 2 sdpa: half the scale on either side, rows of NaN set to 0',
    expected: { bias: hidden },
    writing: {
      score: (q, k, to) => [
        turn(q, `${to}.q`, 0, 2, 1, 3),
        turn(k, `${to}.k`, 0, 2, 3, 1),
        node('Mul', [`${to}.q`, 'half'], [`${to}.q2`]),
        node('Mul', [`${to}.k`, 'half'], [`${to}.k2`]),
        node('MatMul', [`${to}.q2`, `${to}.k2`], [`${to}.product`]),
        node('Add', [`${to}.product`, 'mask'], [to]),
      ],
      normalise: (s, to) => [
        node('Softmax', [s], [`${to}.soft`], { axis: -1 }),
        node('IsNaN', [`${to}.soft`], [`${to}.nan`]),
        node('Where', [`${to}.nan`, 'zero', `${to}.soft`], [to]),
      ],
      stored: [number('half', Math.SQRT1_2), triangle, number('zero', 0)],
    },
  },
  {
    name: 'a choice before the softmax, dropout and casts around it',
    expected: { bias: hidden },
    writing: {
      normalise: (s, to) => [
        node('Where', ['seen', s, 'least'], [`${to}.kept`]),
        node('Cast', [`${to}.kept`], [`${to}.cast`], { to: 1 }),
        node('Softmax', [`${to}.cast`], [`${to}.soft`], { axis: -1 }),
        node('Cast', [`${to}.soft`], [`${to}.back`], { to: 1 }),
        node('Dropout', [`${to}.back`], [`${to}.drop`]),
        node('Identity', [`${to}.drop`], [to]),
      ],
      stored: [seen, number('least', -1e9)],
    },
  },
  {
    name: 'scores [B*H, Q, K], opset 12',
    opsets: { '': 12 },
    writing: {
      score: (q, k, to) => [
        turn(q, `${to}.q`, 0, 2, 1, 3),
        turn(k, `${to}.k`, 0, 2, 1, 3),
        node('Reshape', [`${to}.q`, 'merged'], [`${to}.q3`]),
        node('Reshape', [`${to}.k`, 'merged'], [`${to}.k3`]),
        turn(`${to}.k3`, `${to}.kt`, 0, 2, 1),
        node('MatMul', [`${to}.q3`, `${to}.kt`], [`${to}.product`]),
        node('Mul', [`${to}.product`, 'scale'], [to]),
      ],
      normalise: (s, to) => [node('Softmax', [s], [to], { axis: 2 })],
      average: (w, v, to) => [
        turn(v, `${to}.v`, 0, 2, 1, 3),
        node('Reshape', [`${to}.v`, 'merged'], [`${to}.v3`]),
        node('MatMul', [w, `${to}.v3`], [`${to}.flat`]),
        node('Reshape', [`${to}.flat`, 'apart'], [`${to}.heads`]),
        turn(`${to}.heads`, to, 0, 2, 1, 3),
      ],
      stored: [merged, apart],
    },
  },
  {
    name: 'keys times queries, transposed; values times probabilities, transposed',
    writing: {
      score: (q, k, to) => [
        turn(q, `${to}.q`, 0, 2, 3, 1),
        turn(k, `${to}.k`, 0, 2, 1, 3),
        node('MatMul', [`${to}.k`, `${to}.q`], [`${to}.kq`]),
        turn(`${to}.kq`, `${to}.qk`, 0, 1, 3, 2),
        node('Mul', [`${to}.qk`, 'scale'], [to]),
      ],
      average: (w, v, to) => [
        turn(v, `${to}.v`, 0, 2, 3, 1),
        turn(w, `${to}.w`, 0, 1, 3, 2),
        node('MatMul', [`${to}.v`, `${to}.w`], [`${to}.t`]),
        turn(`${to}.t`, to, 0, 3, 1, 2),
      ],
    },
  },
  {
    name: 'FusedMatMul, as onnxruntime writes it',
    expected: { bias: hidden },
    writing: {
      score: (q, k, to) => [
        turn(q, `${to}.q`, 0, 2, 1, 3),
        turn(k, `${to}.k`, 0, 2, 1, 3),
        node('FusedMatMul', [`${to}.q`, `${to}.k`], [to], { transB: 1, alpha: { float: 0.5 } }, ms),
      ],
      normalise: (s, to) => [node('Add', [s, 'mask'], [`${to}.m`]), node('Softmax', [`${to}.m`], [to], { axis: 3 })],
      stored: [triangle],
    },
  },
  {
    name: 'a soft cap',
    expected: { softCap: 0.8 },
    writing: {
      score: (q, k, to) => [
        ...product(q, k, `${to}.p`),
        node('Mul', [`${to}.p`, 'scale'], [`${to}.s`]),
        node('Div', [`${to}.s`, 'cap'], [`${to}.d`]),
        node('Tanh', [`${to}.d`], [`${to}.t`]),
        node('Mul', [`${to}.t`, 'cap'], [to]),
      ],
      stored: [number('cap', 0.8)],
    },
  },
  {
    name: '8-bit weights, dynamic',
    expected: roundedInput,
    tolerance: 0.02,
    writing: {
      project: (from, part, to) => [
        dynamic(from, to),
        node('MatMulInteger', [`${to}.u`, `i.${part}`, `${to}.z`], [`${to}.int`]),
        ...restored(`${to}.int`, [`${to}.s`, 'unit'], to),
      ],
      stored: storedEights,
    },
  },
  {
    name: 'products of queries and keys in 8 bits, too',
    tolerance: 0.05,
    writing: {
      score: (q, k, to) => [
        turn(q, `${to}.q`, 0, 2, 1, 3),
        turn(k, `${to}.k`, 0, 2, 3, 1),
        ...dynamicProduct(`${to}.q`, `${to}.k`, `${to}.p`),
        node('Mul', [`${to}.p`, 'scale'], [to]),
      ],
      average: (w, v, to) => [
        turn(v, `${to}.v`, 0, 2, 1, 3),
        ...dynamicProduct(w, `${to}.v`, `${to}.c`),
        turn(`${to}.c`, to, 0, 2, 1, 3),
      ],
    },
  },
  {
    name: '8-bit weights and 8-bit tensors on all ways (QDQ)',
    expected: roundedInput,
    tolerance: 0.05,
    writing: {
      project: (from, part, to) => [
        ...aroundQdq(from, `${to}.x`, 's8'),
        node('DequantizeLinear', [`i.${part}`, 'unit'], [`${to}.w`]),
        node('MatMul', [`${to}.x`, `${to}.w`], [to]),
      ],
      score: (q, k, to) => [
        turn(q, `${to}.q`, 0, 2, 1, 3),
        turn(k, `${to}.k`, 0, 2, 3, 1),
        ...aroundQdq(`${to}.q`, `${to}.q1`, 's8'),
        ...aroundQdq(`${to}.k`, `${to}.k1`, 's8'),
        node('MatMul', [`${to}.q1`, `${to}.k1`], [`${to}.p`]),
        node('Mul', [`${to}.p`, 'scale'], [`${to}.m`]),
        ...aroundQdq(`${to}.m`, to, 's8'),
      ],
      normalise: (s, to) => [node('Softmax', [s], [`${to}.soft`], { axis: -1 }), ...aroundQdq(`${to}.soft`, to, 's1')],
      stored: [
        ...storedEights,
        number('s8', 0.06),
        number('s1', 1 / 127),
        { name: 'z8', type: 'int8', dims: [], values: [0] },
      ],
    },
  },
  {
    name: '4-bit weights (MatMulNBits)',
    expected: {
      query: project(text, fourBits(1).real, tokens, blockSize),
      key: project(text, fourBits(2).real, tokens, blockSize),
    },
    tolerance: 1e-4,
    writing: {
      project: (from, part, to) => [
        node(
          'MatMulNBits',
          [from, `n.${part}`, `s.${part}`],
          [to],
          { K: blockSize, N: blockSize, bits: 4, block_size: 16 },
          ms,
        ),
      ],
      stored: fourStored,
    },
  },
];

for (const { name, writing, expected, opsets, tolerance } of cases) {
  test(`attention written as ${name}`, async () => {
    const model = buildModel(blockGraph(writing), { [ms]: 1, ...(opsets ?? { '': 17 }) });
    const { exposure, session } = await openExposed(model);
    assert.equal(exposure.sites.length, 1);
    const site = exposure.sites[0];
    assert.equal(site?.kind, 'self');
    assert.equal(exposure.numbers, /\b[48][ -]bit/.test(name) ? 'quantised' : 'fp32');
    const feeds = { x: floats(text, [1, tokens, blockSize]) };
    const got = await session.run(feeds);
    assert.ok(
      difference(numbers(got, site?.output ?? ''), referenceAttention({ ...plain, ...expected })) < (tolerance ?? 1e-5),
    );
    assert.ok(
      difference(numbers(got, 'out'), numbers(await (await open(model)).run(feeds), 'out')) < 1e-5,
      'the model computes the same',
    );
  });
}

test('attention in 16-bit floats comes out in 32 bits', async () => {
  const halves = blockStored().map((stored): Stored =>
    stored.type === 'float' ? { ...stored, type: 'half' } : stored,
  );
  const graph = blockGraph({});
  const model = buildModel({
    ...graph,
    stored: halves,
    nodes: [node('Cast', ['text'], ['x'], { to: 10 }), ...graph.nodes, node('Cast', ['out'], ['result'], { to: 1 })],
    inputs: [{ name: 'text', type: 'float', dims: ['b', 't', blockSize] }],
    outputs: ['result'],
  });
  const { exposure, session } = await openExposed(model);
  const got = await session.run({ text: floats(text, [1, tokens, blockSize]) });
  assert.ok(difference(numbers(got, exposure.sites[0]?.output ?? ''), referenceAttention(plain)) < 0.02);
  assert.ok(exposure.notes.some((note) => note.includes('16 bits')));
  assert.equal(exposure.numbers, 'fp16');
});
