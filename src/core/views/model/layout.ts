import type { HeadPlace } from '../../attention/order.ts';
import type { Viewport } from '../heads/layout.ts';

/**
 * What is laid out: heads in groups that each begin a new line, lines of text under each tile, how much larger than
 * fitting.
 */
export interface GridContent {
  readonly groups: readonly (readonly HeadPlace[])[];
  readonly captionLines: number;
  readonly zoom: number;
  /** The larger side of a thumbnail, in cells, and how many device pixels a CSS pixel has. */
  readonly cells: number;
  readonly pixelRatio: number;
}

/** One head of the grid; `x` and `y` are its tile's corner in the unscrolled content, in CSS pixels. */
export interface Tile extends HeadPlace {
  readonly line: number;
  readonly column: number;
  readonly x: number;
  readonly y: number;
}

/** One line of the grid; `starts` says whether a group begins here. */
export interface Line {
  readonly starts: boolean;
  readonly y: number;
  readonly tiles: readonly Tile[];
}

/** The model view in numbers, all in CSS pixels. */
export interface ModelLayout {
  readonly width: number;
  readonly height: number;
  readonly scroll: number;
  /** The side of a tile. */
  readonly tile: number;
  /** How many cells a tile holds a side, and how many device pixels each is wide. */
  readonly cells: number;
  readonly scale: number;
  /** The height of the text under each tile; 0 where tiles are too small to carry any. */
  readonly caption: number;
  readonly left: number;
  readonly contentHeight: number;
  readonly maxScroll: number;
  readonly lines: readonly Line[];
  /** The lines in view. */
  readonly first: number;
  readonly last: number;
}

export const captionLine = 14;
const gap = 6;
const labelWidth = 26;
const sideSpace = 8;
const topSpace = 20;
const bottomSpace = 8;
const leastTile = 20;
/** A whole model is made to fit only as long as its tiles can be told apart. */
const leastFitting = 34;
const mostTile = 120;
const usualTile = 84;
/** Smaller tiles have no room for a word. */
const leastCaptioned = 40;
/** Before tiles become smaller than this, the heads of a layer are broken into several lines. */
const leastUnbroken = 26;
/** On paper a tile is about so large, and at most so many stand side by side. */
const paperTile = 72;
const mostAcross = 16;
/** All cells are drawn when they fill at least this part of a tile. */
const leastFilled = 0.85;

/** Lays out the grid: everything in view where that is possible, else as wide as the view and scrolled. */
export function layoutModel(viewport: Viewport, content: GridContent): ModelLayout {
  const { width, height } = viewport;
  const left = content.groups.length > 1 ? labelWidth : 0;
  const inner = Math.max(leastTile, width - left - 2 * sideSpace);
  const fit = fitting(inner, height, content);
  const wanted = Math.min(inner, Math.max(leastTile, Math.round(fit.tile * content.zoom)));
  const { cells, scale } = gridFor(content.cells, Math.floor(wanted * content.pixelRatio));
  const tile = (cells * scale) / content.pixelRatio;
  const caption = wanted >= leastCaptioned && (fit.captioned || content.zoom > 1) ? captionHeight(content) : 0;
  const lines = linesOf(content.groups, { tile, caption, inner, left: left + sideSpace });
  const contentHeight = topSpace + lines.length * (tile + caption + gap) + bottomSpace;
  const maxScroll = Math.max(0, contentHeight - height);
  const scroll = Math.min(maxScroll, Math.max(0, viewport.scroll));
  const step = tile + caption + gap;
  const first = Math.max(0, Math.floor((scroll - topSpace) / step));
  const last = Math.min(lines.length - 1, Math.floor((scroll + height - topSpace) / step));
  return { width, height, scroll, tile, cells, scale, caption, left, contentHeight, maxScroll, lines, first, last };
}

/**
 * Lays the grid out on paper, as large as it is: tiles of about {@link paperTile} pixels that hold every cell, where as
 * many stand side by side.
 */
export function layoutModelOnPaper(groups: GridContent['groups'], captionLines: number, cells: number): ModelLayout {
  const longest = Math.max(1, ...groups.map((group) => group.length));
  const isGrid = groups.length > 1;
  const across = Math.min(mostAcross, isGrid ? longest : Math.ceil(Math.sqrt(longest)));
  const tile = cells * Math.max(1, Math.ceil(paperTile / cells));
  const content = { groups, captionLines, zoom: 1, cells, pixelRatio: 1 };
  const lines = groups.reduce((sum, group) => sum + Math.ceil(group.length / across), 0);
  const width = (isGrid ? labelWidth : 0) + 2 * sideSpace + across * (tile + gap) - gap;
  const height = topSpace + lines * (tile + captionHeight(content) + gap) + bottomSpace;
  const fitted = layoutModel({ width, height, scroll: 0 }, content);
  // Where heads of a layer go on in further lines, the layout may be higher than what it was to fit.
  return fitted.maxScroll > 0 ? layoutModel({ width, height: fitted.contentHeight, scroll: 0 }, content) : fitted;
}

interface Fit {
  readonly tile: number;
  readonly captioned: boolean;
}

/**
 * The largest tile with which all is in view, with names under the tiles or else without; or else one that fills the
 * width.
 */
function fitting(inner: number, height: number, content: GridContent): Fit {
  const longest = Math.max(1, ...content.groups.map((group) => group.length));
  for (const captioned of [true, false]) {
    for (let tile = mostTile; tile >= (captioned ? leastCaptioned : leastFitting); tile--) {
      if (content.groups.length > 1 && perLine(longest, tile, inner) < longest) continue;
      const count = content.groups.reduce(
        (sum, group) => sum + Math.ceil(group.length / perLine(group.length, tile, inner)),
        0,
      );
      const line = tile + (captioned ? captionHeight(content) : 0) + gap;
      if (topSpace + count * line + bottomSpace <= height) return { tile, captioned };
    }
  }
  const whole = Math.floor((inner + gap) / longest) - gap;
  if (whole >= leastUnbroken) return { tile: Math.min(usualTile, whole), captioned: true };
  return { tile: Math.floor((inner + gap) / perLine(longest, leastCaptioned, inner)) - gap, captioned: true };
}

/**
 * In how many cells, each so many device pixels wide, a picture of `cells` a side is drawn on at most `pixels` a side:
 * all of them where that fills the tile, else fewer and larger ones.
 */
export function gridFor(cells: number, pixels: number): { readonly cells: number; readonly scale: number } {
  const scale = Math.max(1, Math.floor(pixels / cells));
  if (cells <= pixels && scale * cells >= leastFilled * pixels) return { cells, scale };
  const larger = Math.max(1, Math.ceil(pixels / cells));
  return { cells: Math.min(cells, Math.max(1, Math.floor(pixels / larger))), scale: larger };
}

function captionHeight({ captionLines }: GridContent): number {
  return captionLines * captionLine + 2;
}

/** How many tiles stand side by side; a group that does not fit is broken into lines of about the same length. */
function perLine(count: number, tile: number, inner: number): number {
  const most = Math.max(1, Math.floor((inner + gap) / (tile + gap)));
  return count <= most ? count : Math.ceil(count / Math.ceil(count / most));
}

function linesOf(
  groups: GridContent['groups'],
  { tile, caption, inner, left }: { tile: number; caption: number; inner: number; left: number },
): Line[] {
  const lines: Line[] = [];
  for (const group of groups) {
    const across = perLine(group.length, tile, inner);
    for (let start = 0; start < group.length; start += across) {
      const line = lines.length;
      const y = topSpace + line * (tile + caption + gap);
      const tiles = group
        .slice(start, start + across)
        .map((place, column) => ({ ...place, line, column, x: left + column * (tile + gap), y }));
      lines.push({ starts: start === 0, y, tiles });
    }
  }
  return lines;
}

/** The tile of a head; null when the layout has none. */
export function tileOf(layout: ModelLayout, { layer, head }: HeadPlace): Tile | null {
  for (const { tiles } of layout.lines) {
    const found = tiles.find((tile) => tile.layer === layer && tile.head === head);
    if (found) return found;
  }
  return null;
}

/** Where a key leads from a tile: one to the side (over the end of a line), one line up or down, the ends of a line. */
export function stepFrom(layout: ModelLayout, from: Tile, key: string): Tile {
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
export function scrollToTile(layout: ModelLayout, { y }: Tile): number {
  const end = y + layout.tile + layout.caption + gap - layout.height;
  return Math.min(layout.maxScroll, Math.max(end, Math.min(layout.scroll, Math.max(0, y - topSpace))));
}
