import assert from 'node:assert/strict';
import { test } from 'node:test';
import { summariseHeads, type HeadSummary } from '../../../src/core/attention/roles.ts';
import { firstView } from '../../../src/core/attention/view.ts';
import { paper } from '../../../src/core/picture/paper.ts';
import { exportOf } from '../../../src/core/export/export-of.ts';
import { itemAt } from '../../../src/core/item-at.ts';
import { paperMeasure } from '../../../src/core/picture/type.ts';
import { familyCounts, familyOf, roleFamilies } from '../../../src/core/probe/role-families.ts';
import { measuredRoles } from '../../../src/core/probe/roles.ts';
import {
  dotNear,
  layoutPlane,
  outermost,
  placeLabels,
  stepOnPlane,
  type PlaneDot,
} from '../../../src/core/views/layers/plane-layout.ts';
import { familyMark } from '../../../src/core/views/layers/plane-marks.ts';
import { analyses } from '../../ui/panel/page/analyses.ts';
import { measuredOf } from '../../ui/panel/page/measured.ts';
import { readCsv } from '../export/read-csv.ts';

const analysis = analyses.deep();
const map = itemAt(analysis.maps, 0);
const probe = measuredOf(map);
const summaries = summariseHeads(map, analysis.sequences, [], probe);
const arrows = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'];
const keyOf = ({ layer, head }: { layer: number; head: number }): string => `${layer}.${head}`;

for (const [width, height] of [
  [300, 260],
  [560, 640],
  [1000, 500],
] as const)
  test(`${width} × ${height}: distances between dots are those of the map, as long in every direction, and the scale says how long`, () => {
    const { dots, scale, height: high } = layoutPlane({ width, height }, summaries);
    assert.equal(dots.length, 144);
    assert.ok(scale && high <= Math.max(240, height));
    const unit = scale.length / scale.distance;
    const places = summaries.flat().map(({ place }) => place ?? assert.fail());
    for (const [a, b] of [
      [0, 143],
      [5, 70],
      [12, 13],
      [99, 31],
    ] as const) {
      const [one, other] = [itemAt(dots, a), itemAt(dots, b)];
      const [[x, y], [u, v]] = [itemAt(places, a), itemAt(places, b)];
      const wanted = Math.hypot(x - u, y - v) * unit;
      assert.ok(Math.abs(Math.hypot(one.x - other.x, one.y - other.y) - wanted) < 1e-6);
    }
    for (const { x, y } of dots) assert.ok(x >= 20 && x <= width - 20 && y >= 10 && y <= high - 30);
    assert.ok(scale.x + scale.length < width);
  });

test('arrows lead to the nearest head in their direction, and to almost every head', () => {
  const layout = layoutPlane({ width: 900, height: 600 }, summaries);
  const [first] = layout.dots;
  const reached = new Map<string, PlaneDot>();
  const waiting = [first ?? assert.fail()];
  for (let dot = waiting.pop(); dot; dot = waiting.pop()) {
    if (reached.has(keyOf(dot))) continue;
    reached.set(keyOf(dot), dot);
    for (const key of arrows) {
      const next = stepOnPlane(layout, dot, key) as PlaneDot;
      waiting.push(next);
      if (next === dot || keyOf(next) === keyOf(dot)) continue;
      const [x, y] = [next.x - dot.x, next.y - dot.y];
      assert.ok(({ ArrowLeft: -x, ArrowRight: x, ArrowUp: -y, ArrowDown: y }[key] ?? NaN) > 0);
    }
  }
  // Keys for layer and head go to every head by its number, also to one that no arrow ends at.
  assert.ok(reached.size >= 140, `${reached.size} heads`);
  assert.equal(keyOf(stepOnPlane(layout, { layer: 3, head: 3 }, 'Home')), '0.0');
  assert.equal(keyOf(stepOnPlane(layout, { layer: 3, head: 3 }, 'End')), '11.11');
});

test('the dot under a point is the nearest within reach', () => {
  const layout = layoutPlane({ width: 900, height: 600 }, summaries);
  for (const dot of layout.dots.slice(0, 20)) assert.equal(dotNear(layout, dot.x + 0.5, dot.y, 14), dot);
  assert.equal(dotNear(layout, -100, -100, 14), null);
});

test('names of 144 heads lie on no other name and inside; on paper none covers a dot', () => {
  const measure = paperMeasure(11);
  for (const width of [340, 900]) {
    const layout = layoutPlane({ width, height: 600 }, summaries);
    const wanted = [itemAt(layout.dots, 77), itemAt(layout.dots, 3), ...outermost(layout)];
    for (const [dots, isFilled] of [
      [wanted, false],
      [layout.dots, true],
    ] as const) {
      const labels = placeLabels(layout, dots, keyOf, measure, isFilled);
      const boxes = labels.map(({ x, y, text }) => ({
        left: x,
        right: x + measure(text, true),
        top: y - 7,
        bottom: y + 7,
      }));
      assert.ok(labels.length >= (isFilled ? 20 : 4), `${labels.length} names`);
      for (const [at, a] of boxes.entries()) {
        assert.ok(a.left >= 0 && a.right <= width && a.top >= 0 && a.bottom <= layout.height);
        for (const b of boxes.slice(at + 1))
          assert.ok(a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top);
        if (!isFilled) continue;
        const own = itemAt(labels, at).dot;
        const covered = layout.dots.some(
          (dot) => dot !== own && dot.x > a.left && dot.x < a.right && dot.y > a.top && dot.y < a.bottom,
        );
        assert.ok(!covered);
      }
    }
    assert.equal(placeLabels(layout, wanted, keyOf, measure)[0]?.dot, wanted[0], 'the first one is named first');
  }
});

test('heads in one place, or none at all, have a map without a scale', () => {
  const place: [number, number] = [0.2, 0.2];
  const same = summaries.map((heads) => heads.map((one): HeadSummary => ({ ...one, place })));
  const { dots, scale } = layoutPlane({ width: 400, height: 300 }, same);
  assert.equal(scale, null);
  for (const { x, y } of dots) assert.ok(x === 200 && y > 0 && y < 300);
  assert.equal(layoutPlane({ width: 400, height: 300 }, summariseHeads(map, analysis.sequences)).dots.length, 0);
});

test('every role is of one family, each of which has a shape of its own', () => {
  const [summary = assert.fail()] = summaries.flat();
  const families = measuredRoles.map((name) =>
    familyOf({ ...summary, measured: [{ name } as NonNullable<HeadSummary['measured']>[number]] }),
  );
  assert.deepEqual(new Set([...families, 'none']), new Set(roleFamilies));
  assert.equal(familyOf({ ...summary, measured: [] }), 'none');
  assert.deepEqual(familyCounts(summaries), [
    { family: 'grammar', heads: 36 },
    { family: 'repetition', heads: 36 },
    { family: 'special', heads: 36 },
    { family: 'none', heads: 36 },
  ]);
  const shapes = roleFamilies.map((family) => {
    const mark = familyMark(family, { x: 0, y: 0 }, 5, paper);
    return JSON.stringify(mark.kind === 'disc' ? mark.fill === paper.surface : mark.points);
  });
  assert.equal(new Set(shapes).size, roleFamilies.length);
});

test('as a file: every head, what distances mean, and the heads most like the one in focus; an error without them', () => {
  const focus = { map: 0, layer: 7, heads: [7] };
  const view = { ...firstView, view: 'layers', chart: 'similarity' } as const;
  const written = (measured: boolean): string =>
    Array.from(
      exportOf('svg-layers', { ...analysis, ...(measured ? { probe } : {}) }, focus, () => assert.fail(), view),
      String,
    ).join('');
  const svg = written(true);
  assert.equal(svg.match(/<title>Head /g)?.length, 144);
  assert.match(svg, /on 32 English sentences\. Two dimensions show 6\d % of the squared distances/);
  assert.match(svg, /font-weight="600"><text[^>]*>7\.7<\/text>/);
  const lines = /<path d="([^"]+)"/.exec(svg)?.[1] ?? '';
  assert.equal(lines.match(/M/g)?.length, 10);
  assert.throws(() => written(false), /not compared with each other/);
});

test('heads as CSV: measures, place and nearest head, empty where they are not known', () => {
  const written = (more: object): string[][] =>
    readCsv(
      Array.from(
        exportOf('csv-heads', { ...analysis, ...more }, { map: 0, layer: null, heads: null }, () => assert.fail()),
        String,
      ).join(''),
    );
  const [names = [], ...rows] = written({ probe });
  assert.equal(rows.length, 144);
  const at = (row: readonly string[], name: string): string => row[names.indexOf(name)] ?? assert.fail(name);
  for (const [index, row] of rows.entries()) {
    const summary = itemAt(summaries.flat(), index);
    assert.equal(`${at(row, 'layer')}.${at(row, 'head')}`, keyOf(summary));
    assert.ok(Math.abs(Number(at(row, 'entropy')) - summary.entropy) < 1e-6);
    const [x = NaN, y = NaN] = summary.place ?? [];
    assert.ok(Math.abs(Number(at(row, 'x')) - x) < 1e-8 && Math.abs(Number(at(row, 'y')) - y) < 1e-8);
    const [nearest] = summary.similar ?? [];
    assert.equal(`${at(row, 'nearest_layer')}.${at(row, 'nearest_head')}`, nearest && keyOf(nearest));
    assert.equal(Number(at(row, 'nearest_distance')), nearest?.distance);
    assert.equal(at(row, 'effect'), '');
  }
  assert.equal(at(itemAt(rows, 0), 'role'), 'verb-to-subject');
  const [, first = []] = written({});
  assert.deepEqual([at(first, 'x'), at(first, 'nearest_head')], ['', '']);
});
