import { itemAt } from '../../item-at.ts';
import type { Box } from '../../picture/marks.ts';
import { layoutWholeMatrix, minLeaning, sidesOfMatrix, type MatrixLayout } from '../matrix/layout.ts';

/** A picture to be placed: a run, its difference from the first one, or null in the place of one that is not here. */
export interface PaneSize {
  /** The run whose picture it is, 0 the first, and whether it is the difference. */
  readonly run: number;
  readonly isDifference: boolean;
  readonly size: MatrixSize | null;
  /** The lines below it. */
  readonly notes: number;
}

/** A matrix; `labels` are the widths of the longest row and column label, in pixels. */
export interface MatrixSize {
  readonly queries: number;
  readonly keys: number;
  readonly labels: { readonly query: number; readonly key: number };
  /** Whether its rows are called as those of the first picture. */
  readonly sharesRows: boolean;
}

/** Where a picture is, in pixels. */
export interface PlacedPane {
  readonly run: number;
  readonly isDifference: boolean;
  /** What it may take, its heading first. */
  readonly box: Box;
  /** Its cells and labels, counted from `matrixAt`; null where it is not here. */
  readonly matrix: MatrixLayout | null;
  readonly matrixAt: { readonly x: number; readonly y: number };
  /** Where the first line below it begins. */
  readonly notesTop: number;
  /** Whether its rows have names of their own. */
  readonly hasRowLabels: boolean;
}

/** All pictures, and the room that they take. */
export interface CompareLayout {
  readonly panes: readonly PlacedPane[];
  readonly width: number;
  readonly height: number;
}

/** Narrower than these, pictures stand below each other: two runs, and three. */
const minWidths = { two: 500, three: 660 } as const;
/** From this width on the difference of two runs stands beside them. */
const minBeside = 700;
const gap = 28;
const edge = 12;
/** The room of name and place, and of a line below a picture. */
export const headHeight = 46;
export const noteHeight = 18;
/** The room of a picture that is not here, and the least width of any. */
const emptyHeight = 96;
const minPane = 190;
const maxCell = 34;
/** Labels are cut to these widths. */
const maxLabels = { query: 140, key: 96 } as const;

/** Places pictures in a width; cells of pictures beside each other are of one size. */
export function layoutCompare(panes: readonly PaneSize[], width: number): CompareLayout {
  let y = edge;
  const placed = rowsOf(panes, width).flatMap((row) => {
    const line = placeRow(row, width - 2 * edge, y);
    y += Math.max(...line.map(({ box }) => box.height)) + gap;
    return line;
  });
  const right = Math.max(width, ...placed.map(({ box }) => box.x + box.width + edge));
  return { panes: placed, width: right, height: y - gap + edge };
}

/** Which pictures stand beside each other. */
function rowsOf(panes: readonly PaneSize[], width: number): readonly (readonly PaneSize[])[] {
  const runs = panes.filter(({ isDifference }) => !isDifference);
  const differences = panes.filter(({ isDifference }) => isDifference);
  if (width < (runs.length > 2 ? minWidths.three : minWidths.two)) return panes.map((pane) => [pane]);
  if (runs.length === 2 && width >= minBeside) return [panes];
  return differences.length === 0 ? [runs] : [runs, differences];
}

function placeRow(row: readonly PaneSize[], width: number, top: number): readonly PlacedPane[] {
  const labelled = row.map((pane, at) => ({ ...pane, ownRows: at === 0 || pane.size?.sharesRows !== true }));
  const labelsOf = ({ size, ownRows }: (typeof labelled)[number]): MatrixSize['labels'] => ({
    query: ownRows ? Math.min(maxLabels.query, size?.labels.query ?? 0) : 0,
    key: Math.min(maxLabels.key, size?.labels.key ?? 0),
  });
  const keys = labelled.reduce((sum, { size }) => sum + (size?.keys ?? 0), 0);
  const cellFor = (cell: number): number => {
    const taken = labelled.reduce((sum, pane) => sum + (pane.size ? sidesOfMatrix(labelsOf(pane), cell) : minPane), 0);
    return Math.max(0.25, (width - taken - gap * (row.length - 1)) / Math.max(1, keys));
  };
  // How labels of columns stand depends on the size of cells, and takes room in turn.
  const leaning = Math.min(maxCell, cellFor(maxCell));
  const cell = leaning >= minLeaning ? leaning : Math.min(minLeaning - 0.1, cellFor(leaning));
  const matrices = labelled.map((pane) => {
    const { size } = pane;
    return size && layoutWholeMatrix(size.queries, size.keys, labelsOf(pane), cell);
  });
  const rooms = roomsOf(matrices, width);
  let x = edge;
  return labelled.map(({ run, isDifference, notes, ownRows }, at) => {
    const matrix = itemAt(matrices, at);
    const matrixAt = { x, y: top + headHeight };
    const notesTop = matrixAt.y + (matrix?.height ?? emptyHeight) + 4;
    const room = itemAt(rooms, at);
    const box = { x, y: top, width: room, height: notesTop + notes * noteHeight - top };
    x += room + gap;
    return { run, isDifference, box, matrix, matrixAt, notesTop, hasRowLabels: ownRows };
  });
}

/** The widths of pictures: names and lines have room of their own where there is any left. */
function roomsOf(matrices: readonly (MatrixLayout | null)[], width: number): readonly number[] {
  if (matrices.length === 1) return [width];
  const own = matrices.map((matrix) => matrix?.width ?? minPane);
  const wide = own.map((room) => Math.max(minPane, room));
  const taken = wide.reduce((sum, room) => sum + room, gap * (wide.length - 1));
  return taken <= width ? wide : own;
}

/** A cell of a picture. */
export interface PaneCell {
  readonly pane: number;
  readonly query: number;
  readonly key: number;
}

/** The cell under a point; null beside all of them. */
export function cellUnder({ panes }: CompareLayout, x: number, y: number): PaneCell | null {
  for (const [pane, { matrix, matrixAt }] of panes.entries()) {
    if (!matrix) continue;
    const { area, cell, columns, rows } = matrix;
    const key = Math.floor((x - matrixAt.x - area.left) / cell);
    const query = Math.floor((y - matrixAt.y - area.top) / cell);
    if (key >= 0 && key <= columns.last && query >= 0 && query <= rows.last) return { pane, query, key };
  }
  return null;
}
