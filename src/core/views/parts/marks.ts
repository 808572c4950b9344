import { termText } from '../../attention/number-words.ts';
import type { Palette } from '../../color/palette.ts';
import { blend, contrast, minContrast, textOn, type Rgb } from '../../color/srgb.ts';
import type { Box, Mark } from '../../picture/marks.ts';
import { lineMark, textMark, type Measure } from '../../picture/type.ts';
import { signedRamp } from '../signed-ramp.ts';
import { boxOfPlace, noteSize, rowHeight, type PartsLayout, type PlacedTerm } from './layout.ts';
import type { PlacedLine } from '../glossary-place.ts';
import { readoutOf, type TablePlace } from './table.ts';

/** How much of the foreground is in a line that only parts. */
const faint = 0.22;
/** A value has its number in its cell from this share of the largest on. */
const minNumbered = 0.12;
const barHeight = 6;
const minBar = 1.5;

/** What the picture is drawn with; `measure` is of numbers in cells. */
export interface PartsLook {
  readonly palette: Palette;
  readonly measure: Measure;
  /** Whether cells say what they are to those who ask, as a picture in a file does. */
  readonly hasTitles?: boolean;
}

/** The whole picture. */
export function partsMarks(layout: PartsLayout, look: PartsLook): Mark[] {
  const { palette } = look;
  const { cells, sums, table } = layout;
  const rule = blend(palette.foreground, palette.surface, palette.contrast ? 1 : faint);
  const bottom = cells.y + cells.height;
  return [
    ...table.values.flatMap((row, at) =>
      row.flatMap((value, column): readonly Mark[] => {
        const place = { row: at, column };
        const marks = cellMarks(boxOfPlace(layout, place), value, table.peak, look);
        return look.hasTitles === true ? [{ kind: 'group', marks, title: readoutOf(table, place) }] : marks;
      }),
    ),
    lineMark(rule, [cells.x, bottom + 0.5, sums + 4, bottom + 0.5]),
    ...layout.lines.map((line) => placedLine(line, palette)),
    ...signedRamp(layout.legend, palette),
    ...layout.terms.flatMap((term) => termMarks(term, rule, palette)),
  ];
}

/** What is pointed at: its outline, over the picture. */
export function pointedMarks(layout: PartsLayout, place: TablePlace | null, { palette }: PartsLook): Mark[] {
  if (!place) return [];
  const { x, y, width, height } = boxOfPlace(layout, place);
  const stroke = { color: palette.focus, opacity: 1, width: 2, dash: [] };
  return [{ kind: 'rectangle', x: x + 1, y: y + 1, width: width - 2, height: height - 2, fill: null, stroke }];
}

/**
 * A cell: a colour from minus to plus, or with high contrast a bar up or down from a line; large ones with their
 * number.
 */
function cellMarks({ x, y, width, height }: Box, value: number, peak: number, { palette, measure }: PartsLook): Mark[] {
  const share = peak > 0 ? Math.abs(value) / peak : 0;
  const color = value < 0 ? palette.signed.minus : palette.signed.plus;
  const inner = { x: x + 0.5, y: y + 0.5, width: width - 1, height: height - 1 };
  const text = termText(value);
  const isNumbered = share >= minNumbered && measure(text, false) <= width - (palette.contrast ? 12 : 4);
  const numberMark = (at: number, on: Rgb, anchor: 'middle' | 'end'): Mark[] =>
    isNumbered
      ? [
          textMark(
            text,
            at,
            y + height / 2,
            contrast(palette.foreground, on) >= minContrast ? palette.foreground : textOn(on),
            { size: noteSize, font: 'words', anchor },
          ),
        ]
      : [];
  if (!palette.contrast) {
    // As in other matrices, so that small terms stay visible.
    const fill = blend(color, palette.surface, Math.sqrt(share));
    return [{ kind: 'rectangle', ...inner, fill, stroke: null }, ...numberMark(x + width / 2, fill, 'middle')];
  }
  const [middle, bar] = [y + height / 2, (share * (height - 6)) / 2];
  const stroke = { color: blend(palette.foreground, palette.surface, faint), opacity: 1, width: 1, dash: [] };
  return [
    { kind: 'rectangle', ...inner, fill: null, stroke },
    {
      kind: 'rectangle',
      x: x + 3,
      y: value < 0 ? middle : middle - bar,
      width: 4,
      height: bar,
      fill: color,
      stroke: null,
    },
    lineMark(color, [x + 2, middle, x + 8, middle]),
    ...numberMark(x + width - 4, palette.surface, 'end'),
  ];
}

function placedLine({ text, x, y, size, anchor, tone }: PlacedLine, palette: Palette): Mark {
  const color = tone === 'dim' ? palette.dim : palette.foreground;
  return textMark(text, x, y, color, { size, anchor, font: 'words', bold: tone === 'bold' });
}

/** The bar of a listed term from the line at 0; with high contrast one below 0 is an outline. */
function termMarks({ value, term, y, zero, end }: PlacedTerm, rule: Rgb, palette: Palette): Mark[] {
  const color = term === null ? palette.dim : value < 0 ? palette.signed.minus : palette.signed.plus;
  const box = {
    x: Math.min(zero, end),
    y: y - barHeight / 2,
    width: Math.max(minBar, Math.abs(end - zero)),
    height: barHeight,
  };
  const isOutline = palette.contrast && value < 0;
  return [
    lineMark(rule, [zero, y - rowHeight / 4, zero, y + rowHeight / 4]),
    {
      kind: 'rectangle',
      ...box,
      fill: isOutline ? null : color,
      stroke: isOutline ? { color, opacity: 1, width: 1, dash: [] } : null,
    },
  ];
}
