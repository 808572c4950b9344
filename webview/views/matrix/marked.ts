import { cellOf } from '../../../src/core/scene/links.ts';
import type { Focus } from '../../state/focus.ts';
import type { Marked } from '../../../src/core/views/matrix/marks.ts';
import type { Cell } from '../../../src/core/views/matrix/layout.ts';

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
