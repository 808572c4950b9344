import { partsOfOthers } from '../../attention/layer-words.ts';
import { layerNumber, type Layered } from '../../attention/layers.ts';
import { headMeasures, type HeadMetric } from '../../measures/head-measures.ts';
import type { Palette } from '../../color/palette.ts';
import { textOn, type Rgb } from '../../color/srgb.ts';
import type { Disc, Lines, Rectangle, Text } from '../../picture/marks.ts';
import { lineMark, paperMeasure, textMark } from '../../picture/type.ts';
import { numberedRadius, type Band, type Dot, type LayerLayout, type Strip } from './layout.ts';

/** Where the lines of the axis end, its numbers and its name stand: pixels above the end of the chart. */
const axis = { top: 4, lines: 36, numbers: 26, name: 9 };
const words = { font: 'words', size: 11, anchor: 'middle' } as const;
const measure = paperMeasure(words.size);
/** The distance from the number of a layer to the axis, in pixels. */
const nameSpace = 20;
/** The distance from the axis to the kinds of layers without attention, in pixels. */
const kindSpace = 6;
/** How far the line of a mean stays inside its strip, in pixels. */
const meanInset = 3;

/** The axis below and its lines behind the strips; `nameOf` says what its name becomes. */
export function axisMarks(
  { ticks, left, right, height }: LayerLayout,
  metric: HeadMetric,
  palette: Palette,
  rule: Rgb,
  nameOf: (axis: string) => string = (axis) => axis,
): { readonly lines: readonly Lines[]; readonly texts: readonly Text[] } {
  return {
    lines: ticks.map(({ x }) => lineMark(rule, [x, axis.top, x, height - axis.lines])),
    texts: [
      ...ticks.map(({ x, value }) =>
        textMark(headMeasures[metric].tick(value), x, height - axis.numbers, palette.dim, words),
      ),
      textMark(nameOf(headMeasures[metric].says().axis), (left + right) / 2, height - axis.name, palette.dim, words),
    ],
  };
}

/** A layer's number in the model, and the line of its mean. */
export function stripMarks(
  map: Layered,
  { layer, y, mean }: Strip,
  { left, rowHeight }: LayerLayout,
  isChosen: boolean,
  palette: Palette,
): { readonly name: Text; readonly mean: Lines | null } {
  const half = rowHeight / 2 - meanInset;
  const color = isChosen ? palette.foreground : palette.dim;
  return {
    name: textMark(String(layerNumber(map, layer)), left - nameSpace, y, color, { ...words, bold: isChosen }),
    mean: mean === null ? null : lineMark(palette.dim, [mean, y - half, mean, y + half], { dash: [2, 2] }),
  };
}

/** Layers without attention: their numbers, and what they are, before the lines of the axis. */
export function bandMarks(
  { others, y }: Band,
  { left }: LayerLayout,
  palette: Palette,
): { readonly behind: Rectangle; readonly texts: readonly Text[] } {
  const { range, kinds } = partsOfOthers(others);
  const room = { x: left + 1, width: 2 * kindSpace + measure(kinds, false) };
  return {
    behind: {
      kind: 'rectangle',
      ...room,
      y: y - words.size / 2 - 1,
      height: words.size + 2,
      fill: palette.surface,
      stroke: null,
    },
    texts: [
      textMark(range, left - nameSpace, y, palette.dim, words),
      textMark(kinds, left + kindSpace, y, palette.dim, { ...words, anchor: 'start' }),
    ],
  };
}

/** A head's dot, and its number where there is room for it. */
export function dotMarks(
  { head, x, y }: Dot,
  { radius }: LayerLayout,
  palette: Palette,
): { readonly dot: Disc; readonly number: Text | null } {
  const fill = palette.colorOf(head);
  return {
    dot: { kind: 'disc', x, y, radius, fill, edge: palette.surface },
    number:
      radius === numberedRadius ? textMark(String(head), x, y, textOn(fill), { ...words, size: 10, bold: true }) : null,
  };
}
