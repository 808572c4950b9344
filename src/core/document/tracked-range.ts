/** One replacement in a document, in UTF-16 offsets of the document before the change. */
export interface Edit {
  readonly start: number;
  readonly length: number;
  readonly text: string;
}

/** A stretch of a document, in UTF-16 offsets; `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Reads a stretch of the document as it is now. */
export type Read = (start: number, end: number) => string;

/**
 * The place of an analysed text in a document that is being edited.
 *
 * Edits before it move it and edits after it leave it alone. An edit inside makes it stale: its span then takes in
 * whatever is typed at or in it, and it is fresh again as soon as the analysed text is back (undo).
 */
export class TrackedRange {
  readonly text: string;
  #span: Span;
  #stale: boolean;

  constructor(text: string, start: number, read: Read) {
    this.text = text;
    this.#span = { start, end: start + text.length };
    this.#stale = false;
    this.refresh(read);
  }

  get start(): number {
    return this.#span.start;
  }

  get end(): number {
    return this.#span.end;
  }

  /** True while the document no longer holds the analysed text here. */
  get stale(): boolean {
    return this.#stale;
  }

  /** True when `offset` is in the range or at either of its ends. */
  touches(offset: number): boolean {
    return offset >= this.start && offset <= this.end;
  }

  /** Follows the edits of one change event, given in any order; `read` sees the document after all of them. */
  apply(edits: readonly Edit[], read: Read): void {
    const bottomUp = [...edits].sort((a, b) => b.start - a.start || b.length - a.length);
    let touched = false;
    for (const edit of bottomUp) {
      const side = sideOf(edit, this.#span, this.#stale);
      this.#span = mapped(this.#span, edit, side);
      touched ||= side === 'inside';
    }
    if (touched) this.refresh(read);
  }

  /** Looks again whether the analysed text stands in the span, and moves onto it when it does. */
  refresh(read: Read): void {
    const at = read(this.start, this.end).indexOf(this.text);
    this.#stale = at < 0;
    if (at < 0) return;
    const start = this.start + at;
    this.#span = { start, end: start + this.text.length };
  }

  /** Looks for the analysed text in a whole document that may have changed unseen, nearest to where it stood. */
  relocate(document: string): void {
    const before = document.lastIndexOf(this.text, this.start);
    const after = document.indexOf(this.text, this.start);
    this.#stale = before < 0 && after < 0;
    if (this.#stale) {
      const start = Math.min(this.start, document.length);
      this.#span = { start, end: Math.min(this.end, document.length) };
      return;
    }
    const nearer = after < 0 || (before >= 0 && this.start - before <= after - this.start) ? before : after;
    this.#span = { start: nearer, end: nearer + this.text.length };
  }
}

type Side = 'before' | 'after' | 'inside';

/**
 * What is typed exactly at an end of a fresh range is outside it; a stale one takes it in, since it may be its text
 * coming back.
 */
function sideOf(edit: Edit, span: Span, stale: boolean): Side {
  const end = edit.start + edit.length;
  if (stale ? end < span.start : end <= span.start) return 'before';
  if (stale ? edit.start > span.end : edit.start >= span.end) return 'after';
  return 'inside';
}

function mapped(span: Span, edit: Edit, side: Side): Span {
  const shift = edit.text.length - edit.length;
  switch (side) {
    case 'before':
      return { start: span.start + shift, end: span.end + shift };
    case 'after':
      return span;
    case 'inside': {
      const end = edit.start + edit.length;
      return { start: Math.min(span.start, edit.start), end: Math.max(span.end, end) + shift };
    }
  }
}
