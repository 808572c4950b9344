/** A cell of the matrix, counted from 0. */
export interface Cell {
  readonly query: number;
  readonly key: number;
}

/**
 * What the matrix is looked at through: the size of a cell (null: as large as fits) and how far it is moved, in CSS
 * pixels.
 */
export interface Camera {
  readonly cell: number | null;
  readonly x: number;
  readonly y: number;
}

/** What a layout depends on. `labels` are the widths of the longest row and column label, all in CSS pixels. */
export interface MatrixScene {
  readonly width: number;
  readonly height: number;
  readonly queries: number;
  readonly keys: number;
  readonly labels: { readonly query: number; readonly key: number };
}

/** Which of the rows or columns are in view, both ends included. */
export interface Range {
  readonly first: number;
  readonly last: number;
}

/** The matrix in numbers, all in CSS pixels. Cell (q, k) begins at `gridX + k · cell`, `gridY + q · cell`. */
export interface MatrixLayout {
  readonly width: number;
  readonly height: number;
  /** The part of the view that cells may take. */
  readonly area: { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
  readonly cell: number;
  readonly fit: number;
  readonly gridX: number;
  readonly gridY: number;
  readonly camera: { readonly x: number; readonly y: number };
  readonly most: { readonly x: number; readonly y: number };
  readonly rows: Range;
  readonly columns: Range;
  /** Whether labels of columns stand upright; else they lean by 45°. */
  readonly upright: boolean;
}

/** The view before it has been moved. */
export const restingCamera: Camera = { cell: null, x: 0, y: 0 };

const labelGap = 8;
const edge = 8;
const maxFit = 34;
const maxCell = 72;
/** Narrower columns than this have no room for leaning labels. */
export const minLeaning = 18;
/** Labels take at most this part of the view's side, and no more than so many pixels. */
const maxLabelPart = 0.3;
const maxLabel = 140;
/** Rows and columns of labels that stand closer than this are thinned out. */
const minLabelStep = 12;
const lean = Math.SQRT1_2;
/** On paper the sides of a matrix share so many pixels before cells become smaller. */
const comfortable = 900;
const maxPaperCell = 28;
const minPaperCell = 9;

/** Lays the matrix out. Its labels stay in view, it is centred where it is narrower than the view. */
export function layoutMatrix(scene: MatrixScene, camera: Camera): MatrixLayout {
  const leaning = areaOf(scene, false);
  const upright = fitOf(leaning, scene) < minLeaning;
  const area = upright ? areaOf(scene, true) : leaning;
  const fit = fitOf(area, scene);
  const cell = Math.min(maxCell, Math.max(fit, camera.cell ?? fit));
  const most = { x: Math.max(0, scene.keys * cell - area.width), y: Math.max(0, scene.queries * cell - area.height) };
  const x = clamp(camera.x, 0, most.x);
  const y = clamp(camera.y, 0, most.y);
  const slack = Math.max(0, area.width - scene.keys * cell);
  return {
    width: scene.width,
    height: scene.height,
    area,
    cell,
    fit,
    most,
    upright,
    camera: { x, y },
    gridX: area.left + slack / 2 - x,
    gridY: area.top - y,
    rows: rangeOf(y, area.height, cell, scene.queries),
    columns: rangeOf(x, area.width, cell, scene.keys),
  };
}

/** The size of a matrix on paper: cells of a comfortable size, smaller where there are many. */
export function paperCell(queries: number, keys: number): number {
  return Math.min(maxPaperCell, Math.max(minPaperCell, Math.floor(comfortable / Math.max(queries, keys, 1))));
}

/** Lays the whole matrix out on paper, as large as its cells and the labels beside them. */
export function layoutMatrixOnPaper(queries: number, keys: number, labels: MatrixScene['labels']): MatrixLayout {
  return layoutWholeMatrix(queries, keys, labels, paperCell(queries, keys));
}

/** The room beside the columns of a matrix with cells of a size, in pixels. */
export function sidesOfMatrix(labels: MatrixScene['labels'], cell: number): number {
  const { left, right } = marginsOf(labels.query, labels.key, labels.key, cell < minLeaning);
  return left + right;
}

/** Lays a whole matrix out with cells of a size, as large as they and the labels beside them. */
export function layoutWholeMatrix(
  queries: number,
  keys: number,
  labels: MatrixScene['labels'],
  cell: number,
): MatrixLayout {
  const upright = cell < minLeaning;
  const { left, top, right } = marginsOf(labels.query, labels.key, labels.key, upright);
  const area = { left, top, width: keys * cell, height: queries * cell };
  return {
    width: left + area.width + right,
    height: top + area.height + edge,
    area,
    cell,
    fit: cell,
    most: { x: 0, y: 0 },
    upright,
    camera: { x: 0, y: 0 },
    gridX: left,
    gridY: top,
    rows: { first: 0, last: queries - 1 },
    columns: { first: 0, last: keys - 1 },
  };
}

function areaOf({ width, height, labels }: MatrixScene, upright: boolean): MatrixLayout['area'] {
  const query = Math.min(labels.query, maxLabel, width * maxLabelPart);
  const key = Math.min(labels.key, maxLabel, height * maxLabelPart);
  const { left, top, right } = marginsOf(query, key, (width * maxLabelPart) / lean, upright);
  return { left, top, width: Math.max(1, width - left - right), height: Math.max(1, height - top - edge) };
}

/** The room around the cells for labels of such lengths; `maxBeyond` bounds how far the last one may lean out. */
function marginsOf(
  query: number,
  key: number,
  maxBeyond: number,
  upright: boolean,
): { readonly left: number; readonly top: number; readonly right: number } {
  return {
    left: Math.round(edge + query + labelGap),
    top: Math.round(edge + key * (upright ? 1 : lean) + labelGap + (upright ? 0 : edge)),
    right: Math.round(edge + (upright ? 0 : Math.min(key, maxBeyond) * lean)),
  };
}

function fitOf(area: MatrixLayout['area'], { queries, keys }: MatrixScene): number {
  return Math.min(maxFit, area.width / keys, area.height / queries);
}

function rangeOf(offset: number, size: number, cell: number, count: number): Range {
  return {
    first: Math.max(0, Math.floor(offset / cell)),
    last: Math.min(count - 1, Math.ceil((offset + size) / cell) - 1),
  };
}

/** The cell under a point of the view; null beside the matrix. */
export function cellAt(layout: MatrixLayout, x: number, y: number): Cell | null {
  const { area, rows, columns } = layout;
  if (x < area.left || x >= area.left + area.width || y < area.top || y >= area.top + area.height) return null;
  const key = Math.floor((x - layout.gridX) / layout.cell);
  const query = Math.floor((y - layout.gridY) / layout.cell);
  return key < columns.first || key > columns.last || query < rows.first || query > rows.last ? null : { query, key };
}

/** The camera after zooming by a factor, so that what lies under a point stays there. */
export function zoomed(layout: MatrixLayout, factor: number, at: { readonly x: number; readonly y: number }): Camera {
  const cell = clamp(layout.cell * factor, layout.fit, maxCell);
  if (cell <= layout.fit * 1.001) return restingCamera;
  const scale = cell / layout.cell;
  const { area } = layout;
  return {
    cell,
    x: (at.x - layout.gridX) * scale - (at.x - area.left),
    y: (at.y - layout.gridY) * scale - (at.y - area.top),
  };
}

/** The camera after moving by so many pixels. */
export function panned(layout: MatrixLayout, x: number, y: number): Camera {
  const zoomedIn = layout.cell > layout.fit;
  return {
    cell: zoomedIn ? layout.cell : null,
    x: clamp(layout.camera.x + x, 0, layout.most.x),
    y: clamp(layout.camera.y + y, 0, layout.most.y),
  };
}

/** The camera with a cell wholly in view; moved no further than that needs. */
export function revealed(layout: MatrixLayout, { query, key }: Cell): Camera {
  const { cell, area, camera } = layout;
  const into = (offset: number, index: number, size: number): number =>
    Math.min(index * cell, Math.max((index + 1) * cell - size, offset));
  return panned(layout, into(camera.x, key, area.width) - camera.x, into(camera.y, query, area.height) - camera.y);
}

/** Every how many rows or columns there is room for a label of a size, in pixels. */
export function labelStep({ cell }: MatrixLayout, size = minLabelStep): number {
  return Math.ceil(size / cell);
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
