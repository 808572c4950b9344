import type { HeadSummary } from '../../attention/roles.ts';
import type { Palette } from '../../color/palette.ts';
import type { Rectangle } from '../../picture/marks.ts';
import type { Grid } from './grid.ts';

/** The height of a bar, in pixels; between a tile and its caption there is room for it. */
const barHeight = 2;

/**
 * A bar below every tile in view, as long as the effect of its head is beside the largest of all; none before effects
 * were measured.
 */
export function effectMarks(
  {
    lines,
    first,
    last,
    scroll,
    tile,
  }: Grid & { readonly first: number; readonly last: number; readonly scroll: number },
  summaries: readonly (readonly HeadSummary[])[] | null,
  palette: Palette,
): Rectangle[] {
  const most = Math.max(0, ...(summaries ?? []).flat().map(({ effect }) => effect ?? 0));
  if (most === 0) return [];
  return lines.slice(first, last + 1).flatMap(({ tiles }) =>
    tiles.flatMap(({ layer, head, x, y }): Rectangle[] => {
      const width = (tile * (summaries?.[layer]?.[head]?.effect ?? 0)) / most;
      const bar = { x, y: y - scroll + tile, height: barHeight };
      return width < 0.5 ? [] : [{ kind: 'rectangle', ...bar, width, fill: palette.foreground, stroke: null }];
    }),
  );
}
