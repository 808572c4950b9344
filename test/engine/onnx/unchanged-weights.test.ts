import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exposeAttention } from '../../../src/core/onnx/expose.ts';
import type { NewNode } from '../../../src/core/onnx/write.ts';
import { blockGraph, blockSize, type Writing } from '../../fixtures/graphs/block.ts';
import { buildModel } from '../../fixtures/graphs/build.ts';
import { difference, floats, numbers, open, openExposed } from './session.ts';
import { after, gate, node, number, second, soft, softmaxOnly, text, tokens, turn } from './block-nodes.ts';

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
  assert.deepEqual(notes, ['self-attention of 1 layer read from Softmax', 'nothing else changed']);
});

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
      'in 1 layer Mul (“gated”) computes other weights, which multiply values beside those shown: the model uses both',
    ),
    notes.join('; '),
  );
});

test('weights that multiply two values unchanged are shown, and nothing is to be told', () => {
  const { notes } = exposeAttention(
    buildModel(blockGraph(twice(node('Mul', ['v', 'gate'], ['gated']), node('MatMul', ['w', 'gated'], ['other'])))),
  );
  assert.deepEqual(notes, ['self-attention of 1 layer read from Softmax', 'nothing else changed']);
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
