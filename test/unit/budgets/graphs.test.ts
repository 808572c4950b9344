import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { maxSteps } from '../../../src/core/onnx/error.ts';
import { exposeAttention } from '../../../src/core/onnx/expose.ts';
import { findAttention } from '../../../src/core/onnx/find.ts';
import { readModel } from '../../../src/core/onnx/read.ts';
import { nodeEntry } from '../../../src/core/onnx/write.ts';
import { english } from '../../../src/core/words/english.ts';
import { blockGraph } from '../../fixtures/graphs/block.ts';
import { buildModel, type BranchingNode, type GraphSpec } from '../../fixtures/graphs/build.ts';
import { assertRefused, isInTime, outcomeOf } from './measured.ts';

const x = { name: 'x', type: 'float', dims: [1] } as const;
const says = english.details.graph;
const stepsOver = says.large;

function wrap(no: number, bytes: Uint8Array): Uint8Array {
  return new BinaryWriter().tag(no, WireType.LengthDelimited).bytes(bytes).finish();
}

function repeated(entry: Uint8Array, count: number): Uint8Array {
  const all = new Uint8Array(entry.length * count);
  for (let at = 0; at < count; at += 1) all.set(entry, at * entry.length);
  return all;
}

function graphOf(nodes: readonly BranchingNode[], outputs: readonly string[] = ['y']): Uint8Array {
  return buildModel({ nodes, inputs: [x], outputs } satisfies GraphSpec);
}

/**
 * Files that once took from seconds to minutes, or ended in an overflow of the stack; the memory of each was in
 * proportion.
 */
const hostile: readonly (readonly [string, () => Uint8Array, RegExp | string])[] = [
  [
    '700,000 empty nodes',
    () => wrap(7, repeated(wrap(1, new Uint8Array()), 700_000)),
    /more than 250000 nodes|larger or more complex/,
  ],
  [
    'a node with a million inputs',
    () => wrap(7, wrap(1, repeated(wrap(1, new TextEncoder().encode('x')), 1_000_000))),
    stepsOver,
  ],
  [
    'softmaxes that all write one tensor, which all of them read',
    () =>
      graphOf([
        { op: 'MatMul', inputs: ['x', 'x'], outputs: ['p'] },
        ...Array.from({ length: 12_000 }, () => ({ op: 'Softmax', inputs: ['p'], outputs: ['s'] })),
        ...Array.from({ length: 12_000 }, () => ({ op: 'Identity', inputs: ['s'], outputs: ['y'] })),
      ]),
    stepsOver,
  ],
  [
    'softmaxes behind one wide Concat',
    () =>
      graphOf([
        { op: 'Concat', inputs: Array.from({ length: 20_000 }, () => 'x'), outputs: ['c'] },
        ...Array.from({ length: 10_000 }, (_, at) => [
          { op: 'Softmax', inputs: ['c'], outputs: [`s${at}`] },
          { op: 'MatMul', inputs: [`s${at}`, 'x'], outputs: [`m${at}`] },
        ]).flat(),
      ]),
    stepsOver,
  ],
  [
    'softmaxes whose axis is sought in a stored shape with a million unknown fields',
    () => {
      const shape = Buffer.concat([
        new BinaryWriter()
          .tag(1, WireType.Varint)
          .int64(8)
          .tag(2, WireType.Varint)
          .int32(7)
          .tag(8, WireType.LengthDelimited)
          .string('shape')
          .finish(),
        repeated(new BinaryWriter().tag(100, WireType.Varint).int32(1).finish(), 300_000),
      ]);
      const nodes = [
        { op: 'Reshape', inputs: ['x', 'shape'], outputs: ['r'] },
        ...Array.from({ length: 2000 }, (_, at) => ({
          op: 'Softmax',
          inputs: ['r'],
          outputs: [`s${at}`],
          attributes: { axis: 1 },
        })),
      ];
      return Buffer.concat([graphOf(nodes), wrap(7, wrap(5, shape))]);
    },
    stepsOver,
  ],
  [
    'a node with thousands of branches, each of which reads much',
    () =>
      graphOf([
        {
          op: 'If',
          inputs: ['x'],
          outputs: ['y'],
          branches: Object.fromEntries(
            Array.from({ length: 4000 }, (_, at) => [
              `b${at}`,
              {
                nodes: [
                  { op: 'Sum', inputs: Array.from({ length: 100 }, (_unused, of) => `o${at}.${of}`), outputs: ['y'] },
                ],
                outputs: ['y'],
              },
            ]),
          ),
        },
      ]),
    /larger or more complex|no node of its graph/,
  ],
  [
    'a name of twenty megabytes',
    () => wrap(7, wrap(1, wrap(3, new Uint8Array(20_000_000).fill(65)))),
    /a name of 20000000 bytes/,
  ],
  ['a packed list of ten million axes', () => wrap(7, wrap(5, wrap(1, new Uint8Array(14_000_000).fill(1)))), stepsOver],
];

for (const [name, bytes, form] of hostile) {
  test(`a graph with ${name} is refused in time`, () => {
    const file = bytes();
    assertRefused(() => exposeAttention(file), form);
  });
}

test('a chain of a hundred thousand casts before a shape is followed without an overflow', () => {
  const casts = Array.from({ length: 100_000 }, (_, at) => ({
    op: 'Cast',
    inputs: [at === 0 ? 'x' : `c${at - 1}`],
    outputs: [`c${at}`],
  }));
  const file = graphOf([
    ...casts,
    { op: 'Reshape', inputs: ['x', 'c99999'], outputs: ['r'] },
    { op: 'Softmax', inputs: ['r'], outputs: ['s'], attributes: { axis: 1 } },
  ]);
  const { refused, seconds } = outcomeOf(() => exposeAttention(file));
  assert.match(refused ?? '', /no node of its graph computes/);
  assert.ok(isInTime(seconds), `${seconds} s`);
});

test('sizes of a fused operator that are no sizes are refused by name', () => {
  const node = {
    op: 'Attention',
    domain: 'com.microsoft',
    inputs: ['x', 'w'],
    outputs: ['y'],
    attributes: { num_heads: 2 },
  };
  for (const sizes of [
    [-1, 1, 1],
    [1, 1],
  ]) {
    assertRefused(
      () => exposeAttention(graphOf([{ ...node, attributes: { ...node.attributes, qkv_hidden_sizes: sizes } }])),
      says.invalid(node.op, 'qkv_hidden_sizes'),
    );
  }
});

test('a fused operator with a number or a type that nothing holds is refused, or read without it (seed 17, case 1859)', () => {
  const node = { op: 'Attention', domain: 'com.microsoft', inputs: ['x', 'w'], outputs: ['y'] };
  const withInput = (type: number): Uint8Array =>
    wrap(
      7,
      wrap(
        11,
        Buffer.concat([
          new BinaryWriter().tag(1, WireType.LengthDelimited).string('x').finish(),
          wrap(2, wrap(1, new BinaryWriter().tag(1, WireType.Varint).int64(type).finish())),
        ]),
      ),
    );
  const nodes = wrap(7, new BinaryWriter().raw(nodeEntry({ ...node, attributes: { num_heads: 2 } })).finish());
  for (const type of [2 ** 53 - 1, -1, 99]) exposeAttention(Buffer.concat([withInput(type), nodes]));
  const heads = nodeEntry({ ...node, attributes: { num_heads: 2 ** 53 } });
  assertRefused(() => exposeAttention(wrap(7, heads)), says.invalid(node.op, 'num_heads'));
});

test('a decoder of 128 layers takes less than a quarter of the steps', () => {
  const { nodes, stored = [], inputs = [] } = blockGraph({});
  const renamed =
    (layer: number) =>
    (name: string): string =>
      name === '' || (inputs.some((input) => input.name === name) && layer === 0) ? name : `${name}.${layer}`;
  const own = new Set([...stored.map((each) => each.name), ...nodes.flatMap((node) => node.outputs)]);
  const graph: GraphSpec = {
    inputs,
    nodes: Array.from({ length: 128 }, (_, layer) =>
      nodes.map((node) => ({
        ...node,
        inputs: node.inputs.map((name) => (own.has(name) ? renamed(layer)(name) : name)),
        outputs: node.outputs.map(renamed(layer)),
      })),
    ).flat(),
    stored: Array.from({ length: 128 }, (_, layer) =>
      stored.map((each) => ({ ...each, name: renamed(layer)(each.name) })),
    ).flat(),
    outputs: ['out.127'],
  };
  const model = readModel(buildModel(graph));
  assert.equal(findAttention(model).length, 128);
  model.budget.spend(maxSteps * 0.75);
});

test('many parameters of 16 bits beside many branches are read in time', () => {
  const branch: GraphSpec = {
    nodes: [{ op: 'Identity', inputs: ['x'], outputs: ['inner'] }],
    inputs: [],
    outputs: ['inner'],
  };
  const file = buildModel({
    inputs: [x],
    outputs: ['y'],
    stored: Array.from({ length: 40_000 }, (_, at) => ({ name: `w${at}`, type: 'half', dims: [1, 1], values: [1] })),
    nodes: Array.from({ length: 20_000 }, (_, at) => ({
      op: 'If',
      inputs: ['x'],
      outputs: [`y${at}`],
      branches: { then_branch: branch, else_branch: branch },
    })),
  });
  const { seconds } = outcomeOf(() => readModel(file));
  assert.ok(isInTime(seconds), `${seconds} s`);
});
