import type { Palette } from '../../../src/core/color/palette.ts';
import { weightRamp } from '../../../src/core/color/weight-ramp.ts';
import type { Measure } from '../../../src/core/picture/type.ts';
import { sequenceOn } from '../../../src/core/scene/frame.ts';
import { cellOf } from '../../../src/core/scene/links.ts';
import type { Label } from '../../../src/core/views/labels.ts';
import { seenColumns } from '../../../src/core/scene/sight.ts';
import type { Cell } from '../../../src/core/views/matrix/layout.ts';
import { levelsOf, type Marked, type MatrixPicture } from '../../../src/core/views/matrix/marks.ts';
import type { Focus } from '../../state/focus.ts';
import type { Frame } from '../../state/frame.ts';
import { spokenColor } from '../../tint.ts';
import { labelOn } from '../../words/label.ts';

/** The size of labels, in CSS pixels. */
export const labelSize = 12;
/** Labels that are longest in characters are measured; the widest is among so many of them. */
const measured = 12;

/** The width of the widest label, in CSS pixels. */
export function widestLabel(labels: readonly Label[], measure: Measure): number {
  const longest = [...labels].sort((a, b) => b.text.length - a.text.length).slice(0, measured);
  return Math.max(0, ...longest.map(({ text }) => measure(text, false)));
}

/** The names of the rows, or of the columns. */
function labelsOn(frame: Frame, side: 'query' | 'key'): Label[] {
  return sequenceOn(frame, side).tokens.map((token, index) => ({
    text: labelOn(frame, side, index),
    special: token.special,
    unknown: token.unknown === true,
  }));
}

/** The matrix of what a frame speaks of: one head, or heads that are merged. */
export function matrixOf(frame: Frame, palette: Palette): MatrixPicture {
  return {
    seen: seenColumns(frame),
    levels: levelsOf(frame.spoken),
    ramp: weightRamp(spokenColor(frame, palette), palette.surface),
    queries: labelsOn(frame, 'query'),
    keys: labelsOn(frame, 'key'),
  };
}

/** The cell in focus; null where a whole row or column is, or nothing. */
export function focusedCell(focused: Focus | null): Cell | null {
  return focused && focused.cell !== null ? cellOf(focused.token, focused.cell) : null;
}

/** The row and the column that are marked. */
export function markedBy(focused: Focus | null): Marked {
  const cell = focusedCell(focused);
  if (cell || !focused) return cell ?? { query: null, key: null };
  const { side, index } = focused.token;
  return { query: side === 'query' ? index : null, key: side === 'key' ? index : null };
}
