import type { Box } from '../../picture/marks.ts';
import type { Segment } from './formula.ts';
import type { Measures } from './layout.ts';

/** A piece of a formula that has its place: `x` is the start of `text`, `y` the middle of its letters. */
export interface PlacedSegment {
  readonly segment: Segment;
  /** Without the blanks around it, which are room alone. */
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly box: Box;
}

/** The sizes of the first line of a formula, and of the others; smaller where there is little room. */
const sizes = { wide: [20, 15], narrow: [16, 14] } as const;
const minWide = 520;
/** An exponent or index beside its base: its size, and how far it is moved down, as parts of the size of the base. */
const smallSize = 0.68;
const moved = { base: 0, high: -0.42, low: 0.26 } as const;
const lineFactor = 1.75;
/** A blank, as a part of the size of letters. */
const blank = 0.36;
/** What goes on below begins so far in. */
const indent = 24;

/** Lays formulas out, a line each, broken before an equals sign where there is no room. */
export function layoutFormula(
  formula: readonly (readonly Segment[])[],
  { x, y, width }: Pick<Box, 'x' | 'y' | 'width'>,
  measures: Measures,
): { readonly segments: readonly PlacedSegment[]; readonly bottom: number } {
  const [first, others] = width < minWide ? sizes.narrow : sizes.wide;
  const segments: PlacedSegment[] = [];
  let top = y;
  formula.forEach((line, at) => {
    const size = at === 0 ? first : others;
    const height = size * lineFactor;
    let [across, isFirst] = [x, true];
    for (const piece of piecesOf(line)) {
      const room = piece.reduce((sum, segment) => sum + widthOf(segment, size, measures), 0);
      if (!isFirst && across + room > x + width) {
        top += height;
        across = x + indent;
      }
      isFirst = false;
      for (const segment of piece) {
        const own = sizeOf(segment, size);
        const wide = widthOf(segment, size, measures);
        const text = segment.text.trim();
        const before = blanks(segment.text.slice(0, segment.text.indexOf(text)), own);
        const middle = top + height / 2 + size * moved[segment.level];
        const box = {
          x: across + before,
          y: middle - own * 0.7,
          width: inked(segment, own, measures),
          height: own * 1.4,
        };
        segments.push({ segment, text, x: across + before, y: middle, size: own, box });
        across += wide;
      }
    }
    top += height;
  });
  return { segments, bottom: top };
}

function widthOf(segment: Segment, size: number, measures: Measures): number {
  const own = sizeOf(segment, size);
  const { text } = segment;
  return inked(segment, own, measures) + blanks(' '.repeat(text.length - text.trim().length), own);
}

function sizeOf({ level }: Segment, size: number): number {
  return level === 'base' ? size : size * smallSize;
}

function inked({ text, strong }: Segment, size: number, measures: Measures): number {
  return measures(size)(text.trim(), strong);
}

function blanks(text: string, size: number): number {
  return text.length * blank * size;
}

/** What stays together on a line: all up to the next segment that may begin one. */
function piecesOf(line: readonly Segment[]): readonly (readonly Segment[])[] {
  const pieces: Segment[][] = [];
  for (const segment of line) {
    const last = pieces.at(-1);
    if (!last || segment.breaks) pieces.push([segment]);
    else last.push(segment);
  }
  return pieces;
}
