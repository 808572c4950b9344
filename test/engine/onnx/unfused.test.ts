import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findBlocks } from '../../../src/core/block/find-blocks.ts';
import { findAttention } from '../../../src/core/onnx/find.ts';
import { readModel } from '../../../src/core/onnx/read.ts';
import { unfused } from '../../../src/core/onnx/unfuse/unfused.ts';
import { buildModel } from '../../fixtures/graphs/build.ts';
import { fusedForms, type FusedForm } from './fused-forms.ts';
import { cases } from './operator-cases.ts';
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
