import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as v from 'valibot';
import { firstSelection } from '../../../src/core/attention/selection.ts';
import {
  changedOptions,
  firstView,
  fitView,
  followModel,
  followSelection,
  plainOptions,
  sameView,
  type ViewState,
} from '../../../src/core/attention/view.ts';
import { viewStateSchema } from '../../../src/core/attention/view.ts';
import type { Edit } from '../../../src/core/run/edits.ts';
import { analyses } from '../../ui/panel/page/analyses.ts';

const info = analyses.cat();
const withOptions = (options: Partial<ViewState['options']>): ViewState => ({
  ...firstView,
  options: { ...plainOptions, ...options },
});

test('what changes nothing on this analysis is taken out', () => {
  const fitted = fitView(withOptions({ pairs: 'ab', topK: 11, mass: 1, unit: 'words' }), info);
  assert.deepEqual(fitted, withOptions({ unit: 'words' }));
  assert.equal(fitView(withOptions({ layerMerge: 'max' }), info).options.layerMerge, 'max');
  assert.equal(fitView(withOptions({ layerMerge: 'max' }), analyses.recurrent()).options.layerMerge, null);
  const kept = withOptions({ topK: 10, mass: 0.9 });
  assert.deepEqual(fitView(kept, info), kept);
});

test('a side that would show the run that it stands beside is taken out', () => {
  const id = '/models/mine';
  const at = { layer: 1, head: null };
  const sidesOf = (compare: ViewState['compare'], edits?: Edit[]): ViewState['compare'] =>
    fitView({ ...firstView, compare }, { ...info, ...(edits ? { edits } : {}) }, id).compare;
  assert.deepEqual(sidesOf([{ model: id }, { unedited: true }]), []);
  assert.deepEqual(sidesOf([{ model: id }, { unedited: true }], [{ kind: 'ffn-off', layer: 0 }]), [{ unedited: true }]);
  const kept = [
    { model: id, text: 'Another.' },
    { model: id, at },
  ];
  assert.deepEqual(sidesOf(kept), kept);
  assert.deepEqual(sidesOf([{ model: 'other' }, { at }]), [{ model: 'other' }, { at }]);
});

test('where the model beside is chosen, the one before stands beside', () => {
  const state: ViewState = { ...firstView, compare: [{ model: '/models/other' }, { text: 'Another.' }] };
  const swapped = followModel(state, '/models/mine', '/models/other');
  assert.deepEqual(swapped.compare, [{ model: '/models/mine' }, { text: 'Another.' }]);
  assert.deepEqual(fitView(swapped, info, '/models/other').compare, swapped.compare);
  for (const to of ['/models/mine', 'third', undefined]) assert.equal(followModel(state, '/models/mine', to), state);
});

test('a pair filter stays where there are two sentences', () => {
  const [sequence] = info.sequences;
  assert.ok(sequence);
  const pair = { ...info, sequences: [{ ...sequence, pair: 'It was hungry.' }] };
  assert.equal(fitView(withOptions({ pairs: 'ab' }), pair).options.pairs, 'ab');
});

test('changed options are named; equal states are told from others', () => {
  assert.deepEqual(changedOptions(plainOptions), []);
  assert.deepEqual(changedOptions(withOptions({ topK: 3, renormalise: true }).options), ['topK', 'renormalise']);
  assert.ok(sameView(withOptions({ topK: 3 }), withOptions({ topK: 3 })));
  assert.ok(!sameView(withOptions({ topK: 3 }), firstView));
});

test('the schema takes what is a view and nothing else', () => {
  assert.deepEqual(v.parse(viewStateSchema, firstView), firstView);
  for (const options of [{ topK: 0 }, { topK: 1.5 }, { mass: 2 }, { unit: 'pieces' }, { direction: null }]) {
    assert.ok(!v.is(viewStateSchema, { ...firstView, options: { ...plainOptions, ...options } }));
  }
  assert.ok(!v.is(viewStateSchema, { ...firstView, view: 'nonsense' }));
});

test('a layer that is chosen ends the merge of all; the step is that of the token that looks', () => {
  const translator = analyses.cross();
  const at = { ...firstSelection(translator), map: 0 };
  const merged = withOptions({ layerMerge: 'mean', step: 1 });
  assert.equal(followSelection(merged, at, { ...at, token: { side: 'key', index: 2 } }, translator), merged);
  assert.equal(followSelection(merged, at, { ...at, layer: 1 }, translator).options.layerMerge, null);
  assert.equal(
    followSelection(merged, at, { ...at, map: 2, layer: 1 }, translator).options.layerMerge,
    'mean',
    'another map is no choice of a layer',
  );
  assert.equal(
    followSelection(merged, at, { ...at, map: 2, token: { side: 'query', index: 3 } }, translator).options.step,
    3,
  );
  assert.equal(
    followSelection(merged, at, { ...at, token: { side: 'query', index: 3 } }, translator).options.step,
    1,
    'an encoder has no steps',
  );
  assert.equal(fitView(withOptions({ step: 90 }), translator).options.step, (translator.maps[2]?.shape[2] ?? 0) - 1);
  assert.equal(fitView(withOptions({ step: 2 }), info).options.step, null);
});
