import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Analysis } from '../../../src/core/attention/analysis.ts';
import { AttentionError } from '../../../src/core/errors/reason.ts';
import { AnalysisStore } from '../../../src/engine/service/analysis-store.ts';

/** One layer of one head over `tokens` tokens: 4 · tokens² bytes. */
function analysis(tokens: number): Analysis {
  return {
    model: { id: 'm', family: 'encoder', layers: 1, heads: 1 },
    sequences: [{ text: '', tokens: [] }],
    maps: [
      {
        name: 'attention',
        kind: 'self',
        queries: 0,
        keys: 0,
        shape: [1, 1, tokens, tokens],
        weights: new Float32Array(tokens * tokens).fill(1 / tokens),
      },
    ],
    timing: { load: 0, run: 0 },
    notes: [],
  };
}

/** What every analysis here came of. */
const run = { model: 'm', text: 'x' };

function held(store: AnalysisStore, names: readonly string[]): string[] {
  return names.filter((name) => {
    try {
      store.layer(name, 0, 0);
      return true;
    } catch (thrown) {
      assert.ok(thrown instanceof AttentionError && thrown.reason.code === 'analysis-gone');
      return false;
    }
  });
}

test('analyses that were used longest ago leave when there is no room', () => {
  const store = new AnalysisStore(3 * 4 * 100);
  for (const name of ['a', 'b', 'c']) store.keep(name, analysis(10), run);
  store.layer('a', 0, 0);
  store.keep('d', analysis(10), run);
  assert.deepEqual(held(store, ['a', 'b', 'c', 'd']), ['a', 'c', 'd']);
});

test('the newest stays even when it is larger than the room', () => {
  const store = new AnalysisStore(100);
  store.keep('small', analysis(2), run);
  store.keep('large', analysis(10), run);
  assert.deepEqual(held(store, ['small', 'large']), ['large']);
});

test('an analysis is kept with the run that gave it', () => {
  const store = new AnalysisStore();
  const one = analysis(2);
  store.keep('a', one, run);
  assert.deepEqual(store.kept('a'), { run, analysis: one });
});

test('a name that is used again replaces what it named', () => {
  const store = new AnalysisStore(2 * 4 * 100);
  store.keep('a', analysis(10), run);
  store.keep('b', analysis(10), run);
  store.keep('a', analysis(5), run);
  assert.deepEqual(held(store, ['a', 'b']), ['a', 'b']);
  assert.equal(store.layer('a', 0, 0).byteLength, 4 * 25);
});

test('all layers leave the store merged into one', () => {
  const store = new AnalysisStore();
  const one = analysis(1);
  const [map] = one.maps;
  assert.ok(map);
  const weights = Float32Array.of(0.25, 0.75, 0.75, 0.25);
  store.keep('a', { ...one, maps: [{ ...map, shape: [2, 1, 1, 2], weights }] }, run);
  assert.deepEqual([...new Float32Array(store.layer('a', 0, 'mean'))], [0.5, 0.5]);
  assert.deepEqual([...new Float32Array(store.layer('a', 0, 'max'))], [0.75, 0.75]);
});

test('a layer that leaves the store is a copy', () => {
  const store = new AnalysisStore();
  store.keep('a', analysis(2), run);
  new Float32Array(store.layer('a', 0, 0)).fill(7);
  assert.deepEqual([...new Float32Array(store.layer('a', 0, 0))], [0.5, 0.5, 0.5, 0.5]);
  store.release('a');
  store.release('never there');
  assert.deepEqual(held(store, ['a']), []);
});

test('scores leave as weights do, count as weights do, and are null where a map has none', () => {
  const store = new AnalysisStore(2 * 4 * 100);
  store.keep('plain', analysis(2), run);
  assert.equal(store.scores('plain', 0, 0), null);
  const base = analysis(10);
  const [map] = base.maps;
  assert.ok(map);
  store.keep('scored', { ...base, maps: [{ ...map, scores: new Float32Array(100).fill(-3) }] }, run);
  assert.deepEqual(held(store, ['plain', 'scored']), ['scored']);
  const scores = new Float32Array(store.scores('scored', 0, 0) ?? new ArrayBuffer(0));
  assert.deepEqual(
    [
      ...scores.fill(7).subarray(0, 1),
      ...new Float32Array(store.scores('scored', 0, 0) ?? new ArrayBuffer(0)).subarray(0, 1),
    ],
    [7, -3],
  );
  assert.throws(
    () => store.scores('scored', 0, 1),
    (thrown) => thrown instanceof AttentionError && thrown.reason.code === 'argument-invalid',
  );
});
