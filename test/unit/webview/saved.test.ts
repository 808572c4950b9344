import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstView } from '../../../src/core/attention/view.ts';
import { readSaved, writeSaved } from '../../../webview/state/saved.ts';

const selection = { map: 0, layer: 1, heads: [2], head: 2, token: { side: 'query', index: 6 } } as const;

function apiWith(state: unknown) {
  return {
    postMessage: () => undefined,
    getState: () => state,
    setState: (next: unknown) => {
      state = next;
    },
  };
}

test('what was saved is read again', () => {
  const api = apiWith(null);
  const scrollStates = { heads: { scroll: 120 }, matrix: { scroll: 40, across: 300.5, size: 48 } };
  const layout = { analysis: 'cat', selection, scrollStates, view: firstView };
  writeSaved(api, layout);
  assert.deepEqual(api.getState(), { version: 5, ...layout });
  assert.deepEqual(readSaved(api), { version: 5, ...layout });
  writeSaved(api, { ...layout, pane: 0.4 });
  assert.equal(readSaved(api)?.pane, 0.4);
});

test('layouts of earlier versions are understood', () => {
  assert.deepEqual(readSaved(apiWith({ version: 1, analysis: 'cat', scroll: 300 })), {
    analysis: 'cat',
    scrollStates: { heads: { scroll: 300 } },
    view: null,
    selection: null,
  });
  assert.deepEqual(
    readSaved(apiWith({ version: 2, analysis: 'cat', scroll: { heads: 300, model: 20 }, view: firstView })),
    {
      analysis: 'cat',
      scrollStates: { heads: { scroll: 300 }, model: { scroll: 20 } },
      view: firstView,
      selection: null,
    },
  );
  const vantages = { heads: { scroll: 300 } };
  const third = { analysis: 'cat', view: firstView };
  assert.deepEqual(readSaved(apiWith({ version: 3, ...third, vantages })), {
    ...third,
    scrollStates: vantages,
    selection: null,
  });
  const fourth = { ...third, selection, pane: 0.4 };
  assert.deepEqual(readSaved(apiWith({ version: 4, ...fourth, vantages })), { ...fourth, scrollStates: vantages });
});

test('a broken or later layout is forgotten', () => {
  for (const state of [
    null,
    7,
    { version: 6, analysis: 'cat' },
    { version: 5, analysis: 'cat', scrollStates: {}, view: firstView },
    { version: 2, analysis: 'cat', scroll: { heads: -1 }, view: firstView },
    { version: 1, analysis: 'cat', scroll: 'far' },
    { version: 3, analysis: 'cat', vantages: { matrix: { scroll: 0, size: Infinity } }, view: firstView },
    { version: 3, analysis: 'cat', vantages: { elsewhere: { scroll: 0 } }, view: firstView },
  ])
    assert.equal(readSaved(apiWith(state)), null);
});
