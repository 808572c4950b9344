import { onlyLines, type Lines, type Stretch } from './lines.ts';

/** Lines above that may open a fence. */
const maxLines = 200;
/** Characters of a rule or a row of a table. */
const maxLength = 5_000;

const fence = /^\s{0,3}(?:```|~~~)/u;
/** A line that underlines a heading or parts sections; the line between the head and the rows of a table. */
const rule = /^\s*(?:[=\-*_~]{3,}|\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?)?)\s*$/u;

/**
 * Prose as Markdown writes it, as far as it belongs to a place: a cell of a table, a line of a fenced program, or what
 * no rule parts.
 */
export function proseLines(lines: Lines, line: number, column: number): Lines {
  const text = lines.text(line);
  if (isRule(text)) return onlyLines(lines, []);
  if (isFenced(lines, line)) return onlyLines(lines, [{ line, from: 0, to: text.length }]);
  const cell = cellAt(lines, line, column);
  if (cell) return onlyLines(lines, [cell]);
  return { count: lines.count, offset: (at) => lines.offset(at), text: (at) => parted(lines.text(at)) };
}

/** What parts paragraphs counts as an empty line. */
function parted(text: string): string {
  return isRule(text) || isRow(text) ? '' : text;
}

/** A line that is longer than any rule is none. */
function isRule(text: string): boolean {
  return text.length <= maxLength && (fence.test(text) || rule.test(text));
}

function isFenced(lines: Lines, line: number): boolean {
  let fences = 0;
  for (let at = Math.max(0, line - maxLines); at < line; at++) if (fence.test(lines.text(at))) fences++;
  return fences % 2 === 1;
}

/** A row of a table begins and ends with a bar. */
function isRow(text: string): boolean {
  return text.length <= maxLength && /^\s*\|.*\|\s*$/u.test(text);
}

function cellAt(lines: Lines, line: number, column: number): Stretch | null {
  const text = lines.text(line);
  if (!isRow(text)) return null;
  const bars = Array.from(text.matchAll(/(?<!\\)\|/gu), ({ index }) => index);
  const at = Math.max(
    0,
    Math.min(
      bars.length - 2,
      bars.findLastIndex((bar) => bar < column),
    ),
  );
  return { line, from: (bars[at] ?? 0) + 1, to: bars[at + 1] ?? text.length };
}
