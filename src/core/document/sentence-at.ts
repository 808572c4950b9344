import { codeRegionAt } from './code-region.ts';
import { codeSyntax } from './code-syntax.ts';
import { contentOf, type LineContent } from './line-content.ts';
import { onlyLines, type Lines } from './lines.ts';
import { proseLines } from './prose-lines.ts';
import { sentenceIn } from './sentences.ts';
import type { Span } from './tracked-range.ts';

/** Blocks are cut here so that a file without blank lines costs no more than a long paragraph. */
const maxLines = 200;
/** So are blocks of long lines. */
const maxCharacters = 20_000;

/**
 * The sentence around the UTF-16 offset `column` of line `line`, as a span of the document, or null where there is
 * none.
 *
 * It lies within one block: a paragraph, a heading, a list item, a quotation, a cell of a table or a run of comment
 * lines. Markers at the start of the block are left out. Sentences end as {@link sentenceIn} says, a line break inside
 * a block being a space. In a program (`language` is VS Code's identifier) it lies in the comment or the string at the
 * place; elsewhere it is the line.
 */
export function sentenceAt(lines: Lines, line: number, column: number, language?: string): Span | null {
  const syntax = codeSyntax(language);
  if (!syntax) return sentenceOf(proseLines(lines, line, column), line, column, column);
  const { kind, stretches } = codeRegionAt(lines, line, column, syntax);
  if (kind !== 'code') return sentenceOf(onlyLines(lines, stretches), line, undefined, column);
  const [code = { from: 0, to: 0 }] = stretches;
  return code.from < code.to ? { start: lines.offset(line) + code.from, end: lines.offset(line) + code.to } : null;
}

/** Without `column` nothing of a line is taken for a comment behind code. */
function sentenceOf(lines: Lines, line: number, column: number | undefined, place: number): Span | null {
  const here = contentOf(lines.text(line), column);
  if (here.start >= here.end) return null;
  const first = firstLine(lines, line, here);
  const last = lastLine(lines, line, here);
  const start = lines.offset(first) + contentOf(lines.text(first), first === line ? column : undefined).start;
  const text = flat(lines, first, last, start, line, column);
  const cursor = lines.offset(line) + Math.min(Math.max(place, here.start), here.end) - start;
  const found = sentenceIn(text, cursor);
  return found && { start: start + found.start, end: start + found.end };
}

/** The block as one line of the same length: breaks and the markers of its lines are spaces. */
function flat(
  lines: Lines,
  first: number,
  last: number,
  start: number,
  line: number,
  column: number | undefined,
): string {
  let text = '';
  for (let index = first; index <= last; index++) {
    const raw = lines.text(index);
    const content = contentOf(raw, index === line ? column : undefined);
    const from = lines.offset(index) + content.start - start;
    text = text.padEnd(from, ' ') + raw.slice(content.start, content.end);
  }
  return text;
}

function firstLine(lines: Lines, line: number, here: LineContent): number {
  let first = line;
  let current = here;
  let read = 0;
  while (first > 0 && line - first < maxLines && read < maxCharacters && !current.opens) {
    const text = lines.text(first - 1);
    const above = contentOf(text);
    if (!joins(above, current)) break;
    first--;
    current = above;
    read += text.length;
  }
  return first;
}

function lastLine(lines: Lines, line: number, here: LineContent): number {
  let last = line;
  let current = here;
  let read = 0;
  while (last + 1 < lines.count && last - line < maxLines && read < maxCharacters) {
    const text = lines.text(last + 1);
    const below = contentOf(text);
    if (below.opens || !joins(current, below)) break;
    last++;
    current = below;
    read += text.length;
  }
  return last;
}

/** Whether `below` goes on with the block of `above`. */
function joins(above: LineContent, below: LineContent): boolean {
  if (above.start >= above.end || below.start >= below.end || above.closes) return false;
  return above.marker === below.marker || ((above.marker === 'item' || above.marker === 'tag') && below.marker === '');
}
