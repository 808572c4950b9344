import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Selection } from '../../../src/core/attention/selection.ts';
import { firstView } from '../../../src/core/attention/view.ts';
import {
  back,
  beginHistory,
  forward,
  maxMoments,
  record,
  type Gesture,
  type History,
} from '../../../webview/state/history.ts';

const at = (layer: number, token: number | null = null) => {
  const selection: Selection = {
    map: 0,
    layer,
    heads: [0],
    head: 0,
    token: token === null ? null : { side: 'query', index: token },
  };
  return { selection, view: firstView, edits: [] };
};
const after = (...moves: [layer: number, token: number | null, gesture: Gesture][]): History =>
  moves.reduce((history, [layer, token, gesture]) => record(history, at(layer, token), gesture), beginHistory(at(0)));

test('steps from token to token are one moment, until something else comes between', () => {
  const history = after([0, 1, 'step'], [0, 2, 'step'], [0, 3, 'step'], [1, 3, 'move'], [1, 4, 'step']);
  assert.deepEqual(history.past, [at(0), at(0, 3), at(1, 3)]);
  assert.deepEqual(history.present, at(1, 4));
});

test('moves of one kind after each other stand each for itself', () => {
  assert.equal(after([1, null, 'move'], [2, null, 'move'], [3, null, 'move']).past.length, 3);
});

test('back and forward meet again; at either end nothing happens', () => {
  const history = after([1, null, 'move'], [2, null, 'move']);
  const start = back(back(history));
  assert.deepEqual(start.present, at(0));
  assert.equal(back(start), start);
  assert.deepEqual(forward(forward(start)), { ...history, gesture: 'move' });
  assert.equal(forward(history), history);
});

test('a new move forgets what lay ahead, and steps after going back begin a moment of their own', () => {
  const history = record(back(after([0, 1, 'step'], [5, 1, 'move'])), at(0, 2), 'step');
  assert.deepEqual(history.past, [at(0), at(0, 1)]);
  assert.deepEqual(history.future, []);
});

test('staying where one is is no move', () => {
  const history = after([1, null, 'move']);
  assert.equal(record(history, at(1), 'move'), history);
});

test('no more moments are kept than it says', () => {
  let history = beginHistory(at(0));
  for (let layer = 1; layer <= maxMoments + 20; layer++) history = record(history, at(layer), 'move');
  assert.equal(history.past.length, maxMoments);
  assert.deepEqual(history.past[0], at(20));
});
