import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unfolded } from '../../../src/core/onnx/blocks.ts';
import { exposeAttention } from '../../../src/core/onnx/expose.ts';
import type { NewNode } from '../../../src/core/onnx/write.ts';
import { blockGraph, blockNodes, blockSize, blockStored } from '../../fixtures/graphs/block.ts';
import { buildModel, type Input, type Stored } from '../../fixtures/graphs/build.ts';

const node = (
  op: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: NewNode['attributes'] = {},
): NewNode => ({ op, inputs, outputs, attributes });
const text: Input = { name: 'x', type: 'float', dims: ['b', 't', blockSize] };
const two: Stored = { name: 'two', type: 'int64', dims: [1], values: [2] };
const far: Stored = { name: 'far', type: 'float', dims: [], values: [-1e9] };

/** Scores of the same tokens by two projections of their own, as an indexer has them; with or without a softmax. */
const indexer = (softmax: boolean): readonly NewNode[] => [
  node('MatMul', ['x', 'w.q'], ['index.q']),
  node('MatMul', ['x', 'w.k'], ['index.k']),
  node('Transpose', ['index.k'], ['index.kt'], { perm: [0, 2, 1] }),
  node('MatMul', ['index.q', 'index.kt'], ['index.product']),
  softmax
    ? node('Softmax', ['index.product'], ['index.scores'], { axis: -1 })
    : node('Relu', ['index.product'], ['index.scores']),
  node('TopK', ['index.scores', 'two'], ['index.best', 'index.places'], { axis: -1 }),
];

/** An attention whose scores are masked where `places` were not chosen. */
const masked = blockNodes({
  normalise: (scores, to) => [
    node('Mul', ['index.scores', 'far'], ['index.hidden']),
    node('Sub', ['index.best', 'index.best'], ['index.none']),
    node('ScatterElements', ['index.hidden', 'index.places', 'index.none'], ['index.mask'], { axis: 2 }),
    node('Add', [scores, 'index.mask'], [`${to}.masked`]),
    node('Softmax', [`${to}.masked`], [to], { axis: 3 }),
  ],
});

for (const softmax of [false, true])
  test(`an indexer ${softmax ? 'with a softmax over the tokens' : 'without a softmax'} selects keys and is no attention itself`, () => {
    const stored = [...blockStored(), two, far];
    const graph = { nodes: [...indexer(softmax), ...masked], inputs: [text], outputs: ['out'], stored };
    const { sites, notes } = exposeAttention(buildModel(graph));
    assert.deepEqual(
      sites.map(({ output, selects }) => [output, selects]),
      [['weights', true]],
    );
    assert.ok(!notes.join(' ').includes('not read as attention'), notes.join(' '));
  });

test('a router that takes the best experts before an attention selects no keys, nor does an attention by itself', () => {
  const block = blockGraph({});
  const router = [
    node('MatMul', ['x', 'w.q'], ['experts']),
    node('Softmax', ['experts'], ['shares'], { axis: -1 }),
    node('TopK', ['shares', 'two'], ['best', 'places'], { axis: -1 }),
    node('ScatterElements', ['shares', 'places', 'best'], ['routed'], { axis: 2 }),
    node('Add', ['x', 'routed'], ['stream']),
  ];
  const nodes = [...router, ...blockNodes({}, 'stream')];
  const behind = exposeAttention(buildModel({ ...block, nodes, stored: [...blockStored(), two] }));
  assert.deepEqual(
    behind.sites.map(({ selects }) => selects),
    [false],
  );
  assert.equal(exposeAttention(buildModel(block)).sites[0]?.selects, false);
});

test('weights in blocks are unfolded token by token, and only where they are laid out so', () => {
  // Two blocks of two tokens; three tokens; every query gives a weight of its own to the key before it and to itself.
  const [tokens, keys] = [3, 6];
  const data = new Float32Array(2 * 2 * keys);
  const put = (query: number, key: number, weight: number): void => {
    const block = Math.floor(query / 2);
    data[(block * 2 + (query % 2)) * keys + key - (block - 1) * 2] = weight;
  };
  put(0, 0, 1);
  put(1, 0, 0.25);
  put(1, 1, 0.75);
  put(2, 1, 0.5);
  put(2, 2, 0.5);
  const given = { dims: [1, 2, 1, 2, keys], data };
  const plain = unfolded(given, 'tokens', tokens);
  assert.deepEqual(plain?.dims, [1, 1, 3, 3]);
  assert.deepEqual([...(plain?.data ?? [])], [1, 0, 0, 0.25, 0.75, 0, 0, 0.5, 0.5]);
  assert.equal(unfolded(given, 'tokens', 5), null, 'three blocks of two');
  assert.equal(unfolded({ ...given, dims: [1, 4, 2, 6] }, 'tokens', tokens), null, 'four axes');
  assert.ok(unfolded(given, 'sums', tokens), 'a text shorter than a block that is summed up has no sums');
  put(2, 3, 0.1);
  assert.equal(unfolded(given, 'tokens', tokens), null, 'a query that looks at what fills up the last block');
});
