import type { OtherLayers } from '../../attention/layers.ts';
import type { HeadsPlace } from '../../attention/order.ts';
import type { CaptionRooms } from '../captions.ts';
import type { Viewport } from '../heads/layout.ts';

/**
 * What is laid out: heads and feed-forward parts in groups that each begin a new line, and how much larger than
 * fitting.
 */
export interface GridContent {
  readonly groups: readonly (readonly HeadsPlace[])[];
  /** Layers without attention, where each group is a layer; a thin row each. */
  readonly others: readonly OtherLayers[];
  /** The room that the text under a tile needs, in CSS pixels. */
  readonly captions: CaptionRooms;
  readonly zoom: number;
  /** The larger side of a thumbnail, in cells, and how many device pixels a CSS pixel has. */
  readonly cells: number;
  readonly pixelRatio: number;
}

/**
 * One part of the grid, a head, or where `head` is null the feed-forward part of a layer; `x` and `y` are its tile's
 * corner in the unscrolled content, in CSS pixels.
 */
export interface Tile extends HeadsPlace {
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

/** A thin row for layers without attention; `y` is where it begins in the unscrolled content. */
export interface Band {
  readonly others: OtherLayers;
  readonly y: number;
}

/** The grid of heads in numbers, all in CSS pixels. */
export interface Grid {
  readonly width: number;
  readonly height: number;
  readonly scroll: number;
  /** The side of a tile, and the room that a tile has across with its part of the space beside it. */
  readonly tile: number;
  readonly pitch: number;
  /** How many cells a tile holds a side, and how many device pixels each is wide. */
  readonly cells: number;
  readonly scale: number;
  /** The height of the text under each tile; 0 where some word of it would not fit. */
  readonly caption: number;
  readonly left: number;
  /** Where the last tile of the longest line ends. */
  readonly right: number;
  readonly contentHeight: number;
  readonly maxScroll: number;
  readonly lines: readonly Line[];
  readonly bands: readonly Band[];
  /** The lines in view. */
  readonly first: number;
  readonly last: number;
}

export const captionLine = 14;
/** The height of a band, in pixels. */
export const bandHeight = 20;
export const gap = 6;
export const sideSpace = 8;
export const topSpace = 20;
export const bottomSpace = 8;
/** What parts the text under a tile from that of the next. */
const captionGap = 4;
const labelWidth = 26;
const minTile = 20;
/** A whole model is made to fit only as long as its tiles can be told apart. */
const minFitting = 34;
const maxTile = 240;
/** Tiles that are scrolled need not be larger than this. */
const usualTile = 84;
/** Smaller tiles have no text: it would take more room than they do. */
const minCaptioned = 40;
/** Where the view is wide, tiles stand apart for their text, at most by this part of a tile from corner to corner. */
const maxSpread = 1.6;
/** Before tiles become smaller than this, the heads of a layer are broken into several lines. */
const minUnbroken = 26;
/** On paper a tile is about so large, and at most so many stand side by side. */
const paperTile = 72;
const maxAcross = 16;
/** All cells are drawn when they fill at least this part of a tile. */
const minFilled = 0.85;

/** Lays out the grid: everything in view where that is possible, else as wide as the view and scrolled. */
export function layoutGrid(viewport: Viewport, content: GridContent): Grid {
  const left = leftOf(content);
  const inner = Math.max(minTile, viewport.width - left - 2 * sideSpace);
  const fit = fitting(inner, viewport.height, content);
  const wanted = Math.min(inner, Math.max(minTile, Math.round(fit.tile * content.zoom)));
  return placed(viewport, content, { wanted, inner, captioned: fit.captioned || content.zoom > 1 });
}

/**
 * Lays the grid out on paper, as large as it is: tiles of about {@link paperTile} pixels that hold every cell and have
 * room for every word under them, where as many stand side by side.
 */
export function layoutGridOnPaper(content: Omit<GridContent, 'zoom' | 'pixelRatio'>): Grid {
  const { groups, cells, captions } = content;
  const longest = longestOf(content);
  const across = Math.min(maxAcross, groups.length > 1 ? longest : Math.ceil(Math.sqrt(longest)));
  const least = Math.max(paperTile, minForWords(captions));
  const wanted = cells * Math.max(1, Math.ceil(least / cells));
  const inner = across * (wanted + gap) - gap;
  const width = leftOf(content) + 2 * sideSpace + inner;
  const whole = { ...content, zoom: 1, pixelRatio: 1 };
  const how = { wanted, inner, captioned: true };
  const { contentHeight: height } = placed({ width, height: 0, scroll: 0 }, whole, how);
  return placed({ width, height, scroll: 0 }, whole, how);
}

function placed(
  { width, height, scroll: wantedScroll }: Viewport,
  content: GridContent,
  { wanted, inner, captioned }: { readonly wanted: number; readonly inner: number; readonly captioned: boolean },
): Grid {
  const { cells, scale } = gridFor(content.cells, Math.floor(wanted * content.pixelRatio));
  const tile = (cells * scale) / content.pixelRatio;
  const spread = spreadOf(content, wanted, inner);
  const { pitch, caption } = captioned ? spread : { pitch: wanted + gap, caption: 0 };
  const left = leftOf(content);
  const { lines, bands, end } = linesOf(content, { tile, caption, pitch, inner, left: left + sideSpace });
  const contentHeight = Math.max(end, topSpace + tile + caption + gap) + bottomSpace;
  const maxScroll = Math.max(0, contentHeight - height);
  const scroll = Math.min(maxScroll, Math.max(0, wantedScroll));
  const first = Math.max(
    0,
    lines.findLastIndex(({ y }) => y <= scroll),
  );
  const last = lines.findLastIndex(({ y }) => y <= scroll + height);
  const right = Math.max(0, ...lines.map(({ tiles }) => (tiles.at(-1)?.x ?? 0) + tile));
  const size = { width, height, scroll, tile, pitch, cells, scale, caption, left, right };
  return { ...size, contentHeight, maxScroll, lines, bands, first, last };
}

/** The room that the text under a tile has across. */
export function captionRoom({ pitch }: Pick<Grid, 'pitch'>): number {
  return pitch - captionGap;
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
  const longest = longestOf(content);
  for (const captioned of [true, false]) {
    for (let tile = maxTile; tile >= (captioned ? minCaptioned : minFitting); tile--) {
      const caption = captioned ? spreadOf(content, tile, inner).caption : 0;
      if (captioned && caption === 0) continue;
      if (content.groups.length > 1 && perLine(longest, tile, inner) < longest) continue;
      const count = content.groups.reduce(
        (sum, group) => sum + Math.ceil(group.length / perLine(group.length, tile, inner)),
        0,
      );
      const bands = content.others.length * bandHeight;
      if (topSpace + bands + count * (tile + caption + gap) + bottomSpace <= height) return { tile, captioned };
    }
  }
  const whole = Math.floor((inner + gap) / longest) - gap;
  if (whole >= minUnbroken) return { tile: Math.min(usualTile, whole), captioned: true };
  const least = Math.min(inner, Math.max(minCaptioned, minForWords(content.captions)));
  return { tile: Math.floor((inner + gap) / perLine(longest, least, inner)) - gap, captioned: true };
}

/**
 * In how many cells, each so many device pixels wide, a picture of `cells` a side is drawn on at most `pixels` a side:
 * all of them where that fills the tile, else fewer and larger ones.
 */
export function gridFor(cells: number, pixels: number): { readonly cells: number; readonly scale: number } {
  const scale = Math.max(1, Math.floor(pixels / cells));
  if (cells <= pixels && scale * cells >= minFilled * pixels) return { cells, scale };
  const larger = Math.max(1, Math.ceil(pixels / cells));
  return { cells: Math.min(cells, Math.max(1, Math.floor(pixels / larger))), scale: larger };
}

interface Spread {
  readonly pitch: number;
  readonly caption: number;
}

/**
 * How far tiles stand from corner to corner, so that the text under them has room on as few lines as possible, and how
 * high that text is; 0 where some word has no room.
 */
function spreadOf(content: GridContent, tile: number, inner: number): Spread {
  const close = tile + gap;
  const most = Math.min(maxSpread * tile, Math.floor((inner + gap) / perLine(longestOf(content), tile, inner)));
  const pitches = content.captions.map((room) => Math.max(close, Math.ceil(room) + captionGap));
  const lines = tile < minCaptioned ? -1 : pitches.findIndex((pitch) => pitch <= most);
  return { pitch: pitches[lines] ?? close, caption: lines < 0 ? 0 : (lines + 1) * captionLine + 2 };
}

/** The least tile that has room for every word under it. */
function minForWords(captions: CaptionRooms): number {
  return Math.ceil(captions.at(-1) ?? 0) + captionGap - gap;
}

function leftOf({ groups, others }: Pick<GridContent, 'groups' | 'others'>): number {
  return groups.length > 1 || others.length > 0 ? labelWidth : 0;
}

function longestOf({ groups }: Pick<GridContent, 'groups'>): number {
  return Math.max(1, ...groups.map((group) => group.length));
}

/** How many tiles stand side by side; a group that does not fit is broken into lines of about the same length. */
function perLine(count: number, tile: number, inner: number): number {
  const most = Math.max(1, Math.floor((inner + gap) / (tile + gap)));
  return count <= most ? count : Math.ceil(count / Math.ceil(count / most));
}

interface Spacing {
  readonly tile: number;
  readonly caption: number;
  readonly pitch: number;
  readonly inner: number;
  readonly left: number;
}

/** Lines and bands from top to bottom, and where the last of them ends. */
function linesOf(
  { groups, others }: Pick<GridContent, 'groups' | 'others'>,
  { tile, caption, pitch, inner, left }: Spacing,
): { readonly lines: readonly Line[]; readonly bands: readonly Band[]; readonly end: number } {
  const lines: Line[] = [];
  const bands: Band[] = [];
  let y = topSpace;
  const addBands = (before: number): void => {
    for (const one of others.filter((other) => other.before === before)) {
      bands.push({ others: one, y });
      y += bandHeight;
    }
  };
  for (const [at, group] of groups.entries()) {
    addBands(at);
    const across = perLine(group.length, pitch - gap, inner);
    for (let start = 0; start < group.length; start += across) {
      const line = lines.length;
      const tiles = group
        .slice(start, start + across)
        .map((place, column) => ({ ...place, line, column, x: left + column * pitch, y }));
      lines.push({ starts: start === 0, y, tiles });
      y += tile + caption + gap;
    }
  }
  addBands(groups.length);
  return { lines, bands, end: y };
}
