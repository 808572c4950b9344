import type { Palette } from '../../color/palette.ts';
import { blend, type Rgb } from '../../color/srgb.ts';
import type { Box, Font, Mark } from '../../picture/marks.ts';
import { lineMark, textMark } from '../../picture/type.ts';
import { signedRamp } from '../signed-ramp.ts';
import type { ArithmeticContent, Strip } from './content.ts';
import { noteSize, textSize, type ArithmeticLayout, type PlacedText } from './layout.ts';
import type { PartId } from './names.ts';
import { pointedText } from './readout.ts';
import { rowHeight, type PlacedRow, type PlacedRows } from './rows-layout.ts';
import { stripMarks, sumMarks } from './strip-marks.ts';

/** How much of the foreground is in the ground of the pair's row, and in a line that only parts. */
const [chosen, faint] = [0.09, 0.22];
const barHeight = 6;
/** A bar is never thinner: a weight that is there is seen. */
const minBar = 1.5;

/** What the picture is drawn with: `color` is that of the head, `formula` the type of formulas. */
export interface ArithmeticLook {
  readonly palette: Palette;
  readonly color: Rgb;
  readonly formula: Font;
  /** Whether symbols and components say what they are to those who ask, as a picture in a file does. */
  readonly hasTitles?: boolean;
}

/** What is pointed at: a symbol or its strip, a component of the strips by its place, and a row's key. */
export interface Pointed {
  readonly part: PartId | null;
  readonly component: number | null;
  readonly key: number | null;
}

/** The part of the picture that is in view, in its pixels from the top. */
export interface InView {
  readonly top: number;
  readonly bottom: number;
}

/** The whole picture, or what of it is in view. `pair` is the key whose row is marked. */
export function arithmeticMarks(
  layout: ArithmeticLayout,
  content: ArithmeticContent,
  pair: number,
  look: ArithmeticLook,
  view: InView = { top: 0, bottom: layout.height },
): Mark[] {
  const { palette } = look;
  const isSeen = (y: number): boolean => y > view.top - 2 * rowHeight && y < view.bottom + 2 * rowHeight;
  return [
    ...formulaMarks(layout, look),
    ...layout.texts.filter(({ y }) => isSeen(y)).map((text) => placedText(text, palette)),
    ...layout.strips
      .filter(({ box }) => isSeen(box.y))
      .flatMap((strip) => stripMarks(strip, content.order, palette, titlesOf(strip.strip, layout, content, look))),
    ...sumMarks(content.chain, content.order, layout.sums, palette),
    ...signedRamp(layout.legend, palette),
    ...layout.lengths.map(({ isOwn, x, y, width, height }): Mark => {
      const fill = isOwn ? look.color : palette.dim;
      return { kind: 'rectangle', x, y, width, height, fill, stroke: null };
    }),
    ...tableMarks(layout.rows, content.rows.peak, pair, look, isSeen),
  ];
}

/** What is pointed at: its outline, over the picture. */
export function pointedMarks(
  layout: ArithmeticLayout,
  { part, component, key }: Pointed,
  { palette }: ArithmeticLook,
): Mark[] {
  const marks: Mark[] = [];
  const outline = ({ x, y, width, height }: Box): Mark => ({
    kind: 'rectangle',
    x: x - 2,
    y: y - 2,
    width: width + 4,
    height: height + 4,
    fill: null,
    stroke: { color: palette.focus, opacity: 1, width: 1.5, dash: [] },
  });
  if (part !== null) {
    for (const { segment, box } of layout.formula)
      if (segment.id === part)
        marks.push(
          lineMark(palette.focus, [box.x, box.y + box.height, box.x + box.width, box.y + box.height], { width: 2 }),
        );
    for (const { strip, box } of layout.strips) if (strip.id === part) marks.push(outline(box));
    marks.push(...columnMarks(layout, part, outline));
  }
  if (component !== null)
    for (const { strip, box } of layout.strips) {
      if (!strip.meets && strip.id !== part) continue;
      const size = box.width / strip.values.length;
      if (component < strip.values.length)
        marks.push(outline({ ...box, x: box.x + component * size + 1, width: size - 2 }));
    }
  const row = layout.rows.rows.find(({ line }) => key !== null && line.key === key);
  if (row)
    marks.push(outline({ x: row.box.x + 2, y: row.box.y + 2, width: row.box.width - 4, height: row.box.height - 4 }));
  return marks;
}

/** The part of the table that a symbol stands for: the column of scores, of powers or of weights, or its sum. */
function columnMarks({ rows }: ArithmeticLayout, part: PartId, outline: (box: Box) => Mark): readonly Mark[] {
  const { columns, total } = rows;
  const first = rows.rows[0];
  if (!first) return [];
  const column = (from: number, to: number): Box => ({
    x: from,
    y: first.box.y,
    width: to - from,
    height: total.box.y - first.box.y,
  });
  const bars = columns.scoreBar.x + columns.scoreBar.width;
  switch (part) {
    case 'score':
      return [outline(column(columns.name + 10, bars))];
    case 'power':
      return columns.power === null ? [] : [outline(column(bars + 8, columns.power + 4))];
    case 'total':
      return [
        outline(columns.power === null ? total.box : { ...total.box, x: bars + 8, width: columns.power - bars - 4 }),
      ];
    case 'weight':
      return [outline(column(columns.weightBar.x, columns.weight + 4))];
    default:
      return [];
  }
}

/** What the components of a strip are, where the picture tells. */
function titlesOf(
  { id, meets }: Strip,
  layout: ArithmeticLayout,
  content: ArithmeticContent,
  { hasTitles }: ArithmeticLook,
): ((component: number) => string) | null {
  return hasTitles === true
    ? (component) => pointedText(content, layout, { part: meets ? null : id, component })
    : null;
}

function formulaMarks(
  { formula }: ArithmeticLayout,
  { palette, color, formula: font, hasTitles }: ArithmeticLook,
): Mark[] {
  return formula.map(({ segment, text, x, y, size }): Mark => {
    const mark = textMark(text, x, y, segment.strong ? color : segment.id === null ? palette.dim : palette.foreground, {
      size,
      font,
      bold: segment.strong,
    });
    return hasTitles === true && segment.says !== '' ? { kind: 'group', marks: [mark], title: segment.says } : mark;
  });
}

function placedText({ text, x, y, size, anchor, tone }: PlacedText, palette: Palette): Mark {
  const color = tone === 'dim' ? palette.dim : palette.foreground;
  return textMark(text, x, y, color, { size, anchor, font: 'words', bold: tone === 'bold' });
}

function tableMarks(
  { columns, head, heads, rows, total }: PlacedRows,
  peak: { readonly least: number; readonly most: number },
  pair: number,
  look: ArithmeticLook,
  isSeen: (y: number) => boolean,
): Mark[] {
  const { palette } = look;
  const rule = blend(palette.foreground, palette.surface, faint);
  const { x, y, width } = total.box;
  const title = (text: string, at: number): Mark =>
    textMark(text, at, head, palette.dim, { size: noteSize, font: 'words', anchor: 'end' });
  return [
    title(heads.key, columns.name),
    title(heads.score, columns.score),
    ...(columns.power === null ? [] : [title(heads.power, columns.power)]),
    title(heads.weight, columns.weight),
    ...rows
      .filter(({ box }) => isSeen(box.y))
      .flatMap((row) => rowMarks(row, columns, peak, row.line.key === pair, look)),
    lineMark(rule, [x, y, x + width, y]),
    ...rowMarks(total, { ...columns, weightBar: { ...columns.weightBar, width: 0 } }, peak, false, look),
  ];
}

function rowMarks(
  { line, box, name }: PlacedRow,
  columns: PlacedRows['columns'],
  { least, most }: { readonly least: number; readonly most: number },
  isPair: boolean,
  { palette, color }: ArithmeticLook,
): Mark[] {
  const y = box.y + rowHeight / 2;
  const tone = isPair ? palette.foreground : palette.dim;
  const cell = (text: string, x: number, isToken = false): Mark =>
    textMark(text, x, y, tone, { size: textSize, anchor: 'end', bold: isPair, font: isToken ? 'tokens' : 'words' });
  const bar = (x: number, width: number, fill: Rgb): Mark => ({
    kind: 'rectangle',
    x,
    y: y - barHeight / 2,
    width,
    height: barHeight,
    fill,
    stroke: null,
  });
  const { scoreBar, weightBar } = columns;
  const unit = scoreBar.width / (most - least || 1);
  const zero = scoreBar.x - least * unit;
  const scored = line.scored ?? 0;
  const marks: Mark[] = [];
  if (isPair)
    marks.push({
      kind: 'rectangle',
      ...box,
      fill: blend(palette.foreground, palette.surface, chosen),
      stroke: palette.contrast ? { color: palette.foreground, opacity: 1, width: 1, dash: [] } : null,
    });
  marks.push(
    cell(name, columns.name, line.key !== null),
    cell(line.score, columns.score),
    ...(columns.power === null ? [] : [cell(line.power, columns.power)]),
    cell(line.weight, columns.weight),
  );
  if (line.scored !== null && scoreBar.width > 0)
    marks.push(bar(Math.min(zero, zero + scored * unit), Math.max(minBar, Math.abs(scored) * unit), palette.dim));
  if (line.weighed > 0 && weightBar.width > 0)
    marks.push(
      bar(
        weightBar.x,
        Math.max(minBar, Math.min(1, line.weighed) * weightBar.width),
        line.key === null ? palette.dim : color,
      ),
    );
  return marks;
}
