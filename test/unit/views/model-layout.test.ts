import assert from 'node:assert/strict';
import { test } from 'node:test';
import { otherLayers, type LayerKind, type OtherLayers } from '../../../src/core/attention/layers.ts';
import { orderHeads } from '../../../src/core/attention/order.ts';
import { paper } from '../../../src/core/picture/paper.ts';
import { itemAt } from '../../../src/core/item-at.ts';
import { captionIn, captionRooms } from '../../../src/core/views/captions.ts';
import { bandHeight, gridFor } from '../../../src/core/views/model/grid.ts';
import { layoutModel, type ModelContent, type ModelLayout } from '../../../src/core/views/model/layout.ts';
import { markedMarks } from '../../../src/core/views/model/marks.ts';
import { scrollToTile, stepFrom, tileOf } from '../../../src/core/views/model/moves.ts';

function layout(
  layers: number,
  heads: number,
  width: number,
  height: number,
  {
    zoom = 1,
    scroll = 0,
    cells = 48,
    flowing = false,
    detail = null as ModelContent['detail'],
    others = [] as readonly OtherLayers[],
  } = {},
): ModelLayout {
  const groups = orderHeads(layers, heads, 'layer', null);
  return layoutModel(
    { width, height, scroll },
    { groups: flowing ? [groups.flat()] : groups, others, captions: [40], detail, zoom, cells, pixelRatio: 1 },
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

test('the matrix of the head in focus stands beside the grid, or below it, where there is room; the grid stays in view', () => {
  const detail = { queries: 11, keys: 11 };
  const beside = layout(6, 8, 760, 600, { cells: 11, detail });
  const below = layout(6, 8, 440, 760, { cells: 11, detail });
  assert.ok(beside.detail && beside.detail.x >= beside.right, 'beside');
  assert.ok(below.detail && below.detail.y >= below.contentHeight, 'below');
  for (const { detail: box, width, height, maxScroll } of [beside, below]) {
    assert.ok(box && box.x + box.width <= width && box.y + box.height <= height);
    assert.equal(maxScroll, 0);
  }
  assert.equal(layout(6, 8, 300, 300, { cells: 11, detail }).detail, null, 'no room');
  assert.equal(layout(6, 8, 760, 600, { cells: 11 }).detail, null, 'no head in focus');
  assert.equal(layout(6, 8, 760, 600, { detail: { queries: 512, keys: 512 } }).detail, null, 'cells too small to tell');
});

test('a view twice as large has larger thumbnails', () => {
  const [small, large] = [layout(6, 8, 700, 600, { cells: 11 }), layout(6, 8, 1400, 1200, { cells: 11 })];
  assert.ok(large.tile >= 1.6 * small.tile, `${small.tile}, ${large.tile}`);
});

test('captions are broken between words and are whole, or there are none', () => {
  const measure = (text: string): number => 6 * text.length;
  const captions = [['same token'], ['3.1', 'previous'], ['broad']];
  const rooms = captionRooms(captions, measure);
  assert.deepEqual(rooms, [Infinity, 48]);
  assert.deepEqual(captionIn(['same token'], 48, measure), ['same', 'token']);
  for (const room of [48, 60, 100]) {
    const lines = captions.map((caption) => captionIn(caption, room, measure));
    for (const line of lines.flat()) assert.ok(measure(line) <= room, line);
    assert.deepEqual(
      lines.map((all) => all.join(' ')),
      captions.map((all) => all.join(' ')),
    );
  }
});

test('a word with a soft hyphen is broken there where it would not fit, and shows no hyphen where it does', () => {
  const measure = (text: string): number => 6 * text.length;
  const captions = [['prepo\u00ADsition → ob\u00ADject'], ['sepa\u00ADrator']];
  const rooms = captionRooms(captions, measure);
  assert.deepEqual(rooms.slice(0, 3), [
    6 * 'preposition → object'.length,
    6 * 'preposition'.length,
    6 * 'sition →'.length,
  ]);
  assert.deepEqual(captionIn(captions[0] ?? [], rooms[0] ?? 0, measure), ['preposition → object']);
  assert.deepEqual(captionIn(captions[0] ?? [], rooms[2] ?? 0, measure), ['prepo-', 'sition →', 'object']);
  assert.deepEqual(captionIn(captions[1] ?? [], rooms[2] ?? 0, measure), ['sepa-', 'rator']);
  assert.ok(itemAt(rooms, 2) < 6 * 'separator'.length, 'a long word needs no more than its longest part');
});

test('a word with a hyphen of its own is broken after it, and has no second one', () => {
  const measure = (text: string): number => 6 * text.length;
  assert.deepEqual(captionIn(['Feed-Forward 3'], 6 * 8, measure), ['Feed-', 'Forward', '3']);
  assert.deepEqual(captionIn(['Atten\u00ADtion-Bias 1'], 6 * 6, measure), ['Atten-', 'tion-', 'Bias 1']);
  assert.deepEqual(captionIn(['Feed-Forward 3'], 6 * 14, measure), ['Feed-Forward 3']);
});

test('the row and the column in focus are outlined in every tile in view, where the map’s are pooled into them', () => {
  const view = layout(2, 2, 400, 400, { cells: 24 });
  const palette = paper;
  const size = { rows: 24, columns: 24 };
  const shape = { queries: 96, keys: 96 };
  const thumbnails = { rows: 48, columns: 48 };
  const marks = markedMarks(view, size, { query: 95, key: 4 }, shape, thumbnails, palette);
  assert.equal(marks.length, 8);
  const cell = view.tile / view.cells;
  const first = tileOf(view, { layer: 0, head: 0 }) ?? assert.fail();
  assert.ok(Math.abs((marks[0]?.y ?? 0) - (first.y + 23 * cell - 0.5)) < 1e-9);
  assert.ok(Math.abs((marks[1]?.x ?? 0) - (first.x + 1 * cell - 0.5)) < 1e-9);
  assert.deepEqual(markedMarks(view, size, { query: null, key: null }, shape, thumbnails, palette), []);
});

test('layers without attention are thin rows between the others, and part of what has to fit', () => {
  const kinds = Array.from({ length: 24 }, (_, at): LayerKind => (at % 4 === 3 ? 'attention' : 'state-space'));
  const others = otherLayers({ layers: kinds });
  assert.equal(others.length, 6);
  for (const height of [760, 420, 300]) {
    const { lines, bands, contentHeight, maxScroll, tile, caption } = layout(6, 16, 1160, height, { others });
    const plain = layout(6, 16, 1160, height);
    assert.equal(bands.length, 6);
    bands.forEach((band, at) => {
      const line = lines[at] ?? assert.fail();
      assert.equal(line.y, band.y + bandHeight, 'before its layer');
      assert.ok(at === 0 || band.y >= (lines[at - 1]?.y ?? NaN) + tile + caption, 'below the layer before');
    });
    if (maxScroll > 0) assert.ok(contentHeight > height);
    else assert.ok(tile <= plain.tile && contentHeight <= height);
  }
  const last = otherLayers({ layers: ['attention', 'convolution'] });
  const { lines, bands, contentHeight, left } = layout(1, 4, 600, 400, { others: last });
  assert.ok((bands[0]?.y ?? NaN) > (lines.at(-1)?.y ?? NaN) && contentHeight >= (bands[0]?.y ?? NaN) + bandHeight);
  assert.ok(left > 0, 'the number of the only layer that attends has room');
});

test('going up to the first layer shows what is above it', () => {
  const others = otherLayers({ layers: ['convolution', ...Array.from({ length: 12 }, (): LayerKind => 'attention')] });
  const scrolled = layout(12, 16, 500, 300, { others, scroll: 300 });
  const first = tileOf(scrolled, { layer: 0, head: 0 }) ?? assert.fail();
  assert.equal(scrollToTile(scrolled, first), 0);
});
