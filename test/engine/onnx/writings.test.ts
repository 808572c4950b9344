import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NewNode } from '../../../src/core/onnx/write.ts';
import { blockGraph, blockHeads, blockSize, blockStored } from '../../fixtures/graphs/block.ts';
import { buildModel, type Stored } from '../../fixtures/graphs/build.ts';
import { referenceAttention } from '../../fixtures/graphs/reference.ts';
import { difference, floats, numbers, open, openExposed } from './session.ts';
import { node, number, plain, text, tokens, turn } from './block-nodes.ts';
import { quantised, type WritingCase } from './quantised-writings.ts';

const ms = 'com.microsoft';

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

const cases: readonly WritingCase[] = [
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
  ...quantised,
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
  assert.ok(exposure.notes.some((note) => note.includes('the model computes in 16 bits')));
  assert.equal(exposure.numbers, 'fp16');
});

for (const bits of [16, 8] as const)
  test(`parameters stored in ${bits} bits and widened first: the model computes in 32`, async () => {
    const graph = blockGraph({});
    const step: Stored = { name: 'step', type: 'float', dims: [], values: [1 / 64] };
    const narrowed = blockStored().flatMap((stored): { stored: Stored; nodes: NewNode[] }[] => {
      const { name, type, values } = stored;
      if (type !== 'float') return [{ stored, nodes: [] }];
      const widened = bits === 8 ? `${name}.whole` : name;
      const nodes = [node('Cast', [`${name}.narrow`], [widened], { to: 1 })];
      if (bits === 8) nodes.push(node('Mul', [widened, 'step'], [name]));
      const whole = Array.from(values, (value) => Math.round(64 * value));
      return [
        bits === 8
          ? { stored: { ...stored, name: `${name}.narrow`, type: 'int8', values: whole }, nodes }
          : { stored: { ...stored, name: `${name}.narrow`, type: 'half' }, nodes },
      ];
    });
    const model = buildModel({
      ...graph,
      stored: [...narrowed.map(({ stored }) => stored), step],
      nodes: [...narrowed.flatMap(({ nodes }) => nodes), ...graph.nodes],
    });
    const { exposure, session } = await openExposed(model);
    const got = await session.run({ x: floats(text, [1, tokens, blockSize]) });
    assert.ok(difference(numbers(got, exposure.sites[0]?.output ?? ''), referenceAttention(plain)) < 0.02);
    assert.ok(exposure.notes.includes(`the model’s parameters are stored in ${bits} bits and computed with in 32`));
    assert.equal(exposure.numbers, bits === 8 ? 'quantised' : 'fp16');
  });
