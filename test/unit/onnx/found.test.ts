import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GraphError, type GraphProblem } from '../../../src/core/onnx/error.ts';
import { exposeAttention } from '../../../src/core/onnx/expose.ts';
import { joinModel } from '../../../src/core/onnx/join.ts';
import { readModel } from '../../../src/core/onnx/read.ts';
import type { NewNode } from '../../../src/core/onnx/write.ts';
import { blockGraph, blockNodes, blockSize, blockStored } from '../../fixtures/graphs/block.ts';
import { type BranchingNode, buildModel, type GraphSpec, type Input } from '../../fixtures/graphs/build.ts';

const node = (
  op: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: NewNode['attributes'] = {},
  domain = '',
): NewNode => ({ op, inputs, outputs, attributes, domain });
const text: Input = { name: 'x', type: 'float', dims: ['b', 't', blockSize] };
const stored = blockStored();

function problemOf(graph: GraphSpec): GraphProblem {
  try {
    exposeAttention(buildModel(graph));
  } catch (thrown) {
    assert.ok(thrown instanceof GraphError);
    return thrown.problem;
  }
  throw new Error('nothing was thrown');
}

const impostors: readonly { readonly name: string; readonly nodes: readonly NewNode[] }[] = [
  {
    name: "a classifier's softmax",
    nodes: [node('MatMul', ['x', 'w.q'], ['logits']), node('Softmax', ['logits'], ['out'], { axis: -1 })],
  },
  {
    name: 'a router over experts that weighs their results',
    nodes: [
      node('MatMul', ['x', 'w.q'], ['logits']),
      node('Softmax', ['logits'], ['shares'], { axis: -1 }),
      node('MatMul', ['x', 'w.k'], ['experts']),
      node('Mul', ['shares', 'experts'], ['mixed']),
      node('MatMul', ['shares', 'w.v'], ['chosen']),
      node('Add', ['mixed', 'chosen'], ['out']),
    ],
  },
  {
    name: 'linear attention, whose softmaxes run over features',
    nodes: [
      node('MatMul', ['x', 'w.q'], ['q']),
      node('Softmax', ['q'], ['qs'], { axis: -1 }),
      node('MatMul', ['x', 'w.k'], ['k']),
      node('Transpose', ['k'], ['kt'], { perm: [0, 2, 1] }),
      node('Softmax', ['kt'], ['ks'], { axis: -1 }),
      node('MatMul', ['x', 'w.v'], ['v']),
      node('MatMul', ['ks', 'v'], ['kv']),
      node('MatMul', ['qs', 'kv'], ['out']),
    ],
  },
  {
    name: 'pooling by a learned vector',
    nodes: [
      node('MatMul', ['x', 'w.q'], ['wide']),
      node('ReduceSum', ['wide'], ['one'], { keepdims: 1 }),
      node('Transpose', ['one'], ['row'], { perm: [0, 2, 1] }),
      node('Softmax', ['row'], ['shares'], { axis: -1 }),
      node('MatMul', ['shares', 'x'], ['out']),
    ],
  },
  {
    name: 'a product of queries and keys that is never averaged over values',
    nodes: [
      node('Transpose', ['x'], ['xt'], { perm: [0, 2, 1] }),
      node('MatMul', ['x', 'xt'], ['alike']),
      node('Softmax', ['alike'], ['out'], { axis: -1 }),
    ],
  },
  {
    name: 'a softmax over the queries',
    nodes: [
      node('Transpose', ['x'], ['xt'], { perm: [0, 2, 1] }),
      node('MatMul', ['x', 'xt'], ['alike']),
      node('Softmax', ['alike'], ['shares'], { axis: 1 }),
      node('MatMul', ['shares', 'x'], ['out']),
    ],
  },
];

for (const { name, nodes } of impostors) {
  test(`not taken for attention: ${name}`, () => {
    const problem = problemOf({ nodes, inputs: [text], outputs: ['out'], stored });
    assert.equal(problem.about, 'attention');
    assert.match(problem.detail, /^no node of its graph computes/);
  });
}

test('an impostor beside an attention is left alone', () => {
  const block = blockGraph({});
  const nodes = [
    ...block.nodes,
    node('MatMul', ['out', 'w.q'], ['logits']),
    node('Softmax', ['logits'], ['classes'], { axis: -1 }),
  ];
  assert.equal(exposeAttention(buildModel({ ...block, nodes, outputs: ['classes'] })).sites.length, 1);
});

test('keys of another sequence make it cross, keys from a cache do not', () => {
  const source: Input = { ...text, name: 'source' };
  const cross = exposeAttention(
    buildModel({ nodes: blockNodes({}, 'x', 'source'), inputs: [text, source], outputs: ['out'], stored }),
  );
  assert.deepEqual(
    cross.sites.map(({ kind, queryInputs, keyInputs }) => ({ kind, queryInputs, keyInputs })),
    [{ kind: 'cross', queryInputs: ['x'], keyInputs: ['source'] }],
  );
  const cached = blockNodes({
    project: (from, part, to) =>
      part === 'k'
        ? [node('MatMul', [from, 'w.k'], [`${to}.new`]), node('Concat', ['past', `${to}.new`], [to], { axis: 1 })]
        : [node('MatMul', [from, `w.${part}`], [to])],
  });
  const self = exposeAttention(
    buildModel({ nodes: cached, inputs: [text, { ...text, name: 'past' }], outputs: ['out'], stored }),
  );
  assert.deepEqual(
    self.sites.map((site) => site.kind),
    ['self'],
  );
});

test('layers are counted along the graph, not along the file', () => {
  const layers = [
    blockNodes({}, 'x', 'x', 'one.', 'h1'),
    blockNodes({}, 'h1', 'h1', 'two.', 'h2'),
    blockNodes({}, 'h2', 'h2', 'three.', 'out'),
  ];
  const nodes = [...layers].reverse().flat();
  const { sites } = exposeAttention(buildModel({ nodes, inputs: [text], outputs: ['out'], stored }));
  assert.deepEqual(
    sites.map(({ layer, output }) => [layer, output]),
    [
      [0, 'one.weights'],
      [1, 'two.weights'],
      [2, 'three.weights'],
    ],
  );
});

test('the tensors of an attention are named', () => {
  const { sites } = exposeAttention(buildModel(blockGraph({})));
  const [site] = sites;
  assert.deepEqual(
    [site?.query, site?.key, site?.keyTransposed, site?.value, site?.scores, site?.heads, site?.rank],
    ['scores.q', 'scores.k', true, 'context.v', 'scores', 2, 4],
  );
});

const branch = (prefix: string, attention: boolean): GraphSpec => ({
  nodes: attention ? blockNodes({}, 'x', 'x', prefix, `${prefix}out`) : [node('Identity', ['x'], [`${prefix}out`])],
  outputs: [`${prefix}out`],
});
const choice = (one: GraphSpec, other: GraphSpec, op = 'If'): BranchingNode => ({
  op,
  inputs: ['which'],
  outputs: ['out'],
  branches: { then_branch: one, else_branch: other },
});
const which: Input = { name: 'which', type: 'bool', dims: [1] };

test('both branches of an If give their attention under one name that nothing else has', () => {
  const taken = node('Identity', ['x'], ['attention.self.0']);
  const exposure = exposeAttention(
    buildModel({
      nodes: [taken, choice(branch('a.', true), branch('b.', true))],
      inputs: [text, which],
      outputs: ['out', 'attention.self.0'],
      stored,
    }),
  );
  assert.deepEqual(
    exposure.sites.map((site) => site.output),
    ['attention.self.0.1'],
  );
  const { graph } = readModel(joinModel(exposure));
  assert.deepEqual(graph.outputs, ['out', 'attention.self.0', 'attention.self.0.1']);
  const [first, second] = [...(graph.nodes[1]?.attributes.values() ?? [])].map((attribute) => attribute.graph?.outputs);
  assert.deepEqual(
    [first, second],
    [
      ['a.out', 'a.weights'],
      ['b.out', 'b.weights'],
    ],
  );
});

test('branches that do not match are refused, with the place', () => {
  const problem = problemOf({
    nodes: [choice(branch('a.', true), branch('b.', false))],
    inputs: [text, which],
    outputs: ['out'],
    stored,
  });
  assert.deepEqual([problem.about, problem.op, problem.layer], ['attention', 'If', 0]);
  assert.match(problem.detail, /different numbers of attentions from attention 0 on \(1 and 0\)/);
});

test('attention inside a loop is refused, with the place', () => {
  const problem = problemOf({
    nodes: [choice(branch('a.', true), branch('b.', true), 'Loop')],
    inputs: [text, which],
    outputs: ['out'],
    stored,
  });
  assert.deepEqual([problem.op, problem.layer], ['Loop', 0]);
});

test('an operator that keeps its attention is refused by name, after the layers before it', () => {
  const nodes = [
    ...blockNodes({}, 'x', 'x', 'one.', 'h1'),
    node('PackedAttention', ['h1'], ['out'], {}, 'com.microsoft'),
  ];
  const problem = problemOf({ nodes, inputs: [text], outputs: ['out'], stored });
  assert.deepEqual([problem.op, problem.layer], ['PackedAttention', 1]);
});

test('a graph that gives its attention already is left as it is', () => {
  const model = buildModel({ ...blockGraph({}), outputs: ['out', 'weights'] });
  assert.deepEqual(joinModel(exposeAttention(model)), model);
});

test('what was done is said', () => {
  assert.deepEqual(exposeAttention(buildModel(blockGraph({}))).notes, [
    'self-attention of 1 layer read from Softmax',
    'nothing else changed',
  ]);
});
