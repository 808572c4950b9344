import type { Palette } from '../../color/palette.ts';
import { blend, textOn, type Rgb } from '../../color/srgb.ts';
import { rampSteps, rampStep, weightRamp } from '../../color/weight-ramp.ts';
import { itemAt } from '../../item-at.ts';
import type { Box, Mark } from '../../picture/marks.ts';
import {
  focusMarks,
  levelsOf,
  matrixMarks,
  type Marked,
  type MatrixLook,
  type MatrixPicture,
} from '../matrix/marks.ts';
import type { PaneContent, PanePicture } from './content.ts';
import type { CompareLayout, PlacedPane } from './layout.ts';

/** Smaller cells have no room for a dot, or for a bar. */
const minDotted = 9;
const minBarred = 7;
/** Differences smaller than this have no bar. */
const minDifference = 0.005;

/** What is painted of pictures: all of them in their colours, where they stand. `view` is the part that is seen. */
export function compareMarks(
  layout: CompareLayout,
  contents: readonly PaneContent[],
  look: MatrixLook,
  view: Box | null = null,
): Mark[] {
  const color = runsColor(contents, look.palette);
  return layout.panes.flatMap((placed, at) => {
    const { picture } = itemAt(contents, at);
    const { matrix, matrixAt } = placed;
    if (!picture || !matrix) return [];
    const seen = view ? { ...view, x: view.x - matrixAt.x, y: view.y - matrixAt.y } : null;
    const { left, top, width, height } = matrix.area;
    const whole = { x: left, y: top, width, height };
    const area = seen ? overlap(whole, seen) : whole;
    if (!area) return [];
    const drawn = matrixMarks(matrix, matrixOf(picture, color, look.palette, placed), look).map((mark) =>
      mark.kind === 'raster' ? { ...mark, view: area } : mark,
    );
    const over = picture.subset
      ? hasBars(look.palette, placed)
        ? [...edgeOf(placed, look.palette), ...bars(placed, picture, look.palette)]
        : []
      : dots(placed, picture, color, look.palette);
    return [{ kind: 'group', ...matrixAt, marks: [...drawn, ...over] } satisfies Mark];
  });
}

/** The colour of the first run, in which all are shown, so that equal weights look equal. */
export function runsColor(contents: readonly PaneContent[], palette: Palette): Rgb {
  const selection = contents[0]?.picture?.scene.selection;
  if (!selection) return palette.foreground;
  return selection.head === null ? palette.colorOfAll(selection.heads) : palette.colorOf(selection.head);
}

/** What is in focus of each picture, by its row and its column; null in the place of nothing. */
export function compareFocusMarks(
  layout: CompareLayout,
  contents: readonly PaneContent[],
  marked: readonly Marked[],
  look: MatrixLook,
): Mark[] {
  return layout.panes.flatMap(({ matrix, matrixAt, hasRowLabels }, at) => {
    const { picture } = itemAt(contents, at);
    if (!picture || !matrix) return [];
    const names = { ...nothing, queries: hasRowLabels ? picture.queries : blank(picture.queries), keys: picture.keys };
    return [{ kind: 'group', ...matrixAt, marks: focusMarks(matrix, names, itemAt(marked, at), look) }];
  });
}

const nothing: MatrixPicture = { seen: null, levels: new Uint8Array(), ramp: [], queries: [], keys: [] };

/** Rows whose names stand at the first picture. */
function blank(labels: PanePicture['queries']): PanePicture['queries'] {
  return labels.map((label) => ({ ...label, text: '', unknown: false }));
}

function matrixOf(picture: PanePicture, color: Rgb, palette: Palette, placed: PlacedPane): MatrixPicture {
  const { scene, relation, subset, seen, keys } = picture;
  const queries = placed.hasRowLabels ? picture.queries : blank(picture.queries);
  if (subset && relation?.difference) {
    const { values } = relation.difference;
    const levels = hasBars(palette, placed) ? new Uint8Array(values.length) : differenceLevels(values);
    return { seen: null, levels, ramp: differenceRamp(palette), queries, keys };
  }
  return { seen, levels: levelsOf(scene.spoken), ramp: weightRamp(color, palette.surface), queries, keys };
}

/**
 * The steps of differences: 0 for none, else twice the step of their size, and one more where they are below 0, so that
 * of cells that share a pixel the largest is shown.
 */
export function differenceLevels(values: Float32Array): Uint8Array {
  return Uint8Array.from(values, (value) => {
    const step = Math.floor(rampStep(Math.abs(value)) / 2);
    return step === 0 ? 0 : 2 * step + Number(value < 0);
  });
}

/** The colours of {@link differenceLevels}: two hues over the surface, their opacity √|difference|. */
export function differenceRamp({ signed, surface }: Palette): readonly Rgb[] {
  return Array.from({ length: rampSteps }, (_, level) =>
    level < 2 ? surface : blend(level % 2 === 1 ? signed.minus : signed.plus, surface, (level - (level % 2)) / 254),
  );
}

/** The known alignment: a dot in each of its cells. */
function dots({ matrix }: PlacedPane, { links, scene }: PanePicture, color: Rgb, palette: Palette): Mark[] {
  if (!matrix || matrix.cell < minDotted) return [];
  const { gridX, gridY, cell } = matrix;
  return links.map(([query, key]) => {
    const weight = itemAt(scene.spoken, query * scene.map.shape[3] + key);
    const under = blend(color, palette.surface, Math.sqrt(Math.min(1, weight)));
    const fill = textOn(under);
    return {
      kind: 'disc',
      x: gridX + (key + 0.5) * cell,
      y: gridY + (query + 0.5) * cell,
      radius: Math.min(2.5, cell / 8),
      fill,
      edge: fill,
    };
  });
}

/** With high contrast both signs have one colour: bars go up from the middle of a cell for more, down for less. */
function bars({ matrix }: PlacedPane, { relation, subset }: PanePicture, { foreground }: Palette): Mark[] {
  const values = relation?.difference?.values;
  if (!matrix || !subset || !values) return [];
  const { gridX, gridY, cell } = matrix;
  return Array.from(values).flatMap((value, at): Mark[] => {
    if (Math.abs(value) < minDifference) return [];
    const height = (Math.sqrt(Math.abs(value)) * (cell - 2)) / 2;
    const middle = gridY + (Math.floor(at / subset.columns.length) + 0.5) * cell;
    const x = gridX + (at % subset.columns.length) * cell + 1;
    const y = value < 0 ? middle : middle - height;
    return [{ kind: 'rectangle', x, y, width: cell - 2, height, fill: foreground, stroke: null }];
  });
}

/** Whether differences are bars, and not colours. */
function hasBars({ contrast }: Palette, { matrix }: PlacedPane): boolean {
  return contrast && matrix !== null && matrix.cell >= minBarred;
}

/** The edge of a matrix whose cells are mostly empty. */
function edgeOf({ matrix }: PlacedPane, { foreground }: Palette): Mark[] {
  if (!matrix) return [];
  const { left, top, width, height } = matrix.area;
  const stroke = { color: foreground, opacity: 0.5, width: 1, dash: [] };
  return [{ kind: 'rectangle', x: left - 0.5, y: top - 0.5, width: width + 1, height: height + 1, fill: null, stroke }];
}

function overlap(a: Box, b: Box): Box | null {
  const [x, y] = [Math.max(a.x, b.x), Math.max(a.y, b.y)];
  const width = Math.min(a.x + a.width, b.x + b.width) - x;
  const height = Math.min(a.y + a.height, b.y + b.height) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : null;
}
