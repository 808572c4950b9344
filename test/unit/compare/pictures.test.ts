import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { firstSelection } from '../../../src/core/attention/selection.ts';
import { firstView, type ViewState } from '../../../src/core/attention/view.ts';
import { comparisonOf } from '../../../src/core/compare/of-analyses.ts';
import { differencesCsvOf, differencesJsonOf } from '../../../src/core/export/differences.ts';
import { panesOf } from '../../../src/core/views/compare/content.ts';
import { cellUnder } from '../../../src/core/views/compare/layout.ts';
import { inFirst, linkedMarks } from '../../../src/core/views/compare/linked.ts';
import { layOut } from '../../../src/core/views/compare/lines.ts';
import { differenceLevels } from '../../../src/core/views/compare/marks.ts';
import { compareSvgOf } from '../../../src/core/views/compare/paper.ts';
import { analyses } from '../../ui/panel/page/analyses.ts';

describe('pictures and files of a comparison', () => {
  const view: ViewState = { ...firstView, view: 'compare', compare: [{ model: 'luong' }, { model: 't5' }] };
  const given = () => {
    const analysis = analyses.bahdanau();
    return { analysis, sides: [analyses.luong(), analyses.t5()], selection: firstSelection(analysis), view };
  };
  const contents = () => panesOf(comparisonOf(given()), view.compare);
  const measure = (text: string): number => 7 * text.length;
  const measures = { tokens: measure, words: measure };

  it('fit their width, none over another, with cells of one size in a row, and every cell is found where it is', () => {
    for (const width of [300, 560, 700, 1000, 1400]) {
      const { layout, lines } = layOut(contents(), width, measures);
      assert.equal(layout.width, width);
      for (const [at, { box, matrix, matrixAt, notesTop }] of layout.panes.entries()) {
        assert.ok(matrix && matrix.width <= box.width + 1 && notesTop >= matrixAt.y + matrix.height, `${width}: ${at}`);
        for (const other of layout.panes.slice(at + 1)) {
          const apart =
            box.x + box.width <= other.box.x ||
            other.box.x + other.box.width <= box.x ||
            box.y + box.height <= other.box.y;
          assert.ok(apart, `${width}: ${at}`);
        }
        const x = matrixAt.x + matrix.gridX + 2.5 * matrix.cell;
        const y = matrixAt.y + matrix.gridY + 1.5 * matrix.cell;
        assert.deepEqual(cellUnder(layout, x, y), { pane: at, query: 1, key: 2 });
        assert.ok((lines[at] ?? []).every((line) => measure(line) <= box.width || !line.includes(' ')));
      }
    }
  });

  it('lead from a cell to the same words everywhere', () => {
    const marks = linkedMarks(contents(), { query: 1, key: 2 });
    assert.deepEqual(marks, Array(5).fill({ query: 1, key: 2 }));
    assert.deepEqual(inFirst(contents(), { pane: 2, query: 0, key: 8 }), { query: 0, key: null });
    assert.deepEqual(inFirst(contents(), { pane: 4, query: 3, key: 1 }), { query: 3, key: 1 });
  });

  it('have levels by the size of a difference, the sign in the last bit, and none for nothing', () => {
    const levels = differenceLevels(Float32Array.of(0, 1, -1, 0.25, -0.25, 1e-6));
    assert.deepEqual([...levels], [0, 254, 255, 128, 129, 0]);
  });

  it('are written: a picture with names, errors and differences, CSV and JSON that add up', () => {
    const svg = compareSvgOf(given());
    for (const text of [
      'recurrent-bahdanau',
      'layer 1, head 3',
      'alignment error 0.25',
      'Difference',
      'Jensen–Shannon',
    ])
      assert.ok(svg.includes(text), text);
    const [head, ...records] = [...differencesCsvOf(given())].join('').trim().split('\r\n');
    assert.equal(
      head,
      'query,query_token,key,key_token,recurrent-bahdanau,recurrent-general,translation-small,' +
        'recurrent-general - recurrent-bahdanau,translation-small - recurrent-bahdanau',
    );
    assert.equal(records.length, 9 * 8);
    for (const record of records) {
      const [a = NaN, b = NaN, c = NaN, ba = NaN, ca = NaN] = record.split(',').slice(-5).map(Number);
      assert.ok(Math.abs(b - a - ba) < 1e-7 && Math.abs(c - a - ca) < 1e-7, record);
    }
    const { unit, runs } = JSON.parse(differencesJsonOf(given())) as {
      unit: string;
      runs: { name: string; weights: number[][]; difference?: { mean: number }; alignment?: { errorRate: number } }[];
    };
    assert.equal(unit, 'tokens');
    assert.deepEqual(
      runs.map(({ alignment }) => alignment?.errorRate),
      [0.125, 0, 0.25],
    );
    const flat = runs.map(({ weights }) => weights.flat());
    const mean = flat[0]?.reduce((sum, own, at) => sum + Math.abs(own - (flat[1]?.[at] ?? NaN)), 0) ?? NaN;
    assert.ok(Math.abs(mean / 72 - (runs[1]?.difference?.mean ?? NaN)) < 1e-6);
  });

  it('are refused where nothing is compared', () => {
    assert.throws(() => compareSvgOf({ ...given(), sides: [] }), RangeError);
  });
});
