import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findBlocks } from '../../../src/core/block/find-blocks.ts';
import { findAttention } from '../../../src/core/onnx/find.ts';
import { readModel } from '../../../src/core/onnx/read.ts';
import { unfused } from '../../../src/core/onnx/unfuse/unfused.ts';
import { buildModel } from '../../fixtures/graphs/build.ts';
import { fusedForms, type FusedForm } from './fused-forms.ts';
import { cases, input, lengthInputs, manyInputs, ms } from './operator-cases.ts';
import { GraphError } from '../../../src/core/onnx/error.ts';
import { difference, dimsOf, numbers, openExposed } from './session.ts';

/** That a graph of one operator computes the same when its steps are written out, and shows them. */
async function check({ graph, opsets, feeds }: FusedForm): Promise<void> {
  const bytes = buildModel(graph, opsets);
  const model = unfused(readModel(bytes));
  const [fused, written] = [await openExposed(bytes), await openExposed(model.bytes)];
  const [expected, got] = [await fused.session.run(feeds), await written.session.run(feeds)];
  for (const name of graph.outputs) {
    assert.deepEqual(dimsOf(got, name), dimsOf(expected, name), name);
    assert.ok(difference(numbers(got, name), numbers(expected, name)) <= 1e-6, name);
  }
  const [site, ...others] = written.exposure.sites;
  assert.ok(site && others.length === 0);
  const weights = numbers(expected, fused.exposure.sites[0]?.output ?? '');
  assert.ok(difference(numbers(got, site.output), weights) <= 1e-6, 'the weights');
  const [block] = findBlocks(findAttention(model).map((found, layer) => ({ found, layer })));
  assert.ok(block?.query && block.key && block.value && block.scores && block.context && block.steps);
}

for (const each of [...cases, ...fusedForms])
  test(`${each.name}: its steps, written out, give its outputs and its weights`, () => check(each));

/** An operator with something of which its steps are not known, and the words for it. */
const refused: readonly (readonly [FusedForm['graph'], Readonly<Record<string, number>>, RegExp])[] = [
  [
    one('GroupQueryAttention', { 12: 'scale' }, { num_heads: 4, kv_num_heads: 2 }),
    { '': 17 },
    /^the steps inside GroupQueryAttention are not known with its k_scale$/,
  ],
  [
    one('GroupQueryAttention', {}, { num_heads: 4, kv_num_heads: 2, sliding_window_cache: 1, local_window_size: 4 }),
    { '': 17 },
    /not known with its sliding_window_cache$/,
  ],
  [
    one('GroupQueryAttention', {}, { num_heads: 4, kv_num_heads: 3 }),
    { '': 17 },
    /the number of heads of GroupQueryAttention is not a multiple of that of its keys/,
  ],
  [
    one('GroupQueryAttention', {}, { num_heads: 4, kv_num_heads: 2 }),
    { '': 10 },
    /^the steps inside GroupQueryAttention cannot be written with version 10 of ONNX’s operators$/,
  ],
  [
    one('MultiHeadAttention', { 1: '', 2: '' }, { num_heads: 2 }),
    { '': 17 },
    /^the steps inside MultiHeadAttention are not known where queries, keys and values are one input$/,
  ],
  [
    one('MultiHeadAttention', { 4: 'scale' }, { num_heads: 2 }),
    { '': 17 },
    /^the steps inside MultiHeadAttention are not known with a mask of 4 axes$/,
  ],
  [one('MultiHeadAttention', {}, { num_heads: 0 }), { '': 17 }, /invalid num_heads/],
  [one('Attention', {}, { num_heads: 2, do_rotary: 1 }), { '': 17 }, /^the steps inside Attention .* its do_rotary$/],
  [one('Attention', { 6: 'scale' }, {}, ''), { '': 24 }, /^the steps inside Attention .* its nonpad_kv_seqlen$/],
];

/** A graph of one operator that reads q, k and v, and others at the places given. */
function one(
  op: string,
  others: Readonly<Record<number, string>>,
  attributes: Readonly<Record<string, number>>,
  domain = ms,
): FusedForm['graph'] {
  const last = Math.max(6, ...Object.keys(others).map(Number));
  const usual = ['q', 'k', 'v'];
  const inputs = Array.from({ length: last + 1 }, (_, at) => others[at] ?? usual[at] ?? '');
  if (op === 'GroupQueryAttention') inputs.splice(5, 2, 'last', 'total');
  return {
    nodes: [{ op, domain, inputs, outputs: ['o'], attributes }],
    inputs: [...manyInputs, ...lengthInputs, input('scale', [1, 1, 1, 1])],
    outputs: ['o'],
  };
}

for (const [graph, opsets, sentence] of refused)
  test(`what is not known is refused by name: ${sentence.source}`, () => {
    const model = readModel(buildModel(graph, { ...opsets, [ms]: 1 }));
    assert.throws(
      () => unfused(model),
      (thrown) => thrown instanceof GraphError && thrown.problem.about === 'attention' && sentence.test(thrown.message),
    );
  });

test('a model without such operators is given back as it is, and operators that are not wanted stay', () => {
  const graph = one('MultiHeadAttention', {}, { num_heads: 2 });
  const model = readModel(buildModel(graph));
  assert.equal(
    unfused(model, () => false),
    model,
  );
  const written = unfused(model);
  assert.ok(!written.graph.nodes.some(({ op }) => op === 'MultiHeadAttention'));
  assert.equal(unfused(written), written);
});
