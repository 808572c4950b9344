import { headsName, layerName } from '../../../src/core/scene/names.ts';
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
import { words } from '../../../src/core/words/words.ts';
import { measureIn } from '../../picture/families.ts';
import type { Families } from '../../picture/paint.ts';
import type { Frame } from '../../state/frame.ts';
import { matrixOf, widestLabel } from '../matrix/picture.ts';

/** The matrix of the head in focus, beside the thumbnails of all. */
export class DetailMatrix {
  #detail: Detail | null = null;
  #look: MatrixLook | null = null;

  /** Takes the matrix of what a frame speaks of; none where no head is chosen. */
  show(frame: Frame, palette: Palette, families: Families): void {
    const measure = measureIn(families, detailSize);
    this.#look = { palette, measure, size: detailSize };
    if (frame.selection.heads.length === 0) {
      this.#detail = null;
      return;
    }
    const picture = matrixOf(frame, palette);
    const labels = { query: widestLabel(picture.queries, measure), key: widestLabel(picture.keys, measure) };
    this.#detail = { title: words().inspector.where(headsName(frame), layerName(frame)), picture, labels };
  }

  /** How many rows and columns it has; null where there is none. */
  get size(): ModelContent['detail'] {
    const { picture } = this.#detail ?? {};
    return picture ? { queries: picture.queries.length, keys: picture.keys.length } : null;
  }

  /** The matrix at rest, where the layout has room for it. */
  marks({ detail: box }: ModelLayout): Mark[] {
    return box && this.#detail && this.#look ? detailMarks(box, this.#detail, this.#look) : [];
  }

  /** What is in focus in it. */
  focusMarks({ detail: box }: ModelLayout, marked: Marked): Mark[] {
    return box && this.#detail && this.#look ? detailFocusMarks(box, this.#detail, marked, this.#look) : [];
  }

  /** The cell under the pointer; null beside the matrix. */
  cellAt({ detail: box }: ModelLayout, event: MouseEvent): Cell | null {
    if (!box || !this.#detail || !(event.currentTarget instanceof Element)) return null;
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const { x, y } = detailCorner(box);
    return cellAt(layoutDetail(box, this.#detail), event.clientX - left - x, event.clientY - top - y);
  }
}
