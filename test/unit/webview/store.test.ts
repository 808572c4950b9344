import assert from 'node:assert/strict';
import { test } from 'node:test';
import { infoOf, layerOf } from '../../../src/core/attention/map.ts';
import { chosenLayer, type LayerChoice } from '../../../src/core/attention/merge.ts';
import { summariseHeads } from '../../../src/core/attention/roles.ts';
import { strongestHeads } from '../../../src/core/attention/strongest-heads.ts';
import { firstSelection } from '../../../src/core/attention/selection.ts';
import { thumbnailsOf } from '../../../src/core/views/model/thumbnails.ts';
import { firstView, plainOptions, type ViewState } from '../../../src/core/attention/view.ts';
import type { Port } from '../../../src/protocol/contract.ts';
import {
  panelContract,
  panelHostContract,
  type PanelContract,
  type PanelHostContract,
  type PanelState,
} from '../../../src/protocol/panel.ts';
import { Peer } from '../../../src/protocol/peer.ts';
import { Store } from '../../../webview/state/store.ts';
import { analyses } from '../../ui/panel/page/analyses.ts';
import { explanationOf } from '../../ui/panel/page/explanations.ts';
import { logitPartsOf, scorePartsOf } from '../../ui/panel/page/score-parts.ts';
import { effectsOfHeads } from '../../ui/panel/page/effects.ts';

/** A pair of ports that hand each other copies. */
function ports(): [Port, Port] {
  const listeners = new Map<number, (message: unknown) => void>();
  const port = (own: number, other: number): Port => ({
    post: (message) => {
      const copy = structuredClone(message);
      queueMicrotask(() => listeners.get(other)?.(copy));
    },
    listen: (listener) => {
      listeners.set(own, listener);
      return () => listeners.delete(own);
    },
  });
  return [port(0, 1), port(1, 0)];
}

function setUp({
  gate = Promise.resolve(),
  cut = 0,
  view = null,
}: { gate?: Promise<void>; cut?: number; view?: ViewState | null } = {}) {
  const analysis = analyses.cat();
  const info = { ...analysis, maps: analysis.maps.map(infoOf) };
  const map = analysis.maps[0];
  assert.ok(map);
  const state: PanelState = {
    shown: {
      analysis: 'cat',
      origin: 'cat',
      unedited: null,
      model: 'cat',
      info,
      selection: { ...firstSelection(info), layer: 3 },
      stale: false,
      leftOut: [],
      inEditor: [0],
      measurements: 0,
      first: false,
    },
    busy: null,
    trying: null,
    failure: null,
    view,
    symbol: null,
  };
  const layers: LayerChoice[] = [];
  const told: unknown[] = [];
  const views: unknown[] = [];
  const [panelSide, hostSide] = ports();
  const host = new Peer<PanelHostContract, PanelContract>(
    hostSide,
    panelHostContract,
    {
      state: () => state,
      weights: async ({ layer }) => {
        layers.push(layer);
        await gate;
        return { weights: Float32Array.from(chosenLayer(map, layer)).buffer.slice(cut) };
      },
      thumbnails: ({ size, options }) => {
        const found = thumbnailsOf(map, analysis.sequences, options, size);
        return { ...found, cells: found.cells.buffer };
      },
      heads: () => summariseHeads(map, analysis.sequences),
      strongest: ({ side, first, end }) => strongestHeads(map, analysis.sequences, side, { first, end }),
      effects: ({ position }) => effectsOfHeads(analysis, position),
      token: () => null,
      explain: ({ analysis: _analysis, ...cell }) => explanationOf(analysis, cell),
      distribution: () => null,
      parts: ({ analysis: _analysis, by: _by, ...cell }) => scorePartsOf(analysis, cell),
      logit: ({ token, position }) => logitPartsOf(analysis, token, position),
      compare: ({ analysis: id }) => ({ analysis: id, info, leftOut: [] }),
      picture: () => ({ svg: '' }),
    },
    panelContract,
  );
  let settle: (() => void) | undefined;
  host.on('select', ({ selection }) => {
    told.push(selection);
    settle?.();
  });
  host.on('view', (shown) => {
    views.push(shown);
    settle?.();
  });
  const store = new Store(panelSide, () => settle?.());
  const until = (condition: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      settle = () => {
        if (condition()) resolve();
      };
      settle();
    });
  return { store, host, state, layers, told, views, map, until };
}

test('the frame comes with the weights of the layer shown and no other', async () => {
  const { store, layers, map, until } = setUp();
  await store.refresh();
  await until(() => store.frame !== null);
  assert.deepEqual(layers, [3]);
  assert.deepEqual(store.frame?.weights, layerOf(map, 3));
});

test('a layer passed by is not drawn', async () => {
  let open = (): void => undefined;
  const { store, layers, told, map, until } = setUp({
    gate: new Promise((resolve) => {
      open = resolve;
    }),
  });
  await store.refresh();
  const { selection } = store;
  assert.ok(selection);
  store.select({ ...selection, layer: 4 });
  store.select({ ...selection, layer: 5 });
  open();
  await until(() => store.frame !== null);
  assert.deepEqual(store.frame?.weights, layerOf(map, 5));
  assert.equal(store.frame?.selection.layer, 5);
  assert.deepEqual(layers, [3, 4, 5]);
  assert.equal(told.length, 2);
});

test('another token or head needs no weights', async () => {
  const { store, layers, until } = setUp();
  await store.refresh();
  await until(() => store.frame !== null);
  const { frame } = store;
  assert.ok(frame);
  store.select({ ...frame.selection, token: { side: 'query', index: 2 } });
  assert.equal(store.frame?.spoken, frame.spoken);
  store.select({ ...frame.selection, head: 2 });
  assert.deepEqual(store.frame?.spoken, frame.weights.subarray(2 * 121, 3 * 121));
  assert.deepEqual(layers, [3]);
});

test('weights of the wrong size are a failure in words, not a picture', async () => {
  const { store, until } = setUp({ cut: 4 });
  await store.refresh();
  await until(() => store.failure !== null);
  assert.equal(store.frame, null);
  assert.match(store.failure?.what ?? '', /a layer has 3868 bytes, not 3872/);
});

test('a state that does not hang together is ignored', async () => {
  const { store, host, state, until } = setUp();
  await store.refresh();
  await until(() => store.frame !== null);
  const { shown } = state;
  assert.ok(shown);
  const map = shown.info.maps[0];
  assert.ok(map);
  host.tell('state', {
    ...state,
    shown: { ...shown, analysis: 'broken', info: { ...shown.info, maps: [{ ...map, shape: [6, 8, 99, 11] }] } },
  });
  host.tell('state', {
    ...state,
    shown: { ...shown, analysis: 'broken', info: { ...shown.info, maps: [{ ...map, queries: 7 }] } },
  });
  host.tell('state', { ...state, busy: { stage: 'Running' } });
  await until(() => store.busy !== null);
  assert.equal(store.shown?.analysis, 'cat');
});

test('selections from elsewhere are followed and not told back', async () => {
  const { store, host, told, until } = setUp();
  await store.refresh();
  await until(() => store.frame !== null);
  const selection = store.selection;
  assert.ok(selection);
  host.tell('select', { analysis: 'another', selection: { ...selection, head: 1 } });
  host.tell('select', { analysis: 'cat', selection: { ...selection, head: 4, token: { side: 'key', index: 400 } } });
  await until(() => store.selection?.head === 4);
  assert.equal(store.selection?.token, null);
  assert.deepEqual(told, []);
});

test('a view is told to the host and remembered; the host’s wish is followed, and told as it is shown', async () => {
  const { store, host, views, until } = setUp();
  await store.refresh();
  await until(() => store.frame !== null);
  assert.deepEqual(store.view, firstView);
  store.showView({ ...firstView, options: { ...plainOptions, topK: 5 } });
  await until(() => views.length === 1);
  const wanted: ViewState = { ...firstView, options: { ...plainOptions, unit: 'words' } };
  host.tell('view', { ...wanted, options: { ...wanted.options, topK: 1000 } });
  await until(() => views.length === 2);
  assert.deepEqual(store.view, wanted);
  assert.deepEqual(views[1], wanted);
});

test('the view that the host wants comes before the saved one; a later state does not turn it back', async () => {
  const wanted: ViewState = { ...firstView, options: { ...plainOptions, hideSpecial: true } };
  const { store, host, state, until } = setUp({ view: wanted });
  await store.refresh();
  await until(() => store.frame !== null);
  assert.deepEqual(store.view, wanted);
  store.showView(firstView);
  host.tell('state', { ...state, busy: { stage: 'Running' } });
  await until(() => store.busy !== null);
  assert.deepEqual(store.view, firstView);
});

test('where the model beside is chosen, the one before stands beside it, and the host is told', async () => {
  const wanted: ViewState = { ...firstView, view: 'compare', compare: [{ model: 'other' }] };
  const { store, host, state, views, until } = setUp({ view: wanted });
  await store.refresh();
  const { shown } = state;
  assert.ok(shown);
  // Models are told apart by the names that they are asked for by: two folders may be called alike.
  host.tell('state', { ...state, shown: { ...shown, analysis: 'other', origin: 'other', model: 'other' } });
  await until(() => store.shown?.analysis === 'other');
  assert.deepEqual(store.view.compare, [{ model: 'cat' }]);
  assert.deepEqual(views, [store.view]);
  host.tell('state', { ...state, shown: { ...shown, analysis: 'third', origin: 'third', model: 'other' } });
  host.tell('view', firstView);
  await until(() => views.length === 2);
  assert.deepEqual(views[1], firstView);
});

test('back and forward go through selections and views, and tell the host', async () => {
  const { store, told, views, until } = setUp();
  await store.refresh();
  await until(() => store.frame !== null);
  const start = store.selection;
  assert.ok(start);
  assert.equal(store.canGoBack, false);
  for (const index of [0, 1, 2]) store.select({ ...start, token: { side: 'query', index } }, 'step');
  store.showView({ ...firstView, options: { ...plainOptions, topK: 3 } });
  store.goBack();
  assert.deepEqual([store.view.options.topK, store.selection?.token?.index], [null, 2]);
  store.goBack();
  assert.deepEqual(store.selection, start);
  assert.equal(store.canGoBack, false);
  store.goForward();
  store.goForward();
  assert.deepEqual([store.view.options.topK, store.selection?.token?.index, store.canGoForward], [3, 2, false]);
  await until(() => told.length === 7 && views.length === 3);
});
