import type { Selection, TokenFocus } from '../../src/core/attention/selection.ts';
import type { Cell } from '../../src/core/scene/scene.ts';

/**
 * The token that the picture speaks of. `locked` when it is the selection's own and not just under the mouse; `cell` is
 * the partner whose exact weight is asked for, an index on the other side.
 */
export interface Focus {
  readonly token: TokenFocus;
  readonly locked: boolean;
  readonly cell: number | null;
}

/**
 * The focus of a selection while the pointer is somewhere: a locked token and a pointer on the other side make a cell.
 */
export function focusOf(selection: Selection, pointer: Cell | null): Focus | null {
  const locked = selection.token;
  if (!pointer) return locked ? { token: locked, locked: true, cell: null } : null;
  if (pointer.cell !== undefined) {
    const { side, index, cell } = pointer;
    return { token: { side, index }, locked: sameToken(locked, pointer), cell };
  }
  if (locked && locked.side !== pointer.side) return { token: locked, locked: true, cell: pointer.index };
  return { token: pointer, locked: sameToken(locked, pointer), cell: null };
}

/** Whether two tokens are the same one on the same side. */
export function sameToken(a: TokenFocus | null, b: TokenFocus | null): boolean {
  return a?.side === b?.side && a?.index === b?.index;
}
