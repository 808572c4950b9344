import { entryOf } from '../glossary/entry.ts';
import { termIds, type TermId } from '../glossary/terms.ts';
import { escape } from '../picture/svg.ts';
import { words } from '../words/words.ts';
import type { Problem, ProseLine } from './blocks.ts';

/** A word of the text that is a term of the glossary: `[query](#term=query)`. */
export interface TermMark {
  readonly line: number;
  /** The characters of the whole link, and of the word in it. */
  readonly start: number;
  readonly end: number;
  readonly wordStart: number;
  readonly wordEnd: number;
  readonly term: TermId;
}

const link = /\[([^[\]\n]{1,200})\]\(#term=([^)\s]{1,100})\)/gu;

/** The terms of a line. */
export function termMarksIn({ line, text }: ProseLine): {
  readonly terms: readonly TermMark[];
  readonly problems: readonly Problem[];
} {
  const found = [...text.matchAll(link)].map(({ 0: whole, 1: word = '', 2: id = '', index: start }) => {
    const place = { line, start, end: start + whole.length };
    const term = termOf(id);
    return term === null
      ? { problem: { ...place, message: words().lesson.term } }
      : { term: { ...place, wordStart: start + 1, wordEnd: start + 1 + word.length, term } };
  });
  return { terms: found.flatMap(({ term }) => term ?? []), problems: found.flatMap(({ problem }) => problem ?? []) };
}

/** The term that the target of a link names; null for other targets, and for what is no term. */
export function termOfLink(target: string): TermId | null {
  return target.startsWith('#term=') ? termOf(target.slice('#term='.length)) : null;
}

/** Where a link to a term leads in a page that has {@link termsHtml} at its end. */
export function termAnchor(term: TermId): string {
  return `#${anchorName(term)}`;
}

/** The terms that a page links to, with what they mean. */
export function termsHtml(terms: readonly TermId[]): string {
  const rows = terms.map((id) => {
    const { name, short, more } = entryOf(id);
    return `<dt id="${anchorName(id)}">${escape(name)}</dt><dd>${escape(`${short} ${more}`)}</dd>`;
  });
  return (
    `<section class="text-attention-terms"><h2>${escape(words().glossary.title)}</h2>` +
    `<dl>${rows.join('')}</dl></section>`
  );
}

function anchorName(term: TermId): string {
  return `text-attention-term-${term}`;
}

function termOf(id: string): TermId | null {
  return termIds.find((term) => term === id) ?? null;
}
