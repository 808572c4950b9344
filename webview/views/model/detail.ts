import { spokenTitle } from '../../../src/core/scene/names.ts';
import type { Mark } from '../../../src/core/picture/marks.ts';
import {
  detailCorner,
  detailFocusMarks,
  detailMarks,
  detailSize,
  layoutDetail,
  type Detail,
} from '../../../src/core/views/model/detail.ts';
import type { ModelContent, ModelLayout } from '../../../src/core/views/model/layout.ts';
import { cellAt, type Cell } from '../../../src/core/views/matrix/layout.ts';
import type { Marked, MatrixLook } from '../../../src/core/views/matrix/marks.ts';
import type { Palette } from '../../../src/core/color/palette.ts';
import { measureIn } from '../../picture/families.ts';
import type { Families } from '../../picture/paint.ts';
import type { Frame } from '../../state/frame.ts';
import { matrixOf, widestLabel } from '../matrix/picture.ts';

interface Made {
  readonly detail: Detail;
  readonly look: MatrixLook;
}

/** The matrix of the head in focus, beside the thumbnails of all; made only where there is room for it. */
export class DetailMatrix {
  #of: { readonly frame: Frame; readonly palette: Palette; readonly families: Families } | null = null;
  #made: Made | null = null;

  /** Takes the matrix of what a frame speaks of; none where no head is chosen. */
  show(frame: Frame, palette: Palette, families: Families): void {
    this.#of = frame.selection.heads.length === 0 ? null : { frame, palette, families };
    this.#made = null;
  }

  /** How many rows and columns it has; null where there is none. */
  get size(): ModelContent['detail'] {
    if (!this.#of) return null;
    const [, , queries, keys] = this.#of.frame.map.shape;
    return { queries, keys };
  }

  /** The matrix at rest, where the layout has room for it. */
  marks({ detail: box }: ModelLayout): Mark[] {
    const made = box && this.#make();
    return made ? detailMarks(box, made.detail, made.look) : [];
  }

  /** What is in focus in it. */
  focusMarks({ detail: box }: ModelLayout, marked: Marked): Mark[] {
    const made = box && this.#make();
    return made ? detailFocusMarks(box, made.detail, marked, made.look) : [];
  }

  /** The cell under the pointer; null beside the matrix. */
  cellAt({ detail: box }: ModelLayout, event: MouseEvent): Cell | null {
    const made = box && this.#make();
    if (!made || !(event.currentTarget instanceof Element)) return null;
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const { x, y } = detailCorner(box);
    return cellAt(layoutDetail(box, made.detail), event.clientX - left - x, event.clientY - top - y);
  }

  #make(): Made | null {
    if (this.#made || !this.#of) return this.#made;
    const { frame, palette, families } = this.#of;
    const measure = measureIn(families, detailSize);
    const picture = matrixOf(frame, palette);
    const labels = { query: widestLabel(picture.queries, measure), key: widestLabel(picture.keys, measure) };
    const title = spokenTitle(frame);
    this.#made = { detail: { title, picture, labels }, look: { palette, measure, size: detailSize } };
    return this.#made;
  }
}
