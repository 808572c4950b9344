import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as v from 'valibot';
import { changedOptions, firstView, fitView, plainOptions, sameView, type ViewState } from '../../../src/core/attention/view.ts';
import { viewStateSchema } from '../../../src/protocol/shapes.ts';
import { analyses } from '../../ui/panel/page/analyses.ts';

const info = analyses.cat();
const withOptions = (options: Partial<ViewState['options']>): ViewState => ({ ...firstView, options: { ...plainOptions, ...options } });

test('what changes nothing on this analysis is taken out', () => {
  const fitted = fitView(withOptions({ pairs: 'ab', topK: 11, mass: 1, unit: 'words' }), info);
  assert.deepEqual(fitted, withOptions({ unit: 'words' }));
  const kept = withOptions({ topK: 10, mass: 0.9 });
  assert.deepEqual(fitView(kept, info), kept);
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
