import type { SeenKeys } from '../../../src/core/attention/map.ts';
import { cssOf, type Rgb } from '../../../src/core/color/srgb.ts';
import { paintCells } from './cells.ts';
import { labelStep, type MatrixLayout } from '../../../src/core/views/matrix/layout.ts';

/** Room between a label and the cells, in CSS pixels. */
const labelGap = 6;
/** How far below the middle of a label its dots lie, in CSS pixels. */
const dotsBelow = 7;
/** How far the lines of the hatching stand apart, in CSS pixels. */
const hatchStep = 6;

/** A row's or column's name. */
export interface Label {
  readonly text: string;
  readonly special: boolean;
  /**
   * What the model reads in its place, or anything but undefined, where it does not know the characters: the label is
   * dotted under.
   */
  readonly unknown?: string | undefined;
}

/** What the matrix looks like: type and colours that a canvas takes. */
export interface MatrixLook {
  readonly font: string;
  readonly text: string;
  readonly dim: string;
  readonly focus: string;
  readonly surface: Rgb;
}

/**
 * What is drawn: the levels of the weights `[query][key]`, the pixels of the ramp and the names of rows and columns.
 */
export interface MatrixPicture {
  /** The columns `[first, end)` that a row may see; null where it sees all. */
  readonly seen: ((query: number) => SeenKeys) | null;
  readonly levels: Uint8Array;
  readonly ramp: Uint32Array;
  readonly queries: readonly Label[];
  readonly keys: readonly Label[];
}

/** What is in focus: a whole row, a whole column, or both where they cross. */
export interface Marked {
  readonly query: number | null;
  readonly key: number | null;
}

/** Draws cells and labels. */
export function drawMatrix(
  context: CanvasRenderingContext2D,
  layout: MatrixLayout,
  picture: MatrixPicture,
  look: MatrixLook,
): void {
  const ratio = context.getTransform().a;
  const { width, height, pixels } = paintCells(layout, ratio, picture.levels, picture.keys.length, picture.ramp);
  const image = new ImageData(new Uint8ClampedArray(pixels.buffer), width, height);
  context.putImageData(image, Math.round(layout.area.left * ratio), Math.round(layout.area.top * ratio));
  if (picture.seen) hatch(context, layout, picture.keys.length, picture.seen, look);
  drawLabels(context, layout, picture, look);
}

/** What a row cannot see is hatched, so that nobody reads it as weights of 0. */
function hatch(
  context: CanvasRenderingContext2D,
  layout: MatrixLayout,
  keys: number,
  seen: NonNullable<MatrixPicture['seen']>,
  look: MatrixLook,
): void {
  const { area, cell, gridX, gridY, rows } = layout;
  context.save();
  clipTo(context, area.left, area.top, area.width, area.height);
  context.beginPath();
  for (let query = rows.first; query <= rows.last; query++) {
    const { first, end } = seen(query);
    context.rect(gridX, gridY + query * cell, first * cell, cell);
    context.rect(gridX + end * cell, gridY + query * cell, (keys - end) * cell, cell);
  }
  context.clip();
  context.beginPath();
  context.strokeStyle = look.dim;
  context.globalAlpha = 0.35;
  context.lineWidth = 1;
  const reach = area.width + area.height;
  for (let at = 0; at < reach; at += hatchStep) {
    context.moveTo(area.left + at, area.top);
    context.lineTo(area.left + at - area.height, area.top + area.height);
  }
  context.stroke();
  context.restore();
}

function drawLabels(
  context: CanvasRenderingContext2D,
  layout: MatrixLayout,
  { queries, keys }: MatrixPicture,
  look: MatrixLook,
): void {
  const step = labelStep(layout);
  const { rows, columns } = layout;
  for (let query = rows.first - (rows.first % step); query <= rows.last; query += step)
    rowLabel(context, layout, queries, query, look, look.font, false);
  for (let key = columns.first - (columns.first % step); key <= columns.last; key += step)
    columnLabel(context, layout, keys, key, look, look.font, false);
}

/** Draws what is in focus: the outlines of its row and column, and their names in full strength over the quiet ones. */
export function drawMarks(
  context: CanvasRenderingContext2D,
  layout: MatrixLayout,
  { queries, keys }: MatrixPicture,
  { query, key }: Marked,
  look: MatrixLook,
): void {
  const { area, cell, gridX, gridY } = layout;
  const row = query === null ? null : { x: gridX, y: gridY + query * cell, width: keys.length * cell, height: cell };
  const column = key === null ? null : { x: gridX + key * cell, y: gridY, width: cell, height: queries.length * cell };
  context.save();
  clipTo(context, area.left - 1, area.top - 1, area.width + 2, area.height + 2);
  context.strokeStyle = look.focus;
  const both = row !== null && column !== null;
  context.lineWidth = 1;
  context.globalAlpha = both ? 0.55 : 1;
  for (const one of [row, column]) if (one) context.strokeRect(one.x + 0.5, one.y + 0.5, one.width - 1, one.height - 1);
  context.globalAlpha = 1;
  context.lineWidth = 2;
  if (both) context.strokeRect(column.x, row.y, column.width, row.height);
  context.restore();
  const strong = `600 ${look.font}`;
  if (query !== null) rowLabel(context, layout, queries, query, look, strong, true);
  if (key !== null) columnLabel(context, layout, keys, key, look, strong, true);
}

function rowLabel(
  context: CanvasRenderingContext2D,
  layout: MatrixLayout,
  labels: readonly Label[],
  index: number,
  look: MatrixLook,
  font: string,
  strong: boolean,
): void {
  const { area, cell, gridX, gridY } = layout;
  const y = gridY + (index + 0.5) * cell;
  const label = labels[index];
  if (!label || y < area.top || y > area.top + area.height) return;
  const right = Math.max(gridX, area.left) - labelGap;
  context.save();
  context.font = font;
  const text = fitted(context, label.text, area.left - labelGap - 4);
  if (strong) clear(context, right - area.left + labelGap, y - 8, area.left - labelGap + 2, 16, look);
  context.fillStyle = label.special && !strong ? look.dim : look.text;
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  context.fillText(text, right, y);
  if (label.unknown !== undefined) dotUnder(context, right - context.measureText(text).width, right, y + dotsBelow);
  context.restore();
}

function columnLabel(
  context: CanvasRenderingContext2D,
  layout: MatrixLayout,
  labels: readonly Label[],
  index: number,
  look: MatrixLook,
  font: string,
  strong: boolean,
): void {
  const { area, cell, gridX, upright } = layout;
  const x = gridX + (index + 0.5) * cell;
  const label = labels[index];
  if (!label || x < area.left || x > area.left + area.width) return;
  const room = area.top - labelGap - 4;
  context.save();
  context.font = font;
  const text = fitted(context, label.text, upright ? room : (room - 8) / Math.SQRT1_2);
  context.translate(x, area.top - labelGap);
  context.rotate(upright ? -Math.PI / 2 : -Math.PI / 4);
  if (strong) clear(context, -2, -8, room, 16, look);
  context.fillStyle = label.special && !strong ? look.dim : look.text;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.fillText(text, 0, 0);
  if (label.unknown !== undefined) dotUnder(context, 0, context.measureText(text).width, dotsBelow);
  context.restore();
}

/** A dotted line under a label, in the colour of its letters. */
function dotUnder(context: CanvasRenderingContext2D, from: number, to: number, y: number): void {
  context.strokeStyle = context.fillStyle;
  context.lineWidth = 1;
  context.setLineDash([1.5, 2]);
  context.beginPath();
  context.moveTo(from, y);
  context.lineTo(to, y);
  context.stroke();
}

function clear(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
  { surface }: MatrixLook,
): void {
  context.fillStyle = cssOf(surface);
  context.fillRect(x, y, width, height);
}

/** A text that fits, cut with an ellipsis where it must be. */
export function fitted(context: CanvasRenderingContext2D, text: string, room: number): string {
  if (context.measureText(text).width <= room) return text;
  const characters = Array.from(text);
  let [fits, tooLong] = [0, characters.length];
  while (tooLong - fits > 1) {
    const middle = Math.floor((fits + tooLong) / 2);
    if (context.measureText(`${characters.slice(0, middle).join('')}…`).width <= room) fits = middle;
    else tooLong = middle;
  }
  return `${characters.slice(0, fits).join('')}…`;
}

function clipTo(context: CanvasRenderingContext2D, x: number, y: number, width: number, height: number): void {
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
}
