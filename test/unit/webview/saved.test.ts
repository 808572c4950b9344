import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstView } from '../../../src/core/attention/view.ts';
import { readSaved, writeSaved } from '../../../webview/state/saved.ts';

function apiWith(state: unknown) {
  return { postMessage: () => undefined, getState: () => state, setState: (next: unknown) => { state = next; } };
}

test('what was saved is read again', () => {
  const api = apiWith(null);
  writeSaved(api, 'cat', { heads: 120 }, firstView);
  assert.deepEqual(api.getState(), { version: 2, analysis: 'cat', scroll: { heads: 120 }, view: firstView });
  const saved = readSaved(api);
  assert.deepEqual([saved?.analysis, saved?.scroll, saved?.view], ['cat', { heads: 120 }, firstView]);
});

test('a layout of the first version is that of the head view', () => {
  assert.deepEqual(readSaved(apiWith({ version: 1, analysis: 'cat', scroll: 300 })), { analysis: 'cat', scroll: { heads: 300 }, view: null });
});

test('a broken or later layout is forgotten', () => {
  for (const state of [null, 7, { version: 3, analysis: 'cat' }, { version: 2, analysis: 'cat', scroll: { heads: -1 }, view: firstView }, { version: 1, analysis: 'cat', scroll: 'far' }]) {
    assert.equal(readSaved(apiWith(state)), null);
  }
});
