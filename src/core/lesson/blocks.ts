import { words } from '../words/words.ts';

/** What is not right in a chapter: characters [start, end) of a line, both from 0, and a sentence. */
export interface Problem {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly message: string;
}

/** A `key: value` line; `start` and `end` are the characters of the value in its line. */
export interface Entry {
  readonly key: string;
  readonly value: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

/** The kinds of fences that a lesson has. */
export const fenceKinds = ['attention', 'by-hand', 'sentences', 'question'] as const;
export type FenceKind = (typeof fenceKinds)[number];

/** A fence of ours: its lines, those of the marks around it included, and what stands in it. */
export interface Block {
  readonly kind: FenceKind;
  readonly first: number;
  readonly last: number;
  readonly entries: readonly Entry[];
}

/** A line of text, outside of fences. */
export interface ProseLine {
  readonly line: number;
  readonly text: string;
}

/** A Markdown file taken apart, without looking at what it says. */
export interface Blocks {
  /** The entries of the front matter; empty without one. */
  readonly front: readonly Entry[];
  readonly fences: readonly Block[];
  readonly prose: readonly ProseLine[];
  readonly problems: readonly Problem[];
}

/** Characters of a file, fences of a file, lines of a fence and characters of a value: more are no lesson. */
export const lessonLimits = { file: 1 << 20, fences: 200, lines: 200, value: 4000 } as const;

/** A line that opens a fence of code: how far in it begins, its marks, the first word after them. */
const opening = /^( {0,3})(`{3,}|~{3,})[ \t]*([^\s`]*)/u;
/** Front matter is not looked for further down than this. */
const maxFront = 100;

/** Takes a Markdown file apart. What is too large is left out and named. */
export function blocksOf(text: string): Blocks {
  const says = words().lesson;
  if (text.length > lessonLimits.file) return { ...nothing, problems: [at(0, '', says.fileSize)] };
  const lines = text.replace(/^\ufeff/u, '').split(/\r\n|\r|\n/u);
  const front = frontOf(lines);
  const problems = [...front.problems];
  const fences: Block[] = [];
  const prose: ProseLine[] = [];
  for (let line = front.end; line < lines.length; line++) {
    const own = lines[line] ?? '';
    const [, , marks, name] = opening.exec(own) ?? [];
    if (marks === undefined) {
      prose.push({ line, text: own });
      continue;
    }
    const last = closingOf(lines, line, marks);
    const kind = fenceKinds.find((known) => known === name);
    if (kind !== undefined) {
      const inner = lines.slice(line + 1, last);
      if (fences.length >= lessonLimits.fences) problems.push(at(line, own, says.manyFences(lessonLimits.fences)));
      else if (inner.length > lessonLimits.lines) problems.push(at(line, own, says.longFence(lessonLimits.lines)));
      else {
        const read = entriesOf(inner, line + 1);
        problems.push(...read.problems);
        fences.push({ kind, first: line, last: Math.min(last, lines.length - 1), entries: read.entries });
      }
    }
    line = last;
  }
  return { front: front.entries, fences, prose, problems };
}

const nothing: Blocks = { front: [], fences: [], prose: [], problems: [] };

/** A problem of a whole line. */
export function at(line: number, text: string, message: string): Problem {
  return { line, start: 0, end: text.length, message };
}

/** A problem of the value of an entry. */
export function wrongValue({ line, start, end }: Entry, message: string): Problem {
  return { line, start, end, message };
}

/** The line that closes a fence; the number of lines where none does. */
function closingOf(lines: readonly string[], first: number, marks: string): number {
  const sign = marks.charAt(0);
  const closes = (text: string): boolean => {
    const trimmed = text.trim();
    return trimmed.length >= marks.length && trimmed.split('').every((one) => one === sign) && !/^ {4}/u.test(text);
  };
  let line = first + 1;
  while (line < lines.length && !closes(lines[line] ?? '')) line += 1;
  return line;
}

function frontOf(lines: readonly string[]): { entries: readonly Entry[]; problems: readonly Problem[]; end: number } {
  const none = { entries: [], problems: [], end: 0 };
  if (lines[0]?.trimEnd() !== '---') return none;
  const end = lines.findIndex((text, line) => line > 0 && line <= maxFront && /^(?:---|\.\.\.)\s*$/u.test(text));
  if (end < 0) return none;
  // Other programs keep more in a front matter than lines of ours: those are passed over.
  return { entries: entriesOf(lines.slice(1, end), 1).entries, problems: [], end: end + 1 };
}

/** Reads `key: value` lines; empty lines and those that begin with `#` say nothing. */
function entriesOf(lines: readonly string[], first: number): { entries: Entry[]; problems: Problem[] } {
  const says = words().lesson;
  const entries: Entry[] = [];
  const problems: Problem[] = [];
  lines.forEach((text, index) => {
    const line = first + index;
    if (text.trim() === '' || /^\s*#/u.test(text)) return;
    const colon = text.indexOf(':');
    const key = text.slice(0, Math.max(0, colon)).trim();
    if (colon < 0 || key === '') return void problems.push(at(line, text, says.noKey));
    const value = text.slice(colon + 1).trim();
    const start = value === '' ? colon + 1 : text.indexOf(value, colon + 1);
    const entry = { key, value, line, start, end: start + value.length };
    if (value.length > lessonLimits.value) problems.push(wrongValue(entry, says.longValue(lessonLimits.value)));
    else entries.push(entry);
  });
  return { entries, problems };
}
