import type { Box } from '../../picture/marks.ts';
import type { Viewport } from '../heads/layout.ts';
import { bottomSpace, layoutGrid, sideSpace, type Grid, type GridContent } from './grid.ts';

/** What the model view shows: the grid of heads, and how many rows and columns the matrix of the head in focus has. */
export interface ModelContent extends GridContent {
  /** Null where no head is in focus. */
  readonly detail: { readonly queries: number; readonly keys: number } | null;
}

/** The model view in numbers, all in CSS pixels: the grid, and where the matrix of the head in focus stands. */
export interface ModelLayout extends Grid {
  /** Null where there is no room for it. */
  readonly detail: Box | null;
}

/** What parts the detail from the grid. */
const detailGap = 24;
/** The sides that a detail has at least and at most. */
const minDetail = 200;
const maxDetail = 560;
/** Cells smaller than this tell no more than a thumbnail does. */
const minCell = 4;
/** The part of a detail's side that its labels leave to cells. */
const cellPart = 0.7;
/** Thumbnails give up to this part of their size to a detail. */
const minShrink = 0.8;

/** Lays out the grid, and beside or below it the matrix of the head in focus where there is room for both. */
export function layoutModel(viewport: Viewport, content: ModelContent): ModelLayout {
  const { width, height } = viewport;
  const whole = layoutGrid(viewport, content);
  const { detail } = content;
  if (!detail) return { ...whole, detail };
  const beside = layoutGrid({ ...viewport, width: width - minDetail - detailGap }, content);
  const below = layoutGrid({ ...viewport, height: height - minDetail }, content);
  const candidates = [
    {
      grid: beside,
      fits: beside.right + detailGap + minDetail + sideSpace <= width && beside.lines.length === whole.lines.length,
      box: sized(beside.right + detailGap, 0, width - sideSpace, height - bottomSpace),
    },
    {
      grid: below,
      fits: below.maxScroll === 0,
      box: sized(below.left + sideSpace, below.contentHeight, width - sideSpace, height - bottomSpace),
    },
  ].filter(({ grid, fits, box }) => fits && isAsGood(grid, whole) && holds(box, detail));
  const [best] = candidates.sort((a, b) => b.grid.tile - a.grid.tile || areaOf(b.box) - areaOf(a.box));
  return best ? { ...best.grid, width, height, detail: best.box } : { ...whole, detail: null };
}

/** A box of bounded sides whose corner is given, within others. */
function sized(x: number, y: number, right: number, bottom: number): Box {
  return { x, y, width: Math.min(maxDetail, right - x), height: Math.min(maxDetail, bottom - y) };
}

/** Whether thumbnails that leave room for a detail are about as large as they would be without, and named as well. */
function isAsGood(grid: Grid, whole: Grid): boolean {
  return grid.tile >= minShrink * whole.tile && (grid.caption > 0 || whole.caption === 0);
}

/** Whether a box is large enough for the cells of a detail. */
function holds({ width, height }: Box, detail: NonNullable<ModelContent['detail']>): boolean {
  if (Math.min(width, height) < minDetail - bottomSpace) return false;
  return cellPart * width >= minCell * detail.keys && cellPart * height >= minCell * detail.queries;
}

function areaOf({ width, height }: Box): number {
  return width * height;
}
