import type { MapInfo } from '../../attention/map.ts';
import type { HeadPlace } from '../../attention/order.ts';
import type { Palette } from '../../color/palette.ts';
import { blend, type Rgb } from '../../color/srgb.ts';
import { rampSteps } from '../../color/weight-ramp.ts';
import type { Box, Mark, Rectangle, TileSource } from '../../picture/marks.ts';
import type { Marked } from '../matrix/marks.ts';
import type { Grid } from './grid.ts';
import type { Thumbnails } from './thumbnails.ts';

/** How strong a head's colour is where there is no weight, so that a tile is seen as a whole. */
const minTint = 0.06;

/**
 * The thumbnails of every head in its own colour over the surface; of a causal map nothing where nothing can be seen.
 * Cells are pooled by their maximum down to `most` a side.
 */
export function tileSourceOf(thumbnails: Thumbnails, map: MapInfo, most: number, palette: Palette): TileSource {
  const [, heads] = map.shape;
  const shrink = Math.min(1, most / Math.max(thumbnails.rows, thumbnails.columns));
  const rows = Math.max(1, Math.round(thumbnails.rows * shrink));
  const columns = Math.max(1, Math.round(thumbnails.columns * shrink));
  return {
    rows,
    columns,
    levels: pooled(thumbnails, rows, columns),
    across: heads,
    ramps: Array.from({ length: heads }, (_, head) => tileRamp(palette.colorOf(head), palette.surface)),
    isZeroSeen: map.kind !== 'causal',
  };
}

/** The colours of a head's thumbnail, by the square root of the weight. */
export function tileRamp(color: Rgb, surface: Rgb): readonly Rgb[] {
  return Array.from({ length: rampSteps }, (_, level) =>
    blend(color, surface, minTint + (1 - minTint) * (level / (rampSteps - 1))),
  );
}

/** How strong the outlines of the row or column in focus are. */
const outline = 0.8;

/**
 * The outlines of the row and the column in focus in every thumbnail in view, around their cells, so that these are
 * seen whole. `shape` is how many rows and columns the map has, `thumbnails` how many of them its thumbnails have.
 */
export function markedMarks(
  layout: Grid,
  source: Pick<TileSource, 'rows' | 'columns'>,
  { query, key }: Marked,
  shape: { readonly queries: number; readonly keys: number },
  thumbnails: Pick<Thumbnails, 'rows' | 'columns'>,
  palette: Palette,
): Rectangle[] {
  const cell = layout.tile / layout.cells;
  const { left, top } = insetOf(layout, source);
  const [width, height] = [source.columns * cell, source.rows * cell];
  const row = query === null ? null : blockOf(query, shape.queries, thumbnails.rows, source.rows);
  const column = key === null ? null : blockOf(key, shape.keys, thumbnails.columns, source.columns);
  const stroke = { color: palette.focus, opacity: outline, width: 1, dash: [] };
  return layout.lines.slice(layout.first, layout.last + 1).flatMap(({ tiles }) =>
    tiles.flatMap(({ head, x, y }) => {
      if (head === null) return [];
      const corner = { x: x + left, y: y - layout.scroll + top };
      return [
        row === null ? null : { ...corner, y: corner.y + row * cell, width, height: cell },
        column === null ? null : { ...corner, x: corner.x + column * cell, width: cell, height },
      ]
        .filter((box) => box !== null)
        .map((box): Rectangle => ({ kind: 'rectangle', ...grown(box), fill: null, stroke }));
    }),
  );
}

/**
 * The cell of a tile that holds a row or column of the map: these are pooled into a thumbnail's, and those into a
 * tile's.
 */
function blockOf(index: number, count: number, pooled: number, drawn: number): number {
  return Math.floor((Math.floor((index * pooled) / count) * drawn) / pooled);
}

function grown({ x, y, width, height }: Box): Box {
  return { x: x - 0.5, y: y - 0.5, width: width + 1, height: height + 1 };
}

/** Where the picture of a tile begins inside it: in its middle where it is not square. */
function insetOf(
  { tile, cells }: Pick<Grid, 'tile' | 'cells'>,
  { rows, columns }: Pick<TileSource, 'rows' | 'columns'>,
): { readonly left: number; readonly top: number } {
  const cell = tile / cells;
  return { left: (tile - columns * cell) / 2, top: (tile - rows * cell) / 2 };
}

/** The thumbnails in view; `titleOf` is what a picture says of each to those who ask. */
export function tileMarks(
  layout: Grid,
  source: TileSource,
  titleOf: ((place: HeadPlace) => string) | null = null,
): Mark[] {
  const cell = layout.tile / layout.cells;
  const { left, top } = insetOf(layout, source);
  const places = layout.lines.slice(layout.first, layout.last + 1).flatMap(({ tiles }) =>
    tiles.flatMap(({ layer, head, x, y }) => {
      if (head === null) return [];
      const corner = { x: x + left, y: y - layout.scroll + top };
      const title = titleOf ? { title: titleOf({ layer, head }) } : {};
      return [{ tile: layer * source.across + head, ...corner, ...title }];
    }),
  );
  return [{ kind: 'tiles', source, cell, places }];
}

/** Levels `[layer][head][row][column]` of fewer rows and columns, each the strongest of its block. */
function pooled(thumbnails: Thumbnails, rows: number, columns: number): Uint8Array {
  if (rows === thumbnails.rows && columns === thumbnails.columns) return thumbnails.cells;
  const tiles = thumbnails.cells.length / (thumbnails.rows * thumbnails.columns);
  const levels = new Uint8Array(tiles * rows * columns);
  const rowOf = spread(thumbnails.rows, rows);
  const columnOf = spread(thumbnails.columns, columns);
  let cell = 0;
  for (let tile = 0; tile < tiles; tile++) {
    for (const row of rowOf) {
      for (const column of columnOf) {
        const at = (tile * rows + row) * columns + column;
        const value = thumbnails.cells[cell++] ?? 0;
        if (value > (levels[at] ?? 0)) levels[at] = value;
      }
    }
  }
  return levels;
}

function spread(from: number, to: number): Uint8Array {
  return Uint8Array.from({ length: from }, (_, index) => Math.floor((index * to) / from));
}
