import assert from 'node:assert/strict';
import { test } from 'node:test';
import { orderHeads } from '../../../src/core/attention/order.ts';
import {
  gridFor,
  layoutModel,
  scrollToTile,
  stepFrom,
  tileOf,
  type ModelLayout,
} from '../../../src/core/views/model/layout.ts';

function layout(
  layers: number,
  heads: number,
  width: number,
  height: number,
  { zoom = 1, scroll = 0, cells = 48, flowing = false } = {},
): ModelLayout {
  const groups = orderHeads(layers, heads, 'layer', null);
  return layoutModel(
    { width, height, scroll },
    { groups: flowing ? [groups.flat()] : groups, captionLines: 1, zoom, cells, pixelRatio: 1 },
  );
}

test('12 × 12 heads fit a panel of 1400 px without scrolling, a line a layer', () => {
  const { maxScroll, lines, tile } = layout(12, 12, 1160, 760);
  assert.equal(maxScroll, 0);
  assert.equal(lines.length, 12);
  assert.ok(lines.every(({ starts, tiles }) => starts && tiles.length === 12));
  assert.ok(tile >= 34, `${tile}`);
});

test('24 × 16 heads scroll, and only lines in view are named', () => {
  const { maxScroll, first, last } = layout(24, 16, 1160, 760, { scroll: 100_000 });
  assert.ok(maxScroll > 0);
  assert.ok(first > 0 && last === 23);
});

test('nothing is wider than the view, whatever its size', () => {
  for (const width of [300, 420, 700, 1400]) {
    for (const [layers, heads] of [
      [2, 32],
      [12, 12],
      [1, 1],
      [24, 16],
    ] as const) {
      for (const zoom of [0.4, 1, 3]) {
        const { lines, tile } = layout(layers, heads, width, 400, { zoom });
        assert.equal(lines.flatMap(({ tiles }) => tiles).length, layers * heads);
        for (const { x } of lines.flatMap(({ tiles }) => tiles))
          assert.ok(x >= 0 && x + tile <= width, `${x} + ${tile} in ${width}`);
      }
    }
  }
});

test('a picture fills its tile: all cells where they do, else fewer that do', () => {
  assert.deepEqual(gridFor(11, 90), { cells: 11, scale: 8 });
  assert.deepEqual(gridFor(48, 90), { cells: 45, scale: 2 });
  assert.deepEqual(gridFor(48, 30), { cells: 30, scale: 1 });
  assert.deepEqual(gridFor(1, 90), { cells: 1, scale: 90 });
});

test('keys go from tile to tile and over the ends of lines', () => {
  const grid = layout(3, 4, 600, 600);
  const at = (layer: number, head: number) => tileOf(grid, { layer, head }) ?? assert.fail();
  const after = (from: [number, number], key: string) => {
    const { layer, head } = stepFrom(grid, at(...from), key);
    return [layer, head];
  };
  assert.deepEqual(after([0, 3], 'ArrowRight'), [1, 0]);
  assert.deepEqual(after([1, 0], 'ArrowLeft'), [0, 3]);
  assert.deepEqual(after([0, 0], 'ArrowLeft'), [0, 0]);
  assert.deepEqual(after([1, 2], 'ArrowUp'), [0, 2]);
  assert.deepEqual(after([2, 2], 'ArrowDown'), [2, 2]);
  assert.deepEqual(after([1, 2], 'Home'), [1, 0]);
  assert.deepEqual(after([1, 2], 'End'), [1, 3]);
});

test('a tile out of view is scrolled to, one in view is left where it is', () => {
  const grid = layout(24, 16, 600, 300);
  const bottom = tileOf(grid, { layer: 23, head: 0 }) ?? assert.fail();
  assert.ok(scrollToTile(grid, bottom) > grid.maxScroll - 40);
  assert.equal(scrollToTile(grid, tileOf(grid, { layer: 0, head: 0 }) ?? assert.fail()), 0);
});
