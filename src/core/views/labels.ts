import type { Palette } from '../color/palette.ts';
import type { Mark } from '../picture/marks.ts';
import { fitted, lineMark, textMark, type Measure } from '../picture/type.ts';

/** A row's or column's name. */
export interface Label {
  readonly text: string;
  /** A special token, which is dimmer than words. */
  readonly special: boolean;
  /** What the model does not know, which is dotted under. */
  readonly unknown: boolean;
}

/** How a label is drawn. */
export interface LabelLook {
  readonly palette: Palette;
  readonly measure: Measure;
  readonly size: number;
  /** Whether it is in focus: in full strength, and over the quiet label on the surface. */
  readonly strong: boolean;
}

/** How far below the middle of a label its dots lie, in pixels. */
const dotsBelow = 7;

/** A label that ends or starts at a point, cut to its room. */
export function labelMarks(
  label: Label,
  x: number,
  y: number,
  room: number,
  anchor: 'start' | 'end',
  { palette, measure, size, strong }: LabelLook,
): Mark[] {
  const color = label.special && !strong ? palette.dim : palette.foreground;
  const text = fitted(label.text, room, measure, strong);
  const mark = textMark(text, x, y, color, { anchor, size, bold: strong });
  if (!label.unknown) return [mark];
  const width = measure(text, strong);
  const from = anchor === 'start' ? x : x - width;
  return [mark, lineMark(color, [from, y + dotsBelow, from + width, y + dotsBelow], { dash: [1.5, 2] })];
}
