import { cellsOf } from '../text/width.ts';
import type { Rgb } from '../color/srgb.ts';
import type { Lines, Text } from './marks.ts';

/** The size of tokens on paper, in pixels. */
export const tokenSize = 13;
/** The width of a character of tokens, as a part of their size; wide characters take two. */
const characterWidth = 0.6;

/** The width of a text in pixels, in the type that it will be painted in. */
export type Measure = (text: string, bold: boolean) => number;

/** The width of tokens of a size on paper, where nothing can be measured: by the cells that a terminal gives them. */
export function paperMeasure(size = tokenSize): Measure {
  return (text) => cellsOf(text) * characterWidth * size;
}

/** The room that texts take side by side with nothing else on paper, in pixels. */
export function widthOf(texts: readonly string[], size = tokenSize): number {
  const measure = paperMeasure(size);
  return Math.max(0, ...texts.map((text) => measure(text, false)));
}

/** A text that fits, cut with an ellipsis where it must be. */
export function fitted(text: string, room: number, measure: Measure, bold = false): string {
  if (measure(text, bold) <= room) return text;
  const characters = Array.from(text);
  let [fits, tooLong] = [0, characters.length];
  while (tooLong - fits > 1) {
    const middle = Math.floor((fits + tooLong) / 2);
    if (measure(`${characters.slice(0, middle).join('')}…`, bold) <= room) fits = middle;
    else tooLong = middle;
  }
  return `${characters.slice(0, fits).join('')}…`;
}

/** What a text looks like when nothing else is said. */
export function textMark(text: string, x: number, y: number, color: Rgb, more: Partial<Text> = {}): Text {
  return { kind: 'text', text, x, y, color, size: tokenSize, font: 'tokens', anchor: 'start', bold: false, ...more };
}

/** Straight lines between points, `x y x y` each. */
export function lineMark(color: Rgb, ends: readonly number[], more: Partial<Lines> = {}): Lines {
  return { kind: 'lines', color, opacity: 1, width: 1, dash: [], bend: 0, ends: Float32Array.from(ends), ...more };
}
