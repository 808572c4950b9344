import type { HeadSummary } from '../../attention/roles.ts';
import type { Palette } from '../../color/palette.ts';
import type { Mark, Rectangle } from '../../picture/marks.ts';
import { textMark } from '../../picture/type.ts';
import { words } from '../../words/words.ts';
import { partLine, effectOf } from './parts.ts';
import type { Grid } from './grid.ts';
import type { MapInfo } from '../../attention/map.ts';

/** The height of a bar, in pixels; between a tile and its caption there is room for it. */
const barHeight = 2;
/** The text in the tile of a feed-forward part: its size as a part of the tile, and the largest, in pixels. */
const nameSize = { part: 0.36, most: 16 } as const;

interface Corner {
  readonly x: number;
  readonly y: number;
}

/** The lines of a grid that are drawn. */
type DrawnGrid = Grid & { readonly first: number; readonly last: number; readonly scroll: number };

/** The heads of a map, and what is known of them and of the feed-forward parts of their layers. */
interface Parts {
  readonly map: MapInfo;
  readonly summaries: readonly (readonly HeadSummary[])[] | null;
}

/**
 * The tiles of feed-forward parts in view, and a bar below every tile, as long as the effect of its part is beside the
 * largest of all; none of both before effects were measured.
 */
export function effectMarks(grid: DrawnGrid, parts: Parts, palette: Palette): Mark[] {
  const largest = (parts.summaries ?? []).flat().flatMap(({ effect, feedForward }) => [effect, feedForward?.effect.kl]);
  const most = Math.max(0, ...largest.map((effect) => effect ?? 0));
  const tiles = grid.lines.slice(grid.first, grid.last + 1).flatMap((line) => line.tiles);
  return tiles.flatMap((place): Mark[] => {
    const corner = { x: place.x, y: place.y - grid.scroll };
    const part =
      place.head === null
        ? [feedForwardMark(corner, grid.tile, partLine(parts.map, place, parts.summaries), palette)]
        : [];
    const width = most === 0 ? 0 : (grid.tile * (effectOf(parts.summaries, place) ?? 0)) / most;
    return width < 0.5 ? part : [...part, barMark({ ...corner, y: corner.y + grid.tile }, width, palette)];
  });
}

function barMark(corner: Corner, width: number, { foreground }: Palette): Rectangle {
  return { kind: 'rectangle', ...corner, width, height: barHeight, fill: foreground, stroke: null };
}

/** The tile of a feed-forward part: an outline with a name in it, since it has no weights to show. */
function feedForwardMark({ x, y }: Corner, tile: number, title: string, { dim }: Palette): Mark {
  const size = Math.min(nameSize.most, nameSize.part * tile);
  const box = { x: x + 0.5, y: y + 0.5, width: tile - 1, height: tile - 1 };
  const stroke = { color: dim, opacity: 0.5, width: 1, dash: [] };
  const type = { font: 'words', size, anchor: 'middle' } as const;
  const name = textMark(words().effects.short, x + tile / 2, y + tile / 2, dim, type);
  return { kind: 'group', title, marks: [{ kind: 'rectangle', ...box, fill: null, stroke }, name] };
}
