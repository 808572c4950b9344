import type { Box, Mark } from '../../picture/marks.ts';
import { textMark } from '../../picture/type.ts';
import { layoutMatrix, restingCamera, type MatrixLayout, type MatrixScene } from '../matrix/layout.ts';
import { focusMarks, matrixMarks, type Marked, type MatrixLook, type MatrixPicture } from '../matrix/marks.ts';

/** The matrix of the head in focus beside the thumbnails. */
export interface Detail {
  /** Which head or heads it is of. */
  readonly title: string;
  readonly picture: MatrixPicture;
  /** The widths of the longest row and column label, in pixels. */
  readonly labels: MatrixScene['labels'];
}

/** The size of a detail's labels, in pixels. */
export const detailSize = 11;
const titleHeight = 18;

/** Where the cells of a detail stand, counted from {@link detailCorner}. */
export function layoutDetail({ width, height }: Box, { picture, labels }: Detail): MatrixLayout {
  const [queries, keys] = [picture.queries.length, picture.keys.length];
  return layoutMatrix({ width, height: height - titleHeight, queries, keys, labels }, restingCamera);
}

/** The corner of a detail's matrix, below its title. */
export function detailCorner({ x, y }: Box): { readonly x: number; readonly y: number } {
  return { x, y: y + titleHeight };
}

/** A detail at rest. */
export function detailMarks(box: Box, detail: Detail, look: MatrixLook): Mark[] {
  const layout = layoutDetail(box, detail);
  const { foreground } = look.palette;
  const title = textMark(detail.title, box.x + 8, box.y + titleHeight / 2, foreground, { font: 'words', size: 11 });
  return [title, { kind: 'group', ...detailCorner(box), marks: matrixMarks(layout, detail.picture, look) }];
}

/** What is in focus in a detail. */
export function detailFocusMarks(box: Box, detail: Detail, marked: Marked, look: MatrixLook): Mark[] {
  const marks = focusMarks(layoutDetail(box, detail), detail.picture, marked, look);
  return [{ kind: 'group', ...detailCorner(box), marks }];
}
