import { itemAt } from '../item-at.ts';
import type { Measure } from '../picture/type.ts';

/**
 * How much room captions need: entry `n` is the width, in the unit of the measure, from which on every caption fits on
 * `n + 1` lines. Captions are broken between words and where they have a soft hyphen (U+00AD), so that none is ever
 * cut.
 */
export type CaptionRooms = readonly number[];

/** The room that captions need; each begins a new line where one of its own lines ends. */
export function captionRooms(captions: readonly (readonly string[])[], measure: Measure): CaptionRooms {
  const all = new Map(captions.map((lines) => [lines.join('\n'), lines.map((line) => lineOf(line, measure))]));
  const pieces = [...all.values()].map((lines) => lines.reduce((sum, line) => sum + line.pieces.length, 0));
  return Array.from({ length: Math.max(1, ...pieces) }, (_, at) =>
    Math.max(0, ...[...all.values()].map((lines) => roomFor(lines, at + 1))),
  );
}

/**
 * A caption's lines in a room, broken between words and at hyphens; of soft hyphens only those are left that part a
 * word.
 */
export function captionIn(lines: readonly string[], room: number, measure: Measure): string[] {
  return lines.flatMap((line) => {
    const pieces = piecesOf(line);
    const broken: string[] = [];
    let first = 0;
    for (let end = 1; end <= pieces.length; end++) {
      if (end < pieces.length && measure(textOf(pieces, first, end + 1), false) <= room) continue;
      broken.push(textOf(pieces, first, end));
      first = end;
    }
    return broken;
  });
}

/** A part of a line that is never broken; `isWord` says whether it begins a word. */
interface Piece {
  readonly text: string;
  readonly isWord: boolean;
}

/** The pieces of a line, how wide the widest is, and every width that a part of the line can have. */
interface Line {
  readonly text: string;
  readonly pieces: readonly Piece[];
  readonly widest: number;
  readonly widths: readonly number[];
  readonly measure: Measure;
}

function piecesOf(line: string): Piece[] {
  return line
    .split(' ')
    .flatMap((word) => word.split(/\u00AD|(?<=-)/u).map((text, at): Piece => ({ text, isWord: at === 0 })));
}

/** The pieces [first, end) as one line, with a hyphen where a word goes on after it. */
function textOf(pieces: readonly Piece[], first: number, end: number): string {
  const text = pieces
    .slice(first, end)
    .map((piece, at) => (at > 0 && piece.isWord ? ` ${piece.text}` : piece.text))
    .join('');
  return end < pieces.length && !itemAt(pieces, end).isWord && !text.endsWith('-') ? `${text}-` : text;
}

function lineOf(text: string, measure: Measure): Line {
  const pieces = piecesOf(text);
  const widthOf = (first: number, end: number): number => measure(textOf(pieces, first, end), false);
  const widest = Math.max(...pieces.map((_, at) => widthOf(at, at + 1)));
  const widths = pieces.flatMap((_, first) => pieces.slice(first).map((__, more) => widthOf(first, first + more + 1)));
  return { text, pieces, widest, widths, measure };
}

/** The least of all widths that leaves a caption at most so many lines; infinite where it has more of its own. */
function roomFor(lines: readonly Line[], most: number): number {
  const widths = lines.flatMap((line) => line.widths).sort((a, b) => a - b);
  const widest = Math.max(0, ...lines.map((line) => line.widest));
  const count = (room: number): number =>
    lines.reduce((sum, { text, measure }) => sum + captionIn([text], room, measure).length, 0);
  return widths.find((width) => width >= widest && count(width) <= most) ?? Infinity;
}
