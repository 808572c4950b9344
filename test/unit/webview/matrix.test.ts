import assert from 'node:assert/strict';
import { test } from 'node:test';
import { huePalette } from '../../../src/core/color/palette.ts';
import { weightRamp } from '../../../src/core/color/weight-ramp.ts';
import type { Mark, Raster } from '../../../src/core/picture/marks.ts';
import { focusMarks, levelsOf, matrixMarks } from '../../../src/core/views/matrix/marks.ts';
import { pixelsInView, pixelsOf } from '../../../webview/picture/raster.ts';
import {
  cellAt,
  labelStep,
  layoutMatrix,
  panned,
  restingCamera,
  revealed,
  zoomed,
  type MatrixLayout,
  type MatrixScene,
} from '../../../src/core/views/matrix/layout.ts';
import { stepped, zoomOf } from '../../../webview/views/matrix/moves.ts';

const labels = { query: 60, key: 60 };
const scene = (queries: number, keys: number, width = 800, height = 600): MatrixScene => ({
  width,
  height,
  queries,
  keys,
  labels,
});
const rasterOf = ({ area, cell, gridX, gridY }: MatrixLayout, weights: Float32Array, columns: number): Raster => ({
  kind: 'raster',
  x: gridX,
  y: gridY,
  cell,
  columns,
  levels: levelsOf(weights),
  ramp: [],
  seen: null,
  view: { x: area.left, y: area.top, width: area.width, height: area.height },
});
const ramp = pixelsOf(weightRamp({ red: 0, green: 0, blue: 0 }, { red: 255, green: 255, blue: 255 }));

test('at rest the whole matrix is in view, whatever its shape and the room', () => {
  for (const [queries, keys] of [
    [1, 1],
    [11, 11],
    [3, 40],
    [40, 3],
    [512, 512],
    [1, 512],
  ] as const) {
    for (const [width, height] of [
      [800, 600],
      [300, 260],
      [1400, 800],
      [60, 40],
    ] as const) {
      const { area, cell, gridX, gridY, rows, columns, most } = layoutMatrix(
        scene(queries, keys, width, height),
        restingCamera,
      );
      assert.deepEqual(
        [rows, columns],
        [
          { first: 0, last: queries - 1 },
          { first: 0, last: keys - 1 },
        ],
      );
      assert.ok(gridX >= area.left && gridX + keys * cell <= area.left + area.width + 1e-6);
      assert.ok(gridY >= area.top && gridY + queries * cell <= area.top + area.height + 1e-6);
      assert.ok(most.x < 1e-6 && most.y < 1e-6 && cell > 0);
    }
  }
});

test('every cell is found under its own middle, and nothing beside the matrix', () => {
  const layout = layoutMatrix(scene(5, 9), restingCamera);
  for (let query = 0; query < 5; query++) {
    for (let key = 0; key < 9; key++) {
      assert.deepEqual(
        cellAt(layout, layout.gridX + (key + 0.5) * layout.cell, layout.gridY + (query + 0.5) * layout.cell),
        { query, key },
      );
    }
  }
  assert.equal(cellAt(layout, 2, 2), null);
  assert.equal(cellAt(layout, layout.gridX - 1, layout.gridY + 1), null);
  assert.equal(cellAt(layout, layout.gridX + 1, layout.gridY + 5 * layout.cell + 1), null);
});

test('zooming keeps what is under the pointer, and ends at both ends', () => {
  const one = scene(200, 200);
  const resting = layoutMatrix(one, restingCamera);
  const at = { x: 400, y: 300 };
  const before = cellAt(resting, at.x, at.y);
  const close = layoutMatrix(one, zoomed(resting, 4, at));
  assert.deepEqual(cellAt(close, at.x, at.y), before);
  assert.ok(close.rows.last - close.rows.first < 199);
  assert.deepEqual(zoomed(close, 1 / 100, at), restingCamera);
  assert.equal(layoutMatrix(one, zoomed(close, 1e9, at)).cell, 72);
});

test('panning stops at the edges; a cell out of sight is brought in, one in sight moves nothing', () => {
  const one = scene(200, 200);
  const close = layoutMatrix(one, zoomed(layoutMatrix(one, restingCamera), 6, { x: 400, y: 300 }));
  const corner = layoutMatrix(one, panned(close, -1e9, 1e9));
  assert.deepEqual([corner.columns.first, corner.rows.last], [0, 199]);
  const there = layoutMatrix(one, revealed(corner, { query: 0, key: 199 }));
  assert.deepEqual([there.rows.first, there.columns.last], [0, 199]);
  assert.deepEqual(revealed(there, { query: 1, key: 198 }), { cell: there.cell, ...there.camera });
});

test('labels are thinned out where rows stand closer than type is high', () => {
  assert.equal(labelStep(layoutMatrix(scene(5, 5), restingCamera)), 1);
  const { cell } = layoutMatrix(scene(512, 512), restingCamera);
  assert.equal(labelStep(layoutMatrix(scene(512, 512), restingCamera)), Math.ceil(12 / cell));
});

test('a label in focus leaves its neighbours whole, or covers them wholly', () => {
  const size = 11;
  /** What rounding may take. */
  const close = 1e-6;
  const black = { red: 0, green: 0, blue: 0 };
  const palette = huePalette('dark', { surface: black, foreground: black, focus: black });
  const look = { palette, measure: (text: string) => 7 * text.length, size };
  const spans = (marks: readonly Mark[], turn: number | undefined): { middle: number; from: number; to: number }[] =>
    marks.flatMap((mark) =>
      mark.kind !== 'group' || mark.turn !== turn
        ? []
        : mark.marks.flatMap((one) =>
            one.kind === 'rectangle' && one.fill
              ? [{ middle: mark.x ?? 0, from: one.y, to: one.y + one.height }]
              : one.kind === 'text'
                ? [{ middle: mark.x ?? 0, from: one.y - size / 2, to: one.y + size / 2 }]
                : [],
          ),
    );
  for (const count of [8, 20, 30, 40, 50, 64, 200]) {
    const names = Array.from({ length: count }, (_, at) => ({ text: `w${at}`, special: false, unknown: false }));
    const picture = { seen: null, levels: new Uint8Array(count ** 2), ramp: [], queries: names, keys: names };
    const layout = layoutMatrix(scene(count, count), restingCamera);
    const resting = matrixMarks(layout, picture, look);
    for (let at = 0; at < count; at++) {
      const focused = focusMarks(layout, picture, { query: at, key: at }, look);
      const [cleared] = focused.filter((mark) => mark.kind === 'rectangle');
      assert.ok(cleared);
      const middle = layout.gridY + (at + 0.5) * layout.cell;
      const ends = [middle - size / 2 - cleared.y, cleared.y + cleared.height - middle - size / 2];
      assert.ok(Math.min(...ends) >= -close, 'the label in focus itself is clear');
      for (const label of resting) {
        if (label.kind !== 'text' || label.text === `w${at}`) continue;
        const inside = label.y - size / 2 >= cleared.y && label.y + size / 2 <= cleared.y + cleared.height;
        const outside =
          label.y + size / 2 <= cleared.y + close || label.y - size / 2 >= cleared.y + cleared.height - close;
        assert.ok(inside || outside, `row ${label.text} of ${count} beside w${at}`);
      }
      const turn = layout.upright ? -90 : -45;
      const [column] = spans(focused, turn);
      assert.ok(column);
      for (const { middle: beside, from, to } of spans(resting, turn)) {
        // Along the turned column the middle of a neighbour lies beside by its distance, seen at the angle of the type.
        const apart = (beside - column.middle) * (layout.upright ? 1 : Math.SQRT1_2);
        if (apart === 0) continue;
        const inside = apart + from >= column.from && apart + to <= column.to;
        const outside = apart + to <= column.from + close || apart + from >= column.to - close;
        assert.ok(inside || outside, `column of ${count} beside w${at}`);
      }
    }
  }
});

test('a single strong weight is seen however small the cells are', () => {
  const weights = new Float32Array(512 * 512);
  weights[300 * 512 + 17] = 1;
  for (const [width, height] of [
    [300, 260],
    [800, 600],
    [1400, 900],
  ] as const) {
    const layout = layoutMatrix(scene(512, 512, width, height), restingCamera);
    const { pixels } = pixelsInView(rasterOf(layout, weights, 512), 1, ramp);
    assert.ok(pixels.includes(ramp[255] ?? 0), `${width} × ${height}`);
  }
});

test('pixels show the cell they lie in, parted by the surface where there is room', () => {
  const layout = layoutMatrix(scene(2, 3), restingCamera);
  for (const ratio of [1, 1.5, 2]) {
    const { width, height, pixels } = pixelsInView(
      rasterOf(layout, Float32Array.of(0, 1, 0.25, 1, 0.04, 0), 3),
      ratio,
      ramp,
    );
    assert.equal(pixels.length, width * height);
    const at = (query: number, key: number): number => {
      const x = Math.floor((layout.gridX - layout.area.left + (key + 0.5) * layout.cell) * ratio);
      const y = Math.floor((layout.gridY - layout.area.top + (query + 0.5) * layout.cell) * ratio);
      return pixels[y * width + x] ?? -1;
    };
    assert.deepEqual(
      [at(0, 0), at(0, 1), at(0, 2), at(1, 0), at(1, 1)],
      [ramp[0], ramp[255], ramp[128], ramp[255], ramp[51]],
    );
    const row = pixels.subarray(0, width);
    const first = row.indexOf(ramp[255] ?? 0);
    assert.ok(
      row.lastIndexOf(ramp[255] ?? 0) - first + 1 < layout.cell * ratio,
      'a line of the surface parts it from the next',
    );
  }
});

test('keys move as in any grid and stay inside', () => {
  const key = (name: string, ctrlKey = false) => ({ key: name, ctrlKey, metaKey: false, altKey: false });
  const extent = { queries: 20, keys: 9, page: 5 };
  const from = { query: 10, key: 4 };
  const moves: [string, boolean, number, number][] = [
    ['ArrowUp', false, 9, 4],
    ['ArrowDown', false, 11, 4],
    ['ArrowLeft', false, 10, 3],
    ['ArrowRight', false, 10, 5],
    ['Home', false, 10, 0],
    ['End', false, 10, 8],
    ['Home', true, 0, 0],
    ['End', true, 19, 8],
    ['PageUp', false, 5, 4],
    ['PageDown', false, 15, 4],
  ];
  for (const [name, ctrl, query, column] of moves)
    assert.deepEqual(stepped(key(name, ctrl), from, extent), { query, key: column }, name);
  assert.deepEqual(stepped(key('ArrowDown'), { query: 19, key: 8 }, extent), { query: 19, key: 8 });
  assert.equal(stepped(key('ArrowDown', true), from, extent), null);
  assert.equal(stepped(key('x'), from, extent), null);
  assert.deepEqual(
    ['+', '=', '-', '0', 'x'].map((name) => zoomOf(key(name))),
    [1.25, 1.25, 0.8, 0, null],
  );
  assert.equal(zoomOf(key('+', true)), null, 'VS Code zooms with Ctrl');
});
