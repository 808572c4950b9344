import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blockGraph, blockHeads, blockSize, type Writing } from '../../fixtures/graphs/block.ts';
import { buildModel } from '../../fixtures/graphs/build.ts';
import { difference, floats, numbers, openExposed, openLiteral, withCopies } from './session.ts';
import {
  after,
  averageOf,
  gate,
  list,
  node,
  number,
  second,
  soft,
  softmaxOnly,
  text,
  tokens,
  turn,
  dropped,
  mixing,
} from './block-nodes.ts';

/**
 * Every way to other weights than the softmax's own, and by which operator it is told; null where nothing is to be
 * told.
 */
const changing: readonly { name: string; writing: Writing; told: string | null }[] = [
  {
    name: 'a gate by the text',
    told: 'Mul',
    writing: after((p, to) => [...gate, node('Mul', [p, 'gate'], [to])], second),
  },
  {
    name: 'a gate by the text, the weights its second factor',
    told: 'Mul',
    writing: after((p, to) => [...gate, node('Mul', ['gate', p], [to])], second),
  },
  {
    name: 'a stored gate for every head',
    told: 'Mul',
    writing: after((p, to) => [node('Mul', [p, 'by head'], [to])], {
      name: 'by head',
      type: 'float',
      dims: [blockHeads, 1, 1],
      values: [0.25, 0.75],
    }),
  },
  {
    name: 'one stored number a head in a tensor of one head',
    told: 'Mul',
    writing: after((p, to) => [node('Mul', [p, 'none'], [to])], {
      name: 'none',
      type: 'float',
      dims: [1, 1],
      values: [0],
    }),
  },
  {
    name: 'a stored mask',
    told: 'Mul',
    writing: after((p, to) => [node('Mul', [p, 'seen'], [to])], {
      name: 'seen',
      type: 'float',
      dims: [tokens, tokens],
      values: Array.from({ length: tokens * tokens }, (_, at) => Number(at % tokens <= Math.floor(at / tokens))),
    }),
  },
  { name: 'a square', told: 'Mul', writing: after((p, to) => [node('Mul', [p, p], [to])]) },
  { name: 'a power', told: 'Pow', writing: after((p, to) => [node('Pow', [p, 'two'], [to])], number('two', 2)) },
  {
    name: 'a number added',
    told: 'Add',
    writing: after((p, to) => [node('Add', [p, 'tenth'], [to])], number('tenth', 0.1)),
  },
  {
    name: 'a threshold',
    told: 'Relu',
    writing: after(
      (p, to) => [node('Sub', [p, 'tenth'], [`${to}.less`]), node('Relu', [`${to}.less`], [to])],
      number('tenth', 0.1),
    ),
  },
  {
    name: 'bounds',
    told: 'Clip',
    writing: after(
      (p, to) => [node('Clip', [p, 'fifth', 'quarter'], [to])],
      number('fifth', 0.2),
      number('quarter', 0.25),
    ),
  },
  { name: 'an activation', told: 'Sigmoid', writing: after((p, to) => [node('Sigmoid', [p], [to])]) },
  { name: 'a second softmax', told: 'Softmax', writing: after((p, to) => [soft(p, to)]) },
  {
    name: 'division by a sum over the text',
    told: 'Div',
    writing: after(
      (p, to) => [
        ...dropped(p, to),
        node('ReduceSum', [`${to}.left`, 'last'], [`${to}.sum`], { keepdims: 1 }),
        node('Div', [`${to}.left`, `${to}.sum`], [to]),
      ],
      number('fifth', 0.2),
      number('zero', 0),
      list('last', -1),
    ),
  },
  {
    name: 'small weights set to 0',
    told: null,
    writing: after(
      (p, to) => [...dropped(p, to), node('Identity', [`${to}.left`], [to])],
      number('fifth', 0.2),
      number('zero', 0),
    ),
  },
  {
    name: 'other weights for the small ones',
    told: 'Where',
    writing: after(
      (p, to) => [node('Less', [p, 'fifth'], [`${to}.few`]), node('Where', [`${to}.few`, 'fifth', p], [to])],
      number('fifth', 0.2),
    ),
  },
  {
    name: 'one key set to 0 by index',
    told: 'ScatterND',
    writing: after(
      (p, to) => [node('ScatterND', [p, 'where', 'nought'], [to])],
      { name: 'where', type: 'int64', dims: [1, 4], values: [0, 1, 2, 3] },
      { name: 'nought', type: 'float', dims: [1], values: [0] },
    ),
  },
  {
    name: 'whole numbers by the type of another tensor',
    told: 'CastLike',
    writing: after(
      (p, to) => [
        node('Mul', [p, 'many'], [`${to}.m`]),
        node('CastLike', [`${to}.m`, 'second'], [`${to}.i`]),
        node('Cast', [`${to}.i`], [to], { to: 1 }),
      ],
      number('many', 1.9),
      second,
    ),
  },
  {
    name: 'whole numbers',
    told: 'Cast',
    writing: after(
      (p, to) => [
        node('Mul', [p, 'many'], [`${to}.m`]),
        node('Cast', [`${to}.m`], [`${to}.i`], { to: 6 }),
        node('Cast', [`${to}.i`], [to], { to: 1 }),
      ],
      number('many', 1.9),
    ),
  },
  {
    name: '8 bits that are too coarse',
    told: 'QuantizeLinear',
    writing: after(
      (p, to) => [
        node('QuantizeLinear', [p, 'third', 'z'], [`${to}.q`]),
        node('DequantizeLinear', [`${to}.q`, 'third', 'z'], [to]),
      ],
      number('third', 1 / 3),
      { name: 'z', type: 'uint8', dims: [], values: [0] },
    ),
  },
  {
    name: 'heads mixed by a product',
    told: 'MatMul',
    writing: after(
      (p, to) => [
        turn(p, `${to}.t`, 0, 2, 3, 1),
        node('MatMul', [`${to}.t`, 'mixing'], [`${to}.m`]),
        turn(`${to}.m`, to, 0, 3, 1, 2),
      ],
      mixing,
    ),
  },
  {
    name: 'heads mixed by a convolution',
    told: 'Conv',
    writing: after((p, to) => [node('Conv', [p, 'kernel'], [to])], {
      ...mixing,
      name: 'kernel',
      dims: [blockHeads, blockHeads, 1, 1],
    }),
  },
  {
    name: 'heads mixed by an Einsum',
    told: 'Einsum',
    writing: after((p, to) => [node('Einsum', [p, 'mixing'], [to], { equation: { text: 'bhqk,hg->bgqk' } })], mixing),
  },
  {
    name: 'heads in another order',
    told: null,
    writing: after((p, to) => [node('Gather', [p, 'swapped'], [to], { axis: -3 })], list('swapped', 1, 0)),
  },
  {
    name: 'half of one softmax taken from another',
    told: 'Sub',
    writing: {
      normalise: (s, to) => [
        soft(s, `${to}.one`),
        node('Mul', [s, 'tenth'], [`${to}.flat`]),
        soft(`${to}.flat`, `${to}.other`),
        node('Mul', [`${to}.other`, 'tenth'], [`${to}.less`]),
        node('Sub', [`${to}.one`, `${to}.less`], [to]),
      ],
      stored: [number('tenth', 0.1)],
    },
  },
  {
    name: 'a factor and then a gate',
    told: 'Mul',
    writing: after(
      (p, to) => [...gate, node('Mul', [p, 'half'], [`${to}.h`]), node('Mul', [`${to}.h`, 'gate'], [to])],
      second,
      number('half', 0.5),
    ),
  },
  {
    name: 'a dropout that drops nothing',
    told: null,
    writing: after((p, to) => [node('Dropout', [p, '', 'off'], [to])], {
      name: 'off',
      type: 'bool',
      dims: [],
      values: [0],
    }),
  },
];

for (const { name, writing, told } of changing) {
  test(`between softmax and values, ${name}: shown is what multiplies the values`, async () => {
    const model = buildModel(blockGraph(writing));
    const { exposure, session } = await openExposed(model);
    assert.equal(exposure.sites.length, 1);
    const [site] = exposure.sites;
    const feeds = { x: floats(text, [1, tokens, blockSize]) };
    const shown = numbers(await session.run(feeds), site?.output ?? '');
    const copies = await (await openLiteral(withCopies(model, ['context.v', 'context.heads']))).run(feeds);
    assert.ok(
      difference(averageOf(shown, numbers(copies, 'copy.context.v')), numbers(copies, 'copy.context.heads')) < 1e-5,
      'shown times values is the context',
    );
    assert.deepEqual(site?.changes.filter(({ how }) => how === 'changed').at(-1)?.op, told ?? undefined);
    const note = exposure.notes.find((each) => each.includes('changes the weights after the softmax'));
    if (told === null) assert.equal(note, undefined);
    else {
      assert.equal(site?.normalised, false);
      assert.ok(
        exposure.notes.some(
          (each) =>
            each.startsWith(`in 1 layer ${told} (“`) &&
            each.includes('the changed weights are shown, which multiply the values'),
        ),
        exposure.notes.join('; '),
      );
      assert.ok(difference(shown, softmaxOnly) > 0.01, 'the softmax itself gives others');
    }
  });
}

test('weights that are changed while they lie the other way round are turned back', async () => {
  const model = buildModel(
    blockGraph({
      average: (w, v, to) => [
        ...gate,
        turn(w, `${to}.w`, 0, 1, 3, 2),
        turn('gate', `${to}.g`, 0, 1, 3, 2),
        node('Mul', [`${to}.w`, `${to}.g`], [`${to}.gated`]),
        turn(v, `${to}.v`, 0, 2, 3, 1),
        node('MatMul', [`${to}.v`, `${to}.gated`], [`${to}.t`]),
        turn(`${to}.t`, to, 0, 3, 1, 2),
      ],
      stored: [second],
    }),
  );
  const { exposure, session } = await openExposed(model);
  const feeds = { x: floats(text, [1, tokens, blockSize]) };
  const shown = numbers(await session.run(feeds), exposure.sites[0]?.output ?? '');
  const shares = Array.from(
    { length: tokens },
    (_, at) =>
      1 /
      (1 +
        Math.exp(
          -text.subarray(at * blockSize, (at + 1) * blockSize).reduce((sum, value) => sum + value, 0) / blockSize,
        )),
  );
  const gated = softmaxOnly.map((weight, at) => weight * (shares[Math.floor(at / tokens) % tokens] ?? NaN));
  assert.ok(difference(shown, gated) < 1e-5);
});
