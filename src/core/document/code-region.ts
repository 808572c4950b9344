import type { CodeSyntax } from './code-syntax.ts';
import type { Lines, Stretch } from './lines.ts';

/**
 * What of a program stands at a place: the text of a comment or a string, line by line and without its marks; or a line
 * of code.
 */
export interface CodeRegion {
  readonly kind: 'comment' | 'string' | 'code';
  readonly stretches: readonly Stretch[];
}

/** Lines to either side that are read, and characters of one of them. */
const maxLines = 200;
const maxLength = 2_000;

/**
 * Finds the comment or the string at a place of a program, or its line of code. Reading begins some hundred lines
 * above, outside of everything; a run of lines that are nothing but comments of one mark is one comment.
 */
export function codeRegionAt(lines: Lines, line: number, column: number, syntax: CodeSyntax): CodeRegion {
  const scan = new Scan(lines, syntax);
  const first = Math.max(0, line - maxLines);
  const last = Math.min(lines.count - 1, line + maxLines);
  for (let at = first; at <= last; at++) {
    scan.read(at);
    if (at >= line && !scan.isOpen) break;
  }
  const pieces = scan.pieces.filter((piece) => piece.line === line);
  const text = lines.text(line);
  const here =
    pieces.findLast((piece) => piece.start <= column && column <= piece.end) ??
    pieces.find((piece) => isAlone(text, piece, column));
  if (!here) return codeLine(text, line, column, pieces);
  const whole =
    here.run === null
      ? scan.pieces.filter((piece) => piece.group === here.group)
      : runAround(lines, line, here, syntax);
  const hasWords = whole.some((piece) => /\p{L}/u.test(lines.text(piece.line).slice(piece.from, piece.to)));
  if (!hasWords) return codeLine(text, line, column, pieces);
  return { kind: here.kind, stretches: whole.map(({ line: at, from, to }) => ({ line: at, from, to })) };
}

/** A part of a comment or a string that lies in one line: with its marks [start, end), without them [from, to). */
interface Piece extends Stretch {
  readonly kind: 'comment' | 'string';
  readonly start: number;
  readonly end: number;
  /** Pieces of one comment or string have one number. */
  readonly group: number;
  /** The mark of a comment that fills its line, null for others. */
  readonly run: string | null;
}

/** Reads lines one after the other, and what is open between them. */
class Scan {
  readonly pieces: Piece[] = [];
  readonly #lines: Lines;
  readonly #syntax: CodeSyntax;
  #open: { readonly kind: 'comment' | 'string'; readonly close: string } | null = null;
  #group = 0;

  constructor(lines: Lines, syntax: CodeSyntax) {
    this.#lines = lines;
    this.#syntax = syntax;
  }

  get isOpen(): boolean {
    return this.#open !== null;
  }

  read(line: number): void {
    const text = this.#lines.text(line).slice(0, maxLength);
    let at = 0;
    if (this.#open) at = this.#inside(line, text, 0, 0);
    while (at < text.length && !this.#open) at = this.#outside(line, text, at);
  }

  /** Reads one mark, string or character of code; gives the place behind it. */
  #outside(line: number, text: string, at: number): number {
    const { block, strings, long } = this.#syntax;
    const opened = block.find(([open]) => text.startsWith(open, at));
    if (opened) return this.#begin(line, text, at, 'comment', opened[0], opened[1]);
    const mark = commentMark(this.#syntax, text, at);
    if (mark !== null) {
      const from = at + (/^[/!#;%-]*[ \t]*/u.exec(text.slice(at + mark.length))?.[0].length ?? 0) + mark.length;
      const run = text.slice(0, at).trim() === '' ? mark : null;
      this.pieces.push({
        kind: 'comment',
        line,
        start: at,
        end: text.length,
        from,
        to: text.trimEnd().length,
        group: this.#group++,
        run,
      });
      return text.length;
    }
    const quotes = long.find((each) => text.startsWith(each, at));
    if (quotes !== undefined) return this.#begin(line, text, at, 'string', quotes, quotes);
    const quote = strings.find((each) => text.startsWith(each, at));
    const closed = quote === undefined ? -1 : closeOf(text, quote, at + quote.length);
    if (quote === undefined || closed < 0) return at + 1;
    const end = closed + quote.length;
    this.pieces.push({
      kind: 'string',
      line,
      start: at,
      end,
      from: at + quote.length,
      to: closed,
      group: this.#group++,
      run: null,
    });
    return end;
  }

  #begin(line: number, text: string, at: number, kind: 'comment' | 'string', open: string, close: string): number {
    this.#open = { kind, close };
    this.#group++;
    return this.#inside(line, text, at, at + open.length);
  }

  /** Reads on in what is open from `from`; its piece of the line starts at `start`. */
  #inside(line: number, text: string, start: number, from: number): number {
    const { kind, close } = this.#open ?? { kind: 'comment', close: '' };
    const closed = kind === 'string' ? closeOf(text, close, from) : text.indexOf(close, from);
    const to = closed < 0 ? text.length : closed;
    const end = closed < 0 ? text.length : closed + close.length;
    // Stars at the margin of a comment and of its opening are no text.
    const margin =
      kind === 'comment' ? (/^(?:[*!]+|[ \t]*\*+(?![*/]))?[ \t]*/u.exec(text.slice(from, to))?.[0].length ?? 0) : 0;
    const begin = Math.min(from + margin, to);
    this.pieces.push({
      kind,
      line,
      start,
      end,
      from: begin,
      to: Math.max(begin, text.slice(0, to).trimEnd().length),
      group: this.#group,
      run: null,
    });
    if (closed >= 0) {
      this.#open = null;
      this.#group++;
    }
    return end;
  }
}

/** The mark of a comment at a place: not inside a word or an address. */
function commentMark({ line: marks }: CodeSyntax, text: string, at: number): string | null {
  const mark = marks.find((each) => text.startsWith(each, at));
  if (mark === undefined) return null;
  const before = text.charAt(at - 1);
  if (mark === '//') return before === ':' ? null : mark;
  if (/^\w/u.test(mark)) return text.slice(0, at).trim() === '' ? mark : null;
  return before === '' || /\s/u.test(before) || mark === '--' ? mark : null;
}

/** Where a string is closed, -1 where it is not; a backslash takes the next character along. */
function closeOf(text: string, quote: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text.startsWith(quote, at)) return at;
  }
  return -1;
}

/** The lines around that are nothing but comments of the same mark. */
function runAround(lines: Lines, line: number, here: Piece, syntax: CodeSyntax): Piece[] {
  const run: Piece[] = [here];
  for (const step of [-1, 1]) {
    for (let at = line + step; at >= 0 && at < lines.count && Math.abs(at - line) <= maxLines; at += step) {
      const scan = new Scan(lines, syntax);
      scan.read(at);
      const [piece] = scan.pieces;
      if (piece?.run !== here.run) break;
      if (step < 0) run.unshift(piece);
      else run.push(piece);
    }
  }
  return run;
}

/** Whether the place is before or behind a piece that has its line to itself. */
function isAlone(text: string, { kind, start, end }: Piece, column: number): boolean {
  if (text.slice(0, start).trim() !== '') return false;
  return text.slice(end).trim() === '' || (kind === 'comment' && column < start);
}

/**
 * The code of a line: without what is commented behind it, and no more than what is around the place where it has no
 * end.
 */
function codeLine(text: string, line: number, column: number, pieces: readonly Piece[]): CodeRegion {
  const comment = pieces.find((piece) => piece.kind === 'comment' && text.slice(0, piece.start).trim() !== '');
  const [least, most] = [Math.max(0, column - maxLength), Math.min(column + maxLength, comment?.start ?? text.length)];
  const code = text.slice(least, most).trimEnd();
  return {
    kind: 'code',
    stretches: [{ line, from: least + code.length - code.trimStart().length, to: least + code.length }],
  };
}
