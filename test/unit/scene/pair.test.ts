import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fitSelection } from '../../../src/core/attention/selection.ts';
import { plainOptions } from '../../../src/core/attention/view.ts';
import { cellInFocus, pairFocus, strongestPair, weightInFocus } from '../../../src/core/scene/pair.ts';
import { Scenes } from '../../../src/core/scene/scene.ts';
import { analyses } from '../../ui/panel/page/analyses.ts';
import { frameOf, frameOfRows } from '../webview/fixture.ts';

const rows = [
  [0.1, 0.7, 0.2],
  [0.5, 0.3, 0.2],
  [0.2, 0.2, 0.6],
];
const pinned = (token: NonNullable<ReturnType<typeof frameOf>['selection']['token']> | null) => {
  const frame = frameOfRows(rows);
  return cellInFocus({ ...frame, selection: { ...frame.selection, token } });
};

describe('the weight in focus', () => {
  it('is that of the pinned pair, or of the strongest partner of the pinned token', () => {
    const at = { map: 0, layer: 0, head: 0 };
    assert.deepEqual(pinned({ side: 'query', index: 1, cell: 2 }), { ...at, query: 1, key: 2 });
    assert.deepEqual(pinned({ side: 'query', index: 1 }), { ...at, query: 1, key: 0 });
    assert.deepEqual(pinned({ side: 'key', index: 1 }), { ...at, query: 0, key: 1 });
    assert.deepEqual(pinned({ side: 'key', index: 1, cell: 2 }), { ...at, query: 2, key: 1 });
    assert.equal(pinned(null), null);
    assert.deepEqual(strongestPair(frameOfRows(rows)), { query: 0, key: 1 });
  });

  it('is of the head of several that gives the pair most, and of none where none is shown', () => {
    const token = { side: 'query', index: 6, cell: 2 } as const;
    const frame = frameOf('cat', { heads: [0, 3, 7], head: null, token });
    const [, , queries, keys] = frame.map.shape;
    const weights = [0, 3, 7].map((head) => frame.weights[(head * queries + 6) * keys + 2] ?? NaN);
    assert.equal(cellInFocus(frame)?.head, [0, 3, 7][weights.indexOf(Math.max(...weights))]);
    assert.equal(cellInFocus(frameOf('cat', { heads: [], head: null, token })), null);
    const analysis = analyses.cat();
    assert.deepEqual(weightInFocus(analysis, frame.selection, plainOptions), cellInFocus(frame));
  });

  it('stays pinned in words, and loses a partner that is hidden or is not there', () => {
    const token = { side: 'query', index: 6, cell: 0 } as const;
    const frame = frameOf('cat', { token });
    const scene = new Scenes<typeof frame>();
    assert.deepEqual(scene.of(frame, plainOptions)?.selection.token, token);
    assert.deepEqual(scene.of(frame, { ...plainOptions, hideSpecial: true })?.selection.token, {
      side: 'query',
      index: 5,
    });
    assert.deepEqual(fitSelection({ ...frame.selection, token: { ...token, cell: 99 } }, frame.info).token, {
      side: 'query',
      index: 6,
    });
    const { map } = frame;
    assert.deepEqual(pairFocus({ query: 1, key: 2 }, map, { direction: 'to' }), { side: 'key', index: 2, cell: 1 });
    assert.deepEqual(pairFocus({ query: 1, key: 2 }, map, { direction: 'both' }), { side: 'query', index: 1, cell: 2 });
  });
});
