import type { MapInfo } from '../../attention/map.ts';
import type { HeadPlace } from '../../attention/order.ts';
import type { Palette } from '../../color/palette.ts';
import { blend, type Rgb } from '../../color/srgb.ts';
import { rampSteps } from '../../color/weight-ramp.ts';
import type { Mark, TileSource } from '../../picture/marks.ts';
import type { ModelLayout } from './layout.ts';
import type { Thumbnails } from './thumbnails.ts';

/** How strong a head's colour is where there is no weight, so that a tile is seen as a whole. */
const leastTint = 0.06;

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
    blend(color, surface, leastTint + (1 - leastTint) * (level / (rampSteps - 1))),
  );
}

/** The thumbnails in view; `titleOf` is what a picture says of each to those who ask. */
export function tileMarks(
  layout: ModelLayout,
  source: TileSource,
  titleOf: ((place: HeadPlace) => string) | null = null,
): Mark[] {
  const cell = layout.tile / layout.cells;
  const [left, top] = [(layout.tile - source.columns * cell) / 2, (layout.tile - source.rows * cell) / 2];
  const places = layout.lines.slice(layout.first, layout.last + 1).flatMap(({ tiles }) =>
    tiles.map(({ layer, head, x, y }) => ({
      tile: layer * source.across + head,
      x: x + left,
      y: y - layout.scroll + top,
      ...(titleOf ? { title: titleOf({ layer, head }) } : {}),
    })),
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
