import type { JsonObject } from '../json.ts';
import type { Span } from '../span.ts';
import { words } from '../../words/words.ts';

/** What happens to the delimiters that a pattern finds. */
export type Behavior = 'Removed' | 'Isolated' | 'MergedWithPrevious' | 'MergedWithNext' | 'Contiguous';

/** Matches of a pattern in a text: start and end (UTF-16 units) of each, in turn, from left to right. */
export type Matches = readonly number[];

const behaviors: readonly Behavior[] = ['Removed', 'Isolated', 'MergedWithPrevious', 'MergedWithNext', 'Contiguous'];

/** Reads the behaviour of a component. */
export function behaviorOf(part: JsonObject, fallback?: Behavior): Behavior {
  const named = part.string('behavior', fallback);
  const behavior = behaviors.find((known) => known === named);
  if (behavior === undefined) throw part.unsupported(words().details.tokenizer.setting(part.type, 'behavior', named));
  return behavior;
}

/**
 * Splits a span at matches; with `invert` the text between the matches counts as the delimiter. Empty pieces are left
 * out.
 */
export function splitAt(span: Span, matches: Matches, behavior: Behavior, invert = false): Span[] {
  const pieces: Span[] = [];
  for (const piece of arranged(piecesOf(span.text.length, matches, invert), behavior)) {
    if (piece.start < piece.end) pieces.push(span.slice(piece.start, piece.end));
  }
  return pieces;
}

interface Piece {
  start: number;
  end: number;
  readonly delimiter: boolean;
}

function piecesOf(length: number, matches: Matches, invert: boolean): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (let at = 0; at + 1 < matches.length; at += 2) {
    const from = matches[at] ?? 0;
    const to = matches[at + 1] ?? 0;
    if (end !== from) pieces.push({ start: end, end: from, delimiter: invert });
    pieces.push({ start: from, end: to, delimiter: !invert });
    end = to;
  }
  if (end !== length) pieces.push({ start: end, end: length, delimiter: invert });
  return pieces;
}

function arranged(pieces: Piece[], behavior: Behavior): Piece[] {
  switch (behavior) {
    case 'Isolated':
      return pieces;
    case 'Removed':
      return pieces.filter((piece) => !piece.delimiter);
    case 'Contiguous':
      return joined(pieces, (piece, previous) => piece.delimiter === previous);
    case 'MergedWithPrevious':
      return joined(pieces, (piece, previous) => piece.delimiter && !previous);
    case 'MergedWithNext':
      return joined(pieces.reverse(), (piece, previous) => piece.delimiter && !previous).reverse();
  }
}

/**
 * Joins a piece to the one before it (in list order) where `joins` says so, given whether the one before was a
 * delimiter.
 */
function joined(pieces: readonly Piece[], joins: (piece: Piece, previous: boolean) => boolean): Piece[] {
  const result: Piece[] = [];
  let previous = false;
  for (const piece of pieces) {
    const last = result.at(-1);
    if (last !== undefined && joins(piece, previous)) {
      last.start = Math.min(last.start, piece.start);
      last.end = Math.max(last.end, piece.end);
    } else {
      result.push({ ...piece });
    }
    previous = piece.delimiter;
  }
  return result;
}
