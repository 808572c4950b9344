import type { Seeing } from '../../attention/map.ts';
import type { SeenKeys } from '../../attention/mask.ts';
import type { Rgb } from '../../color/srgb.ts';
import { rampStep } from '../../color/weight-ramp.ts';
import type { Box, Group, Mark, Rectangle } from '../../picture/marks.ts';
import { lineMark } from '../../picture/type.ts';
import { labelMarks, type Label, type LabelLook } from '../labels.ts';
import { labelStep, type MatrixLayout } from './layout.ts';
import { words } from '../../words/words.ts';

/** Room between a label and the cells, in pixels. */
const labelGap = 6;
/** Room that a label leaves at the end of the view, in pixels. */
const labelEdge = 4;
/** Half the height of what is cleared for a label in focus, in pixels. */
const halfLine = 8;
/** How far the lines of the hatching stand apart, in pixels, and how strong they are. */
const hatchStep = 6;
const hatchOpacity = 0.35;
/** How strong the outlines of row and column are where a cell is in focus. */
const crossing = 0.55;

/** What is drawn: the levels of the weights `[query][key]`, their ramp and the names of rows and columns. */
export interface MatrixPicture {
  /** The columns that a row may see; null where it sees all. */
  readonly seen: ((query: number) => SeenKeys) | null;
  readonly levels: Uint8Array;
  readonly ramp: readonly Rgb[];
  readonly queries: readonly Label[];
  readonly keys: readonly Label[];
}

/** How labels are drawn; which of them are in focus is said by the marks. */
export type MatrixLook = Omit<LabelLook, 'strong'>;

/** What is in focus: a whole row, a whole column, or both where they cross. */
export interface Marked {
  readonly query: number | null;
  readonly key: number | null;
}

/** The steps of the ramp that the weights of a matrix have, `[query][key]`. */
export function levelsOf(weights: Float32Array): Uint8Array {
  return Uint8Array.from(weights, rampStep);
}

/** What hatching means on a map; null where nothing is hatched. */
export function hatchWords({ kind, local, mask }: Seeing): string | null {
  const { names, views } = words();
  if (!local && mask.kind !== 'full') return views.hatchedMask(names.seen(mask, kind));
  return local ? views.hatchedWindow : kind === 'causal' ? views.hatchedMasked : null;
}

/** Cells and labels. */
export function matrixMarks(layout: MatrixLayout, picture: MatrixPicture, look: MatrixLook): Mark[] {
  const { area, cell, gridX, gridY, rows, columns } = layout;
  const { levels, ramp, seen, queries, keys } = picture;
  const view = { x: area.left, y: area.top, width: area.width, height: area.height };
  const step = labelStep(layout, look.size);
  const labels: Mark[] = [];
  for (let query = rows.first - (rows.first % step); query <= rows.last; query += step)
    labels.push(...rowLabel(layout, queries, query, { ...look, strong: false }));
  for (let key = columns.first - (columns.first % step); key <= columns.last; key += step)
    labels.push(...columnLabel(layout, keys, key, { ...look, strong: false }));
  return [
    { kind: 'raster', x: gridX, y: gridY, cell, columns: keys.length, levels, ramp, seen, view },
    ...(seen ? [hatching(layout, keys.length, seen, view, look)] : []),
    ...labels,
  ];
}

/** What a row cannot see is hatched, so that nobody reads it as weights of 0. */
function hatching(
  { cell, gridX, gridY, rows }: MatrixLayout,
  keys: number,
  seen: NonNullable<MatrixPicture['seen']>,
  view: Box,
  { palette }: MatrixLook,
): Group {
  const clip: Box[] = [];
  for (let query = rows.first; query <= rows.last; query++) {
    const y = gridY + query * cell;
    for (const { first, end } of unseenRuns(seen(query), keys))
      clip.push({ x: gridX + first * cell, y, width: (end - first) * cell, height: cell });
  }
  const ends: number[] = [];
  for (let at = 0; at < view.width + view.height; at += hatchStep)
    ends.push(view.x + at, view.y, view.x + at - view.height, view.y + view.height);
  const marks = [lineMark(palette.dim, ends, { opacity: hatchOpacity })];
  return { kind: 'group', clip: [view], marks: [{ kind: 'group', clip, marks }] };
}

/** The runs of columns that a row does not see. */
function unseenRuns(
  { first, end, only }: SeenKeys,
  columns: number,
): { readonly first: number; readonly end: number }[] {
  const seen = only ? Array.from(only, (column) => ({ first: column, end: column + 1 })) : [{ first, end }];
  const runs: { first: number; end: number }[] = [];
  let from = 0;
  for (const run of seen) {
    if (run.first > from) runs.push({ first: from, end: run.first });
    from = run.end;
  }
  if (from < columns) runs.push({ first: from, end: columns });
  return runs;
}

/** What is in focus: the outlines of its row and column, and their names in full strength over the quiet ones. */
export function focusMarks(
  layout: MatrixLayout,
  { queries, keys }: MatrixPicture,
  { query, key }: Marked,
  look: MatrixLook,
): Mark[] {
  const { area, cell, gridX, gridY } = layout;
  const row = query === null ? null : { x: gridX, y: gridY + query * cell, width: keys.length * cell, height: cell };
  const column = key === null ? null : { x: gridX + key * cell, y: gridY, width: cell, height: queries.length * cell };
  const isCell = row !== null && column !== null;
  const outline = (box: Box, width: number, opacity: number): Rectangle => ({
    kind: 'rectangle',
    ...box,
    fill: null,
    stroke: { color: look.palette.focus, opacity, width, dash: [] },
  });
  const marks = [row, column]
    .filter((box) => box !== null)
    .map(({ x, y, width, height }) =>
      outline({ x: x + 0.5, y: y + 0.5, width: width - 1, height: height - 1 }, 1, isCell ? crossing : 1),
    );
  if (isCell) marks.push(outline({ x: column.x, y: row.y, width: column.width, height: row.height }, 2, 1));
  const clip = [{ x: area.left - 1, y: area.top - 1, width: area.width + 2, height: area.height + 2 }];
  const strong = { ...look, strong: true };
  return [
    { kind: 'group', clip, marks },
    ...(query === null ? [] : rowLabel(layout, queries, query, strong)),
    ...(key === null ? [] : columnLabel(layout, keys, key, strong)),
  ];
}

function rowLabel(layout: MatrixLayout, labels: readonly Label[], index: number, look: LabelLook): Mark[] {
  const { area, cell, gridX, gridY } = layout;
  const y = gridY + (index + 0.5) * cell;
  const label = labels[index];
  if (!label || y < area.top || y > area.top + area.height) return [];
  const right = Math.max(gridX, area.left) - labelGap;
  const { before, after } = clearance(index, cell, labelStep(layout, look.size), look);
  const box = { x: right - area.left + labelGap, y: y - before, width: area.left - labelGap + 2 };
  return [
    ...cleared({ ...box, height: before + after }, look),
    ...labelMarks(label, right, y, area.left - labelGap - labelEdge, 'end', look),
  ];
}

function columnLabel(layout: MatrixLayout, labels: readonly Label[], index: number, look: LabelLook): Mark[] {
  const { area, cell, gridX, upright } = layout;
  const x = gridX + (index + 0.5) * cell;
  const label = labels[index];
  if (!label || x < area.left || x > area.left + area.width) return [];
  const room = area.top - labelGap - labelEdge;
  const { before, after } = clearance(index, upright ? cell : cell * Math.SQRT1_2, labelStep(layout, look.size), look);
  const marks = [
    ...cleared({ x: -2, y: -before, width: room, height: before + after }, look),
    ...labelMarks(label, 0, 0, upright ? room : (room - halfLine) / Math.SQRT1_2, 'start', look),
  ];
  return [{ kind: 'group', x, y: area.top - labelGap, turn: upright ? -90 : -45, marks }];
}

/** The surface below a label in focus. */
function cleared(box: Box, { strong, palette }: LabelLook): Rectangle[] {
  return strong ? [{ kind: 'rectangle', ...box, fill: palette.surface, stroke: null }] : [];
}

/**
 * How far a label in focus is cleared on either side of its middle, in pixels, where labels lie `spacing` apart and
 * every `step`th is drawn: a label beside it is left whole, or covered wholly where the two would overlap.
 */
function clearance(
  index: number,
  spacing: number,
  step: number,
  { size }: MatrixLook,
): { readonly before: number; readonly after: number } {
  const past = index % step;
  const side = (apart: number): number => {
    const between = apart * spacing;
    return between < size ? between + size / 2 + 1 : Math.min(halfLine, between - size / 2);
  };
  return { before: side(past === 0 ? step : past), after: side(step - past) };
}
