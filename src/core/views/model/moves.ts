import type { HeadsPlace } from '../../attention/order.ts';
import { gap, topSpace, type Grid, type Tile } from './grid.ts';

/** The tile of a head; null when the layout has none. */
export function tileOf(layout: Grid, { layer, head }: HeadsPlace): Tile | null {
  for (const { tiles } of layout.lines) {
    const found = tiles.find((tile) => tile.layer === layer && tile.head === head);
    if (found) return found;
  }
  return null;
}

/** Where a key leads from a tile: one to the side (over the end of a line), one line up or down, the ends of a line. */
export function stepFrom(layout: Grid, from: Tile, key: string): Tile {
  const line = layout.lines[from.line]?.tiles ?? [];
  const vertical = (by: number): Tile => {
    const tiles = layout.lines[from.line + by]?.tiles ?? line;
    return tiles[Math.min(from.column, tiles.length - 1)] ?? from;
  };
  switch (key) {
    case 'ArrowLeft':
      return line[from.column - 1] ?? layout.lines[from.line - 1]?.tiles.at(-1) ?? from;
    case 'ArrowRight':
      return line[from.column + 1] ?? layout.lines[from.line + 1]?.tiles[0] ?? from;
    case 'ArrowUp':
      return vertical(-1);
    case 'ArrowDown':
      return vertical(1);
    case 'Home':
      return line[0] ?? from;
    case 'End':
      return line.at(-1) ?? from;
    default:
      return from;
  }
}

/** How far to scroll so that a tile and its caption are wholly in view; the present position where they are already. */
export function scrollToTile(layout: Grid, { y, line }: Tile): number {
  const end = y + layout.tile + layout.caption + gap - layout.height;
  return Math.min(layout.maxScroll, Math.max(end, Math.min(layout.scroll, line === 0 ? 0 : Math.max(0, y - topSpace))));
}

/** The head that has the keyboard, or the first one where a filter leaves it out. */
export function shownHead(grid: Grid, active: HeadsPlace): HeadsPlace {
  const first = grid.lines[0]?.tiles[0];
  return first && !tileOf(grid, active) ? { layer: first.layer, head: first.head } : active;
}
