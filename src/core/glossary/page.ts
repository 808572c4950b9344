import { words } from '../words/words.ts';
import { citationOf, entryOf, termsIn, type GlossaryEntry, type TermPiece } from './entry.ts';
import { papers, type Paper } from './papers.ts';
import { termIds, type TermId } from './terms.ts';

/** A piece of a paragraph: text, a term of the glossary, or the address of a paper. */
export type Piece = TermPiece | { readonly url: string; readonly text: string };

/** A part of a page, from above to below; `term` is what a heading begins. */
export type Block =
  | { readonly kind: 'title'; readonly text: string }
  | { readonly kind: 'heading'; readonly text: string; readonly term: TermId | null }
  | { readonly kind: 'formula'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly pieces: readonly Piece[] }
  | { readonly kind: 'list'; readonly label: string; readonly items: readonly (readonly Piece[])[] };

/** The whole glossary: what it is, a list of its terms, and each of them, by the alphabet. */
export function glossaryPage(): readonly Block[] {
  const says = words().glossary;
  const entries = termIds.map(entryOf).sort((a, b) => a.name.localeCompare(b.name));
  return [
    { kind: 'title', text: says.title },
    { kind: 'paragraph', pieces: [says.intro] },
    {
      kind: 'paragraph',
      pieces: entries.flatMap(({ id, name }, at) => [...(at > 0 ? [' · '] : []), { term: id, text: name }]),
    },
    ...entries.flatMap(entryBlocks),
  ];
}

/** One term: definition, formula, papers, related terms. */
export function entryBlocks({ id, name, forms, short, more, formula, papers: cited, related }: GlossaryEntry): Block[] {
  const says = words().glossary;
  const list = (label: string, items: readonly (readonly Piece[])[]): Block[] =>
    items.length === 0 ? [] : [{ kind: 'list', label, items }];
  return [
    { kind: 'heading', text: capitalised(name), term: id },
    { kind: 'paragraph', pieces: termsIn(short, id) },
    ...(formula === null ? [] : [{ kind: 'formula', text: formula } as const]),
    { kind: 'paragraph', pieces: termsIn(more, id) },
    ...(forms.length === 0 ? [] : [{ kind: 'paragraph', pieces: [says.alsoCalled(forms)] } as const]),
    ...list(says.papers, cited.map(paperPieces)),
    ...list(
      says.related,
      related.map((term) => [{ term, text: words().glossary.terms[term].name }]),
    ),
  ];
}

/** What attention can and cannot tell: paragraphs with citations, and the papers by their year. */
export function limitsPage(): readonly Block[] {
  const { limits, papers: label } = words().glossary;
  const used = [...new Set(limits.paragraphs.flatMap((paragraph) => paragraph.papers))];
  const byYear = used.map((id) => papers[id]).sort((a, b) => a.year - b.year || a.authors.localeCompare(b.authors));
  return [
    { kind: 'title', text: limits.title },
    ...limits.paragraphs.map(({ text, papers: ids }): Block => {
      const citations = ids.flatMap((id, at): Piece[] => [
        at > 0 ? '; ' : ' (',
        { url: papers[id].url, text: citationOf(id) },
      ]);
      return { kind: 'paragraph', pieces: [...termsIn(text), ...citations, ')'] };
    }),
    { kind: 'list', label, items: byYear.map(paperPieces) },
  ];
}

function paperPieces({ authors, year, title, url }: Paper): readonly Piece[] {
  return [words().glossary.paper(authors, year), { url, text: title }];
}

/** A name at the beginning of a line. */
export function capitalised(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
