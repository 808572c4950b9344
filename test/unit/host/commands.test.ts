import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstSelection, type Selection } from '../../../src/core/attention/selection.ts';
import { firstView, plainOptions, type ViewState } from '../../../src/core/attention/view.ts';
import type { CommandServices } from '../../../src/host/commands.ts';
import { analyses } from '../../ui/panel/page/analyses.ts';
import '../support/vscode.ts';

const { commandTable } = await import('../../../src/host/commands.ts');

/** The commands of an analysis whose panel shows `view`, and what they ask for. */
function commands(view: ViewState | null) {
  const info = analyses.cat();
  const current = { id: 'cat', info, map: (index: number) => info.maps[index] };
  const asked: ViewState[] = [];
  const selected: Selection[] = [];
  const services = {
    analyses: { current, byId: () => null, show: () => undefined },
    selections: { of: () => firstSelection(info), set: (_: unknown, wanted: Selection) => selected.push(wanted) },
    view: { now: view, request: (wanted: ViewState) => asked.push(wanted) },
  };
  return { table: commandTable(services as unknown as CommandServices), asked, selected };
}

test('a head or a layer that is chosen in the side bar or a hover is one of its own, whatever layers were merged', () => {
  const merged: ViewState = { ...firstView, view: 'matrix', options: { ...plainOptions, layerMerge: 'max', topK: 3 } };
  for (const [name, values] of [
    ['textAttention.focusHead', [0, 0, 2]],
    ['textAttention.focusLayer', [0, 0]],
  ] as const) {
    const { table, asked, selected } = commands(merged);
    table[name]?.(...values);
    assert.deepEqual(asked, [{ ...merged, options: { ...merged.options, layerMerge: null } }], name);
    assert.equal(selected.length, 1);
    for (const view of [firstView, null]) {
      const plain = commands(view);
      plain.table[name]?.(...values);
      assert.deepEqual(plain.asked, [], 'nothing else is asked of the panel');
    }
  }
});
