import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { headOf } from '../../../src/core/attention/map.ts';
import type { Cell, DotProductExplanation, Explanation } from '../../../src/core/block/explanation.ts';
import { floats } from '../../../src/core/block/numbers.ts';
import { itemAt } from '../../../src/core/item-at.ts';
import { paperMeasure } from '../../../src/core/picture/type.ts';
import { chainOf } from '../../../src/core/views/arithmetic/chain.ts';
import { contentOf, plainChoice } from '../../../src/core/views/arithmetic/content.ts';
import { layoutArithmetic } from '../../../src/core/views/arithmetic/layout.ts';
import { pointedMarks } from '../../../src/core/views/arithmetic/marks.ts';
import { weightNames } from '../../../src/core/views/arithmetic/names.ts';
import { pointedAt } from '../../../src/core/views/arithmetic/pointed-at.ts';
import { paper } from '../../../src/core/picture/paper.ts';
import { analyses, type AnalysisName } from '../../ui/panel/page/analyses.ts';
import { explanationOf } from '../../ui/panel/page/explanations.ts';

const cells: readonly (readonly [AnalysisName, Cell])[] = [
  ['cat', { map: 0, layer: 3, head: 7, query: 6, key: 2 }],
  ['causal', { map: 0, layer: 1, head: 3, query: 4, key: 3 }],
  ['cross', { map: 2, layer: 1, head: 0, query: 3, key: 2 }],
  ['recurrent', { map: 0, layer: 0, head: 0, query: 3, key: 3 }],
  ['t512', { map: 0, layer: 1, head: 3, query: 40, key: 41 }],
];
const choices = { hasControls: true, hasBars: false };

function content(name: AnalysisName, cell: Cell, told: Explanation, choice = plainChoice) {
  const analysis = analyses[name]();
  return contentOf(told, weightNames(itemAt(analysis.maps, cell.map), analysis.sequences, cell), choice);
}

function told(name: AnalysisName, cell: Cell): Explanation {
  return explanationOf(analyses[name](), cell);
}

/** A dot product of two components over a row of given scores. */
function small(change: Partial<DotProductExplanation>, row: readonly number[] = [0, 1, 2]): DotProductExplanation {
  const base = explanationOf(analyses.cat(), { map: 0, layer: 0, head: 0, query: 1, key: 1 });
  assert.ok(base.kind === 'dot-product');
  const plain = { q: floats([1, 2]), k: floats([3, -1]), scale: 1, biases: [], v: floats([1, 0]), key: 1 };
  return { ...base, ...plain, scores: floats(row), weights: floats(row.map(() => 0)), ...change };
}

describe('the arithmetic of a weight', () => {
  for (const [name, cell] of cells)
    it(`${name}: products, score and softmax give the weight of the map`, () => {
      const analysis = analyses[name]();
      const map = itemAt(analysis.maps, cell.map);
      const chain = chainOf(told(name, cell));
      const row = headOf(map, cell.layer, cell.head).subarray(cell.query * map.shape[3]);
      assert.ok(Math.abs(chain.weight - itemAt(row, cell.key)) < 1e-5);
      assert.ok(Math.abs(itemAt(chain.sums, chain.sums.length - 1) - chain.product) < 1e-9);
      for (const [key, weight] of chain.weights.entries()) assert.ok(Math.abs(weight - itemAt(row, key)) < 1e-5);
    });

  it('says why nothing is beside what the head hands over, or why that is unknown', () => {
    const cell = { map: 0, layer: 3, head: 7, query: 6, key: 2 };
    const whole = told('cat', cell);
    assert.ok(whole.output);
    const plain = content('cat', cell, whole);
    const missing = [{ part: 'residual', why: 'it is not added' } as const];
    const alone = content('cat', cell, { ...whole, output: { ...whole.output, beside: null }, missing });
    assert.equal(alone.lengths.length, plain.lengths.length - 2);
    assert.deepEqual(alone.output.slice(0, -1), plain.output);
    assert.match(
      alone.output.at(-1) ?? '',
      /^The residual stream .* not found in the graph \(it is not added\); .*block/,
    );
    const none = content('cat', cell, {
      ...whole,
      output: null,
      missing: [{ part: 'output projection', why: 'a gate' }],
    });
    assert.match(
      none.output.join(),
      /unknown: the output projection was not found .* \(a gate\)\. Switch the head off/,
    );
  });

  it('takes scale, soft cap and biases in their order, and the sinks into the sum', () => {
    assert.equal(chainOf(small({})).score, 1);
    const biased = small({ scale: 2, softcap: 4, biases: [{ name: 'position', value: 0.5 }] });
    assert.ok(Math.abs(chainOf(biased).score - (4 * Math.tanh(0.5) + 0.5)) < 1e-12);
    const { weights, total, sinkPower } = chainOf(small({ sinks: [1] }));
    assert.ok(Math.abs(total - (1 + Math.E + Math.exp(2) + Math.E)) < 1e-9);
    assert.ok(Math.abs(weights.reduce((sum, weight) => sum + weight, 0) + sinkPower / total - 1) < 1e-12);
  });

  it('takes large scores less the largest, so that no power is infinite', () => {
    const chain = chainOf(small({ scale: 1000 }, [900, 1000, 950]));
    assert.equal(chain.shift, 1000);
    assert.equal(chain.weight, 1);
    assert.equal(chainOf(small({})).shift, 0);
  });

  it('gives a masked key no weight, and says so', () => {
    const masked = small({ biases: [{ name: 'mask', value: -Infinity }] }, [0, -Infinity, 2]);
    assert.equal(chainOf(masked).weight, 0);
    assert.deepEqual(chainOf(masked).seen, [0, 2]);
    const cell = { map: 0, layer: 0, head: 0, query: 1, key: 1 };
    assert.match(content('cat', cell, masked).sentences.join(' '), /The mask takes ‘The’ away from ‘The’/);
  });

  it('sorts components by product, largest first', () => {
    const [name, cell] = itemAt(cells, 0);
    const { order, chain } = content(name, cell, told(name, cell), { ...plainChoice, isSorted: true });
    const sorted = order.map((at) => itemAt(chain.products, at));
    assert.deepEqual(
      sorted,
      [...chain.products].sort((a, b) => b - a),
    );
  });

  it('sums up what a long row leaves out, and shows all of it on demand', () => {
    const [name, cell] = itemAt(cells, 4);
    const given = told(name, cell);
    for (const isWhole of [false, true]) {
      const { rows, chain } = content(name, cell, given, { ...plainChoice, isWhole });
      const sum = rows.lines.reduce((all, { weighed }) => all + weighed, 0);
      assert.ok(Math.abs(sum - 1) < 1e-5, `${sum}`);
      assert.ok(rows.lines.some(({ key }) => key === cell.key));
      const named = rows.lines.filter(({ key }) => key !== null).length;
      assert.ok(isWhole ? named === chain.seen.length : named <= 11, `${named}`);
      assert.equal(rows.more, chain.seen.length);
    }
  });
});

describe('the layout of arithmetic', () => {
  for (const [name, cell] of cells)
    for (const width of [300, 400, 560, 1000])
      it(`${name}, ${width} px: everything is inside, and nothing lies over a strip`, () => {
        const layout = layoutArithmetic(content(name, cell, told(name, cell)), width, paperMeasure, choices);
        const { formula, strips, rows, texts } = layout;
        for (const { box } of [...strips, ...rows.rows])
          assert.ok(box.x >= 0 && box.x + box.width <= width + 0.5 && box.y + box.height <= layout.height);
        const { lengths } = content(name, cell, told(name, cell));
        assert.equal(lengths.length, name === 'recurrent' ? 2 : 4);
        const unit =
          Math.max(...layout.lengths.map((bar) => bar.width)) / Math.max(...lengths.map(({ length }) => length));
        for (const [at, bar] of layout.lengths.entries()) {
          assert.ok(bar.x >= 0 && bar.x + bar.width <= width);
          assert.ok(Math.abs(bar.width - Math.max(1.5, unit * itemAt(lengths, at).length)) < 1e-6);
        }
        for (const [at, strip] of strips.entries()) {
          const next = strips[at + 1];
          assert.ok(!next || next.box.y >= strip.box.y + strip.box.height);
          for (const { x, y, anchor } of texts)
            if (y > strip.box.y && y < strip.box.y + strip.box.height)
              assert.ok(anchor === 'end' ? x <= strip.box.x : x >= strip.box.x + strip.box.width);
        }
        assert.ok(formula.every(({ box }) => box.y + box.height <= itemAt(strips, 0).box.y));
      });

  for (const [name, cell] of cells)
    it(`${name}: every symbol is found under its letters and marks more than itself where it has a strip or column`, () => {
      const layout = layoutArithmetic(content(name, cell, told(name, cell)), 1000, paperMeasure, choices);
      const look = { palette: paper, color: paper.foreground, formula: 'words' } as const;
      for (const { segment, box } of layout.formula) {
        if (segment.id === null) continue;
        const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
        assert.equal(pointedAt(layout, middle).part, segment.id);
        assert.ok(segment.says !== '', segment.id);
        const marks = pointedMarks(layout, { part: segment.id, component: null, key: null }, look);
        const own = layout.formula.filter((one) => one.segment.id === segment.id).length;
        const hasMore = !/^(scale|factor|softcap|output|bias:.*)$/.test(segment.id);
        assert.ok(hasMore ? marks.length > own : marks.length === own, segment.id);
      }
      for (const { strip, box } of layout.strips) {
        const found = pointedAt(layout, { x: box.x + box.width * 0.5, y: box.y + 3 });
        assert.equal(found.part, strip.id);
        assert.equal(found.component, Math.floor(strip.values.length / 2));
      }
    });
});
