import { huePalette, type Palette } from '../color/palette.ts';
import type { Rgb } from '../color/srgb.ts';
import { rampStep } from '../color/weight-ramp.ts';
import type { Mark, Text } from './marks.ts';
import { svgOf } from './svg.ts';
import { textMark, tokenSize, widthOf } from './type.ts';

/** White space around a picture, in pixels. */
export const margin = 24;
/** Where the heading stands, in pixels from the top. */
export const headingLine = 24;
/** The type of words on paper. */
export const words = { font: 'words', size: 11 } as const;
const legendWidth = 180;

const white: Rgb = { red: 255, green: 255, blue: 255 };
const ink: Rgb = { red: 31, green: 31, blue: 31 };
/** The colours of a picture in a file: white, and heads as on a light theme. Nothing on it is in focus. */
export const paper: Palette = huePalette('light', { surface: white, foreground: ink, focus: ink });
/** Lines on paper that only part or frame. */
export const rule: Rgb = { red: 212, green: 212, blue: 212 };

/** What a file shows of one map, and the room that it takes, in pixels. */
export interface Drawing {
  readonly marks: readonly Mark[];
  readonly width: number;
  readonly height: number;
}

/** Drawings side by side as a stand-alone SVG picture. */
export function sheetOf(title: string, drawings: readonly Drawing[]): string {
  let x = 0;
  const marks = drawings.map((drawing): Mark => {
    const group = { kind: 'group', x, marks: drawing.marks } as const;
    x += Math.ceil(drawing.width);
    return group;
  });
  const height = Math.ceil(Math.max(0, ...drawings.map((drawing) => drawing.height)));
  return svgOf(marks, { width: x, height, title, surface: white });
}

/** The line over a drawing. */
export function headingOf(text: string): Text {
  return textMark(text, margin, headingLine, ink);
}

/** The room that a heading takes, margins included, in pixels. */
export function headingWidth(text: string): number {
  return 2 * margin + widthOf([text], tokenSize);
}

/** What the colours mean: a ramp from 0 to 1, and a line of words below it. */
export function rampLegend(x: number, y: number, ramp: readonly Rgb[], says: string): Mark[] {
  const steps = 12;
  const width = legendWidth / steps;
  const swatches = Array.from({ length: steps }, (_, step): Mark => {
    const fill = ramp[rampStep((step + 0.5) / steps)] ?? white;
    return { kind: 'rectangle', x: x + 14 + step * width, y, width: width + 0.5, height: 8, fill, stroke: null };
  });
  return [
    ...swatches,
    textMark('0', x, y + 4, paper.dim, words),
    textMark('1', x + 18 + legendWidth, y + 4, paper.dim, words),
    textMark(says, x, y + 24, paper.dim, words),
  ];
}
