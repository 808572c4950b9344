import assert from 'node:assert/strict';
import { test } from 'node:test';
import { strongest } from '../../../src/core/attention/rows.ts';
import { bothWays, partnersOf } from '../../../src/core/scene/links.ts';
import { focusOf } from '../../../webview/state/focus.ts';
import { actionOf } from '../../../webview/state/keys.ts';
import { lockToken, moveOf } from '../../../webview/state/moves.ts';
import { frameOf } from './fixture.ts';

const key = (name: string, more: Partial<KeyboardEvent> = {}) =>
  actionOf({ key: name, ctrlKey: false, altKey: false, metaKey: false, ...more });
const selectionAfter = (...args: Parameters<typeof moveOf>) => {
  const move = moveOf(...args);
  assert.ok(move && 'selection' in move, 'the key moves the selection');
  return move.selection;
};

test('keys of others are left alone, brackets come through AltGr', () => {
  assert.equal(key('ArrowLeft'), 'token-previous');
  assert.equal(key('a', { ctrlKey: true }), null);
  assert.equal(key('x'), null);
  assert.equal(key('[', { ctrlKey: true, altKey: true }), 'layer-down');
  assert.equal(key('[', { metaKey: true }), null);
});

test('tokens: from the first on, and no further than the last', () => {
  const start = frameOf('cat');
  assert.deepEqual(selectionAfter('token-next', start, 'query', null).token, { side: 'query', index: 0 });
  assert.deepEqual(selectionAfter('token-previous', start, 'query', null).token, { side: 'query', index: 10 });
  const last = frameOf('cat', { token: { side: 'query', index: 10 } });
  assert.deepEqual(selectionAfter('token-next', last, 'query', null).token, { side: 'query', index: 10 });
  assert.deepEqual(selectionAfter('token-first', last, 'query', null).token, { side: 'query', index: 0 });
});

test('the other column points at cells, from the strongest on; Enter moves the focus there', () => {
  const frame = frameOf('cat', { token: { side: 'query', index: 6 } });
  const best = strongest(partnersOf(frame, { side: 'query', index: 6 }), 1)[0]?.index;
  assert.deepEqual(moveOf('token-next', frame, 'key', null), { pointer: { side: 'key', index: best } });
  const pointer = { side: 'key', index: 2 } as const;
  assert.deepEqual(moveOf('token-previous', frame, 'key', pointer), { pointer: { side: 'key', index: 1 } });
  assert.deepEqual(selectionAfter('lock', frame, 'key', pointer).token, pointer);
  assert.deepEqual(focusOf(frame.selection, pointer), { token: { side: 'query', index: 6 }, locked: true, cell: 2 });
});

test('layers stop at both ends', () => {
  assert.equal(selectionAfter('layer-up', frameOf('cat', { layer: 5 }), 'query', null).layer, 5);
  assert.equal(selectionAfter('layer-down', frameOf('cat', { layer: 1 }), 'query', null).layer, 0);
});

test('heads: the next one alone, or the next of those shown', () => {
  assert.deepEqual(selectionAfter('head-next', frameOf('cat', { heads: [7], head: 7 }), 'query', null).heads, [0]);
  const several = selectionAfter('head-next', frameOf('cat', { heads: [2, 5], head: 2 }), 'query', null);
  assert.deepEqual([several.heads, several.head], [[2, 5], 5]);
  assert.deepEqual(selectionAfter('head-solo', frameOf('cat', { heads: [2, 5], head: 5 }), 'query', null).heads, [5]);
  assert.equal(selectionAfter('heads-all', frameOf('cat', { heads: [2], head: 2 }), 'query', null).heads.length, 8);
});

test('a second lock unlocks, and a pointer on the same side previews', () => {
  const { selection } = frameOf('cat', { token: { side: 'query', index: 3 } });
  assert.equal(lockToken(selection, { side: 'query', index: 3 }).token, null);
  assert.deepEqual(focusOf(selection, { side: 'query', index: 4 }), {
    token: { side: 'query', index: 4 },
    locked: false,
    cell: null,
  });
  assert.equal(focusOf({ ...selection, token: null }, null), null);
});

test('rows and columns of a map with two sequences are not mixed up', () => {
  const frame = frameOf('cross', { map: 2, layer: 0, heads: [1], head: 1 });
  const [, , queries, keys] = frame.map.shape;
  assert.notEqual(queries, keys);
  assert.equal(partnersOf(frame, { side: 'query', index: 2 }).length, keys);
  assert.equal(partnersOf(frame, { side: 'key', index: 2 }).length, queries);
  assert.equal(bothWays(frame, { side: 'query', index: 2 }).lookedAtBy, null);
});
