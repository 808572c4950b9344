import { words } from '../words/words.ts';
import { at, blocksOf, type Block, type Entry, type Problem, type ProseLine } from './blocks.ts';
import { byHandOf, type ByHand } from './by-hand.ts';
import { readComparison, type Comparison } from './expression.ts';
import { Fields } from './fields.ts';
import { marksIn, type Mark } from './marks.ts';
import { pictureOf, type Picture } from './picture.ts';
import { questionOf, type Question } from './question.ts';
import { sentencesOf, type Sentences } from './sentences.ts';
import { termMarksIn, type TermMark } from './terms.ts';

/** Where a fence stands, and how statements name it. */
interface FencePlace {
  /** Its lines, those of the marks around it included. */
  readonly first: number;
  readonly last: number;
  readonly name: string | null;
}

/** A fence of a chapter that can be shown. */
export type Fence = FencePlace &
  (
    | { readonly kind: 'attention'; readonly picture: Picture }
    | { readonly kind: 'by-hand'; readonly byHand: ByHand }
    | { readonly kind: 'sentences'; readonly sentences: Sentences }
    | { readonly kind: 'question'; readonly question: Question }
  );

/** A fence of one kind. */
export type FenceOf<K extends Fence['kind']> = Extract<Fence, { readonly kind: K }>;

/** What the text says of numbers, where a test can read it. */
export interface Statement {
  readonly line: number;
  readonly text: string;
  readonly comparison: Comparison;
  /** The last line of prose before it, which says the same to people. */
  readonly says: ProseLine | null;
}

/** A chapter: what is live in a Markdown file, in the order of its lines. */
export interface Chapter {
  readonly title: string | null;
  readonly number: number | null;
  readonly language: string | null;
  readonly fences: readonly Fence[];
  readonly marks: readonly Mark[];
  /** Words that are terms of the glossary. */
  readonly terms: readonly TermMark[];
  readonly statements: readonly Statement[];
  /** The lines of headings. */
  readonly headings: readonly number[];
  readonly problems: readonly Problem[];
}

/** Reads a Markdown file. What is not right is a problem, everything else of it works. */
export function readChapter(text: string): Chapter {
  const { front, fences: blocks, prose, problems } = blocksOf(text);
  const read = blocks.map(fenceOf);
  const fences = read.flatMap(({ fence }) => fence ?? []);
  const marked = prose.map((line) => marksIn(line));
  const termed = prose.map((line) => termMarksIn(line));
  const stated = statementsIn(prose);
  const value = (key: string): string | null =>
    front.find((entry) => entry.key === key)?.value.replace(/^(["'])(.*)\1$/u, '$2') ?? null;
  const number = value('chapter');
  return {
    title: value('title'),
    number: number !== null && /^\d{1,4}$/u.test(number) ? Number(number) : null,
    language: value('language'),
    fences,
    marks: marked.flatMap(({ marks }) => marks),
    terms: termed.flatMap(({ terms }) => terms),
    statements: stated.statements,
    headings: prose.filter(({ text: line }) => /^ {0,3}#{1,6}\s/u.test(line)).map(({ line }) => line),
    problems: [
      ...problems,
      ...read.flatMap((one) => one.problems),
      ...sameNames(fences),
      ...marked.flatMap((one) => one.problems),
      ...termed.flatMap((one) => one.problems),
      ...stated.problems,
    ].sort((a, b) => a.line - b.line),
  };
}

/** Whether a file has anything that is live. */
export function isLesson({ fences, problems, statements, terms }: Chapter): boolean {
  return fences.length > 0 || terms.length > 0 || problems.length > 0 || statements.length > 0;
}

/**
 * The fence that a line of text belongs to: the nearest above it under the same heading, or the next below it there, or
 * else the nearest above. Null where there is none.
 */
export function fenceFor({ fences, headings }: Chapter, line: number): FenceOf<'attention'> | null {
  const pictures = fences.filter((fence) => fence.kind === 'attention');
  const start = headings.findLast((heading) => heading <= line) ?? 0;
  const end = headings.find((heading) => heading > line) ?? Infinity;
  const above = pictures.findLast((fence) => fence.first <= line);
  if (above && above.first >= start) return above;
  return pictures.find((fence) => fence.first > line && fence.first < end) ?? above ?? null;
}

/** The `attention` fence of a name, or the nearest one above a line, or else the first. */
export function pictureNamed({ fences }: Chapter, line: number, name: string | null): FenceOf<'attention'> | null {
  return nearest(
    fences.filter((fence) => fence.kind === 'attention'),
    line,
    name,
  );
}

/** The same of `sentences` fences. */
export function sentencesNamed({ fences }: Chapter, line: number, name: string | null): FenceOf<'sentences'> | null {
  return nearest(
    fences.filter((fence) => fence.kind === 'sentences'),
    line,
    name,
  );
}

function nearest<T extends FencePlace>(own: readonly T[], line: number, name: string | null): T | null {
  if (name !== null) return own.find((fence) => fence.name === name) ?? null;
  return own.findLast((fence) => fence.first <= line) ?? own[0] ?? null;
}

function fenceOf({ kind, first, last, entries }: Block): { fence: Fence | null; problems: readonly Problem[] } {
  const fields = new Fields(entries);
  const start: Entry = { key: '', value: kind, line: first, start: 0, end: kind.length + 3 };
  const place = { first, last, name: fields.text('name') };
  const fence = ((): Fence | null => {
    switch (kind) {
      case 'attention': {
        const picture = pictureOf(fields, start);
        return picture && { ...place, kind, picture };
      }
      case 'question': {
        const question = questionOf(fields, start);
        return question && { ...place, kind, question };
      }
      case 'sentences': {
        const sentences = sentencesOf(fields, start);
        return sentences && { ...place, kind, sentences };
      }
      case 'by-hand':
        return { ...place, kind, byHand: byHandOf(fields, entries) };
    }
  })();
  return { fence, problems: fields.close() };
}

function sameNames(fences: readonly Fence[]): readonly Problem[] {
  const named = fences.filter(({ name }) => name !== null);
  return named
    .filter(({ name }, index) => named.findIndex((one) => one.name === name) < index)
    .map(({ name, first }) => at(first, '```', words().lesson.sameName(name ?? '')));
}

/** Reads the comments that say `holds:`, which may go over several lines, a statement each. */
function statementsIn(prose: readonly ProseLine[]): { statements: readonly Statement[]; problems: readonly Problem[] } {
  const statements: Statement[] = [];
  const problems: Problem[] = [];
  let says: ProseLine | null = null;
  let isOpen = false;
  for (const { line, text } of prose) {
    let at = 0;
    while (at < text.length) {
      if (!isOpen) {
        const found = /<!--\s*holds:/u.exec(text.slice(at));
        const before: string = text.slice(at, found ? at + found.index : undefined).trim();
        if (before !== '' && !before.startsWith('<!--')) says = { line, text: before };
        if (!found) break;
        at += found.index + found[0].length;
      }
      const close = text.indexOf('-->', at);
      const end = close < 0 ? text.length : close;
      const stated = text.slice(at, end).trim();
      if (stated !== '') {
        const read = readComparison(stated);
        const start = text.indexOf(stated, at);
        if ('problem' in read) problems.push({ line, start, end: start + stated.length, message: read.problem });
        else statements.push({ line, text: stated, comparison: read.value, says });
      }
      isOpen = close < 0;
      at = close < 0 ? text.length : close + 3;
    }
  }
  return { statements, problems };
}
