import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AnalysisInfo } from '../../../src/core/attention/analysis.ts';
import {
  allHeads,
  firstSelection,
  fitSelection,
  noHeads,
  soloHead,
  toggleHead,
} from '../../../src/core/attention/selection.ts';

const info: AnalysisInfo = {
  model: { id: 'm', family: 'encoder', layers: 4, heads: 3 },
  sequences: [],
  maps: [{ name: 'attention', kind: 'self', queries: 0, keys: 0, shape: [4, 3, 5, 5] }],
  timing: { load: 0, run: 1 },
  notes: [],
};
const first = firstSelection(info);

describe('selection', () => {
  it('opens on the first layer with every head', () => {
    assert.deepEqual(first, { map: 0, layer: 0, heads: [0, 1, 2], head: null, token: null });
  });

  it('opens on the cross-attention of a model that has one, with the heads of that map', () => {
    const translator: AnalysisInfo = {
      ...info,
      maps: [
        { name: 'encoder', kind: 'self', queries: 0, keys: 0, shape: [4, 3, 5, 5] },
        { name: 'decoder', kind: 'causal', queries: 1, keys: 1, shape: [2, 2, 6, 6] },
        { name: 'cross', kind: 'cross', queries: 1, keys: 0, shape: [2, 2, 6, 5] },
      ],
    };
    assert.deepEqual(firstSelection(translator), { map: 2, layer: 0, heads: [0, 1], head: null, token: null });
  });

  it('toggles heads and keeps them sorted; the last one off leaves none', () => {
    const two = toggleHead(first, 1);
    assert.deepEqual(two.heads, [0, 2]);
    assert.deepEqual(toggleHead(two, 1), { ...first, head: 1 });
    const one = soloHead(first, 2);
    assert.deepEqual(one, { ...first, heads: [2], head: 2 });
    assert.deepEqual(toggleHead(one, 2), noHeads(first));
    assert.deepEqual(toggleHead(noHeads(first), 1), soloHead(first, 1));
  });

  it('speaks of the head that is left alone, and of the mean when the focus is switched off', () => {
    assert.equal(toggleHead({ ...first, heads: [0, 1], head: 0 }, 0).head, 1);
    assert.equal(toggleHead({ ...first, head: 1 }, 1).head, null);
    assert.deepEqual(allHeads(soloHead(first, 1), 3), first);
  });

  it('fits a selection of another analysis to this one', () => {
    const wild = { map: 0, layer: 9, heads: [7, 1, 1], head: 7, token: { side: 'key', index: 5 } } as const;
    assert.deepEqual(fitSelection(wild, info), { map: 0, layer: 3, heads: [1], head: null, token: null });
    assert.deepEqual(fitSelection({ ...wild, map: 3 }, info), first);
    assert.deepEqual(fitSelection({ ...first, heads: [7] }, info).heads, [0, 1, 2]);
    assert.deepEqual(fitSelection(noHeads(first), info).heads, []);
  });

  it('speaks of the head itself where a map has only one', () => {
    const one: AnalysisInfo = {
      ...info,
      maps: info.maps.map((map) => ({ ...map, shape: [1, 1, map.shape[2], map.shape[3]] })),
    };
    assert.equal(firstSelection(one).head, 0);
    assert.equal(fitSelection({ ...firstSelection(one), head: null }, one).head, 0);
    assert.equal(allHeads(firstSelection(one), 1).head, 0);
  });
});
