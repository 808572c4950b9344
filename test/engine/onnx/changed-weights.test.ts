import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GraphError } from '../../../src/core/onnx/error.ts';
import { exposeAttention } from '../../../src/core/onnx/expose.ts';
import type { NewNode } from '../../../src/core/onnx/write.ts';
import { blockGraph, blockHeads, blockSize, blockWeights, type Writing } from '../../fixtures/graphs/block.ts';
import { buildModel, type Stored } from '../../fixtures/graphs/build.ts';
import { project, referenceAttention } from '../../fixtures/graphs/reference.ts';
import { difference, floats, numbers, open, openExposed, openLiteral, withCopies } from './session.ts';

const tokens = 5;
const text = Float32Array.from({ length: tokens * blockSize }, (_, at) => Math.cos(at * 2.3));
const features = blockSize / blockHeads;
const softmaxOnly = referenceAttention({
  heads: blockHeads,
  queries: tokens,
  keys: tokens,
  query: project(text, blockWeights(1), tokens, blockSize),
  key: project(text, blockWeights(2), tokens, blockSize),
});

const node = (
  op: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: NewNode['attributes'] = {},
  domain = '',
): NewNode => ({ op, inputs, outputs, attributes, domain });
const number = (name: string, value: number): Stored => ({ name, type: 'float', dims: [], values: [value] });
const list = (name: string, ...values: number[]): Stored => ({ name, type: 'int64', dims: [values.length], values });
const soft = (from: string, to: string): NewNode => node('Softmax', [from], [to], { axis: -1 });
const turn = (from: string, to: string, ...perm: number[]): NewNode => node('Transpose', [from], [to], { perm });

/** A softmax, and the nodes behind it that end in `to`; `p` is what it gives. */
const after = (nodes: (p: string, to: string) => readonly NewNode[], ...stored: Stored[]): Writing => ({
  normalise: (s, to) => [soft(s, `${to}.p`), ...nodes(`${to}.p`, to)],
  stored,
});

/** A number between 0 and 1 for every query, from the text: `[1, 1, T, 1]`. */
const gate: readonly NewNode[] = [
  node('ReduceMean', ['x'], ['mean'], { axes: [-1], keepdims: 1 }),
  node('Sigmoid', ['mean'], ['share']),
  node('Unsqueeze', ['share', 'second'], ['gate']),
];
const second = list('second', 1);
const mixing: Stored = { name: 'mixing', type: 'float', dims: [blockHeads, blockHeads], values: [0.6, 0.4, 0.2, 0.8] };
const dropped = (p: string, to: string): readonly NewNode[] => [
  node('Less', [p, 'fifth'], [`${to}.few`]),
  node('Where', [`${to}.few`, 'zero', p], [`${to}.left`]),
];

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
            each.includes('shown are the changed ones, which multiply the values'),
        ),
        exposure.notes.join('; '),
      );
      assert.ok(difference(shown, softmaxOnly) > 0.01, 'the softmax itself gives others');
    }
  });
}

/** `[heads, queries, keys]` times `[heads, keys, features]`. */
function averageOf(weights: Float32Array, values: Float32Array): Float64Array {
  const context = new Float64Array(blockHeads * tokens * features);
  for (let head = 0; head < blockHeads; head += 1) {
    context.set(
      project(
        weights.subarray(head * tokens * tokens, (head + 1) * tokens * tokens),
        values.subarray(head * tokens * features, (head + 1) * tokens * features),
        tokens,
        tokens,
      ),
      head * tokens * features,
    );
  }
  return context;
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
  assert.ok(
    difference(
      shown,
      softmaxOnly.map((weight, at) => weight * (shares[Math.floor(at / tokens) % tokens] ?? NaN)),
    ) < 1e-5,
  );
});

for (const { name, writing, factor } of [
  {
    name: 'a product with a stored number',
    factor: 0.5,
    writing: after((p, to) => [node('Mul', [p, 'half'], [to])], number('half', 0.5)),
  },
  { name: 'a quotient', factor: 0.25, writing: after((p, to) => [node('Div', [p, 'four'], [to])], number('four', 4)) },
]) {
  test(`${name} behind the softmax is passed over, and told with its factor`, async () => {
    const { exposure, session } = await openExposed(buildModel(blockGraph(writing)));
    const [site] = exposure.sites;
    const shown = numbers(await session.run({ x: floats(text, [1, tokens, blockSize]) }), site?.output ?? '');
    assert.ok(difference(shown, softmaxOnly) < 1e-5);
    assert.equal(site?.normalised, true);
    assert.ok(
      exposure.notes.some((note) =>
        note.includes(`multiplies all weights by ${factor} after the softmax: shown without that factor`),
      ),
      exposure.notes.join('; '),
    );
  });
}

test('a product with 1 changes nothing and is not told', () => {
  const { notes } = exposeAttention(
    buildModel(blockGraph(after((p, to) => [node('Mul', [p, 'one'], [to])], number('one', 1)))),
  );
  assert.deepEqual(notes, ['self attention of 1 layer read from Softmax', 'nothing else changed']);
});

const refused: readonly { name: string; writing: Writing; by: RegExp }[] = [
  {
    name: 'the largest weights in order',
    by: /passes TopK “top” before it meets the values/,
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
    by: /weights of Softmax “weights\.p” go into Mul “weights”, which is not known here/,
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

const twice = (...nodes: NewNode[]): Writing => ({
  average: (w, v, to) => [
    turn(v, `${to}.v`, 0, 2, 1, 3),
    ...gate,
    ...nodes.map((each) => ({
      ...each,
      inputs: each.inputs.map((one) => (one === 'w' ? w : one === 'v' ? `${to}.v` : one)),
    })),
    node('MatMul', [w, `${to}.v`], ['first']),
    node('Add', ['first', 'other'], [`${to}.heads`]),
    turn(`${to}.heads`, to, 0, 2, 1, 3),
  ],
  stored: [second],
});

test('weights that multiply values twice, once changed: the ones that are not shown are told', () => {
  const { sites, notes } = exposeAttention(
    buildModel(blockGraph(twice(node('Mul', ['w', 'gate'], ['gated']), node('MatMul', ['gated', 'v'], ['other'])))),
  );
  assert.equal(sites.length, 1);
  assert.ok(
    notes.includes(
      'in 1 layer Mul (“gated”) makes other weights, which multiply values beside those shown: the model uses both',
    ),
    notes.join('; '),
  );
});

test('weights that multiply two values unchanged are shown, and nothing is to be told', () => {
  const { notes } = exposeAttention(
    buildModel(blockGraph(twice(node('Mul', ['v', 'gate'], ['gated']), node('MatMul', ['w', 'gated'], ['other'])))),
  );
  assert.deepEqual(notes, ['self attention of 1 layer read from Softmax', 'nothing else changed']);
});

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
      'the weights of Softmax “2.weights.p” go into Mul “2.weights”, which is not known here, so they are not read as attention',
    ),
    notes.join('; '),
  );

  function rename(tensor: string): string {
    return other.stored?.some((stored) => stored.name === tensor) || tensor === 'x' ? tensor : `2.${tensor}`;
  }
});

const cast = (from: string, to: string, type: number): NewNode => node('Cast', [from], [to], { to: type });
for (const { name, type, tolerance, stored } of [
  { name: 'double', type: 11, tolerance: 1e-6, stored: 'fp32' },
  { name: '16-bit', type: 10, tolerance: 2e-3, stored: 'fp16' },
]) {
  test(`a softmax in ${name} floats among weights of 32 bits comes out in 32 bits`, async () => {
    const model = buildModel(
      blockGraph({
        normalise: (s, to) => [cast(s, `${to}.s`, type), soft(`${to}.s`, `${to}.p`), cast(`${to}.p`, to, 1)],
      }),
    );
    const { exposure, session } = await openExposed(model);
    const feeds = { x: floats(text, [1, tokens, blockSize]) };
    const got = await session.run(feeds);
    assert.ok(difference(numbers(got, exposure.sites[0]?.output ?? ''), softmaxOnly) < tolerance);
    assert.equal(exposure.numbers, stored);
    assert.ok(
      difference(numbers(got, 'out'), numbers(await (await open(model)).run(feeds), 'out')) < 1e-5,
      'the model computes the same',
    );
  });
}
