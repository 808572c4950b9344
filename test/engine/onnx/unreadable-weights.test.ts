import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GraphError } from '../../../src/core/onnx/error.ts';
import { exposeAttention } from '../../../src/core/onnx/expose.ts';
import { blockGraph, blockHeads, type Writing } from '../../fixtures/graphs/block.ts';
import { buildModel } from '../../fixtures/graphs/build.ts';
import { after, list, node, tokens, turn } from './block-nodes.ts';

const refused: readonly { name: string; writing: Writing; by: RegExp }[] = [
  {
    name: 'the largest weights in order',
    by: /passes TopK “top” before it is multiplied with the values/,
    writing: after(
      (p, to) => [{ ...node('TopK', [p, 'five'], ['top', 'places']) }, node('Identity', ['top'], [to])],
      list('five', tokens),
    ),
  },
  {
    name: 'keys in another order',
    by: /passes Gather “weights” /,
    writing: after((p, to) => [node('Gather', [p, 'order'], [to], { axis: -1 })], list('order', 4, 3, 2, 1, 0)),
  },
  {
    name: 'keys from the last to the first',
    by: /passes Slice “weights” /,
    writing: after(
      (p, to) => [node('Slice', [p, 'from', 'until', 'last', 'back'], [to])],
      list('from', -1),
      list('until', -9),
      list('last', -1),
      list('back', -1),
    ),
  },
  {
    name: 'an operator of another domain',
    by: /weights of Softmax “weights\.p” go into Mul “weights”, an unknown operator/,
    writing: after((p, to) => [node('Mul', [p, p], [to], {}, 'acme')]),
  },
];

for (const { name, writing, by } of refused) {
  test(`between softmax and values, ${name}: refused by the node's name`, () => {
    assert.throws(
      () => exposeAttention(buildModel(blockGraph(writing), { '': 17, 'com.microsoft': 1, acme: 1 })),
      (thrown) => thrown instanceof GraphError && by.test(thrown.message),
    );
  });
}

/** Products with values that are written so that nothing is known of them: they do not vanish without a word. */
const unreadable: readonly { name: string; writing: Writing; by: RegExp }[] = [
  {
    name: 'a product written as Mul and ReduceSum',
    by: /ReduceSum “context\.heads”, where values may be/,
    writing: {
      average: (w, v, to) => [
        turn(v, `${to}.v`, 0, 2, 1, 3),
        node('Unsqueeze', [w, 'last'], ['w5']),
        node('Unsqueeze', [`${to}.v`, 'two'], ['v5']),
        node('Mul', ['w5', 'v5'], ['wv']),
        node('ReduceSum', ['wv', 'keys'], [`${to}.heads`], { keepdims: 0 }),
        turn(`${to}.heads`, to, 0, 2, 1, 3),
      ],
      stored: [list('last', -1), list('two', 2), list('keys', -2)],
    },
  },
  {
    name: 'a Reshape of axes in another order',
    by: /Reshape “flat”, where values may be/,
    writing: after(
      (p, to) => [
        turn(p, 'turned', 0, 2, 1, 3),
        node('Reshape', ['turned', 'rows'], ['flat']),
        node('Reshape', ['flat', 'parted'], ['back']),
        turn('back', to, 0, 2, 1, 3),
      ],
      list('rows', 0, 0, -1),
      list('parted', 0, 0, blockHeads, -1),
    ),
  },
  {
    name: 'weights that are written into another tensor',
    by: /ScatterND “into”, where values may be/,
    writing: after(
      (p, to) => [
        node('Shape', [p], ['size']),
        node('ConstantOfShape', ['size'], ['zeros']),
        turn(p, 'heads first', 1, 0, 2, 3),
        turn('zeros', 'zeros first', 1, 0, 2, 3),
        node('ScatterND', ['zeros first', 'swap', 'heads first'], ['into']),
        turn('into', to, 1, 0, 2, 3),
      ],
      { name: 'swap', type: 'int64', dims: [2, 1], values: [1, 0] },
    ),
  },
];

for (const { name, writing, by } of unreadable) {
  test(`between softmax and values, ${name}: told by the node's name`, () => {
    assert.throws(
      () => exposeAttention(buildModel(blockGraph(writing))),
      (thrown) => thrown instanceof GraphError && by.test(thrown.message),
    );
  });
}

test('one layer that cannot be read is told beside one that can', () => {
  const [one, other] = [blockGraph(after((p, to) => [node('Mul', [p, p], [to], {}, 'acme')])), blockGraph({})];
  const renamed = one.nodes.map((each) => ({
    ...each,
    inputs: each.inputs.map(rename),
    outputs: each.outputs.map(rename),
  }));
  const { sites, notes } = exposeAttention(
    buildModel({ ...other, nodes: [...other.nodes, ...renamed], outputs: ['out', '2.out'] }, { '': 17, acme: 1 }),
  );
  assert.equal(sites.length, 1);
  assert.ok(
    notes.includes(
      'the weights of Softmax “2.weights.p” go into Mul “2.weights”, an unknown operator, ' +
        'so they are not read as attention',
    ),
    notes.join('; '),
  );

  function rename(tensor: string): string {
    return other.stored?.some((stored) => stored.name === tensor) || tensor === 'x' ? tensor : `2.${tensor}`;
  }
});
