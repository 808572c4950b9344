import { contentOf, type LineContent } from './line-content.ts';
import type { Span } from './tracked-range.ts';

/** A document as this file reads it: its lines, without line breaks, and where each begins (UTF-16 offsets). */
export interface Lines {
  readonly count: number;
  text(line: number): string;
  offset(line: number): number;
}

/** Blocks are cut here so that a file without blank lines costs no more than a long paragraph. */
const mostLines = 200;

/**
 * The sentence around the UTF-16 offset `column` of line `line`, as a span of the document, or null where there is none.
 *
 * It lies within one block: a paragraph, a heading, a list item, a quotation or a run of comment lines. Markers at the start of
 * the block are left out. Sentences end where Intl.Segmenter says (UAX #29), a line break inside a block being a space.
 */
export function sentenceAt(lines: Lines, line: number, column: number): Span | null {
  const here = contentOf(lines.text(line), column);
  if (here.start >= here.end) return null;
  const first = firstLine(lines, line, here);
  const last = lastLine(lines, line, here);
  const start = lines.offset(first) + contentOf(lines.text(first), first === line ? column : undefined).start;
  const text = flat(lines, first, last, start, line, column);
  const cursor = lines.offset(line) + Math.min(Math.max(column, here.start), here.end) - start;
  return sentenceIn(text, cursor, start);
}

/** The block as one line of the same length: breaks and the markers of its lines are spaces. */
function flat(lines: Lines, first: number, last: number, start: number, line: number, column: number): string {
  let text = '';
  for (let index = first; index <= last; index++) {
    const raw = lines.text(index);
    const content = contentOf(raw, index === line ? column : undefined);
    const from = lines.offset(index) + content.start - start;
    text = text.padEnd(from, ' ') + raw.slice(content.start, content.end);
  }
  return text;
}

function sentenceIn(text: string, cursor: number, start: number): Span | null {
  const segments = [...new Intl.Segmenter(undefined, { granularity: 'sentence' }).segment(text)];
  const found = segments.findLast(({ index }) => index <= cursor) ?? segments[0];
  if (!found) return null;
  const sentence = found.segment;
  const from = found.index + (sentence.length - sentence.trimStart().length);
  const to = found.index + sentence.trimEnd().length;
  return from < to ? { start: start + from, end: start + to } : null;
}

function firstLine(lines: Lines, line: number, here: LineContent): number {
  let first = line;
  let current = here;
  while (first > 0 && line - first < mostLines && !current.opens) {
    const above = contentOf(lines.text(first - 1));
    if (!joins(above, current)) break;
    first--;
    current = above;
  }
  return first;
}

function lastLine(lines: Lines, line: number, here: LineContent): number {
  let last = line;
  let current = here;
  while (last + 1 < lines.count && last - line < mostLines) {
    const below = contentOf(lines.text(last + 1));
    if (below.opens || !joins(current, below)) break;
    last++;
    current = below;
  }
  return last;
}

/** Whether `below` goes on with the block of `above`. */
function joins(above: LineContent, below: LineContent): boolean {
  if (above.start >= above.end || below.start >= below.end || above.closes) return false;
  return above.marker === below.marker || (above.marker === 'item' && below.marker === '');
}
