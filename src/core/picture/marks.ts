import type { Rgb } from '../color/srgb.ts';

/** Where something is drawn, in pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How a line is drawn; `width` 0 is one pixel of the device, `dash` are lengths of strokes and gaps. */
export interface Stroke {
  readonly color: Rgb;
  readonly opacity: number;
  readonly width: number;
  readonly dash: readonly number[];
}

/**
 * Lines of one look, from `(ends[4i], ends[4i + 1])` to `(ends[4i + 2], ends[4i + 3])`. `bend` is the part of the way
 * across after which a line begins to turn: 0 is straight, more is an S. Where lines of one mark cross they do not
 * darken each other; see {@link maxInStroke}.
 */
export interface Lines extends Stroke {
  readonly kind: 'lines';
  readonly bend: number;
  readonly ends: Float32Array;
}

/** A box that is filled or outlined; the middle of its outline lies on its edges. */
export interface Rectangle extends Box {
  readonly kind: 'rectangle';
  readonly fill: Rgb | null;
  readonly stroke: Stroke | null;
}

/** A disc with an edge of one pixel. */
export interface Disc {
  readonly kind: 'disc';
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly fill: Rgb;
  readonly edge: Rgb;
}

/** A closed shape with an edge of one pixel; `points` are `x y x y …`. */
export interface Polygon {
  readonly kind: 'polygon';
  readonly points: readonly number[];
  readonly fill: Rgb;
  readonly edge: Rgb;
}

/** A line of text; `y` is the middle of its letters, `x` its start, middle or end by `anchor`. */
export interface Text {
  readonly kind: 'text';
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly color: Rgb;
  readonly size: number;
  readonly font: Font;
  readonly anchor: 'start' | 'middle' | 'end';
  readonly bold: boolean;
}

/** The type of tokens, or that of words about them. */
export type Font = 'tokens' | 'words';

/** The columns `[first, end)`; of these `only` some, where that is said. */
interface SeenColumns {
  readonly first: number;
  readonly end: number;
  readonly only?: ReadonlySet<number>;
}

/**
 * A matrix of cells, `levels` of a ramp `[row][column]`, each `cell` pixels a side. Cells of `seen` alone are drawn, of
 * null all. `view` is the part of it that can be seen: nothing outside is drawn, and the cost is that of the view.
 */
export interface Raster {
  readonly kind: 'raster';
  readonly x: number;
  readonly y: number;
  readonly cell: number;
  readonly columns: number;
  readonly levels: Uint8Array;
  readonly ramp: readonly Rgb[];
  readonly seen: ((row: number) => SeenColumns) | null;
  readonly view: Box;
}

/**
 * Small rasters of one shape `[tile][row][column]`, each with a ramp of its own; of a causal map level 0 is not drawn.
 * The object is the same as long as nothing in it changes, so that a painter can keep what it made of it.
 */
export interface TileSource {
  readonly rows: number;
  readonly columns: number;
  readonly levels: Uint8Array;
  /** Tiles that lie `across` apart share a ramp: tile `i` has `ramps[i % across]`. */
  readonly across: number;
  readonly ramps: readonly (readonly Rgb[])[];
  readonly isZeroSeen: boolean;
}

/** Tiles of a source, drawn where `places` says; a cell is `cell` pixels a side. */
export interface Tiles {
  readonly kind: 'tiles';
  readonly source: TileSource;
  readonly cell: number;
  readonly places: readonly TilePlace[];
}

/** Where a tile is drawn, and what a picture says of it to those who ask. */
export interface TilePlace {
  readonly tile: number;
  readonly x: number;
  readonly y: number;
  readonly title?: string;
}

/**
 * Marks that are moved, then turned by `turn` degrees clockwise, cut to the union of `clip`, and fainter together.
 * `title` is what a picture says of them to those who ask.
 */
export interface Group {
  readonly kind: 'group';
  readonly marks: readonly Mark[];
  readonly x?: number;
  readonly y?: number;
  readonly turn?: number;
  readonly clip?: readonly Box[];
  readonly opacity?: number;
  readonly title?: string;
}

/** What pictures are made from. A layout is turned into marks once; canvas and SVG paint the same ones. */
export type Mark = Lines | Rectangle | Disc | Polygon | Text | Raster | Tiles | Group;

/** Longer paths than this take longer to fill than they save: what makes many lines makes a mark of so many. */
export const maxInStroke = 64;
/** From this size of a cell on, in pixels, a line of the surface parts it from the next. */
export const minParted = 10;
