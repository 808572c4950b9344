import type { Selection, TokenFocus } from '../../src/core/attention/selection.ts';

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
 * The focus of a selection while the pointer is somewhere: a locked token and a pointer on the other side make a
 * cell, and so does a locked pair.
 */
export function focusOf(selection: Selection, pointer: TokenFocus | null): Focus | null {
  const locked = selection.token;
  if (!pointer) return locked && { token: place(locked), locked: true, cell: locked.cell ?? null };
  if (pointer.cell !== undefined) {
    const { side, index, cell } = pointer;
    return { token: { side, index }, locked: sameToken(locked, pointer), cell };
  }
  if (locked && locked.side !== pointer.side) return { token: place(locked), locked: true, cell: pointer.index };
  return { token: pointer, locked: sameToken(locked, pointer), cell: null };
}

function place({ side, index }: TokenFocus): TokenFocus {
  return { side, index };
}

/** The token of a focus with the partner whose cell is asked for; null where nothing is in focus. */
export function cellOfFocus(focus: Focus | null): TokenFocus | null {
  return focus && (focus.cell === null ? focus.token : { ...focus.token, cell: focus.cell });
}

/** Keeps the focus the same object as long as it is the same, so that parts see at once that nothing has moved. */
export class LastFocus {
  #last: Focus | null = null;

  get now(): Focus | null {
    return this.#last;
  }

  take(next: Focus | null): Focus | null {
    const before = this.#last;
    const same =
      sameToken(before?.token ?? null, next?.token ?? null) &&
      before?.cell === next?.cell &&
      before?.locked === next?.locked;
    if (!same) this.#last = next;
    return this.#last;
  }
}

/** Whether two tokens are the same one on the same side. */
export function sameToken(a: TokenFocus | null, b: TokenFocus | null): boolean {
  return a?.side === b?.side && a?.index === b?.index;
}
