import { words } from '../words/words.ts';
import { papers, type Paper, type PaperId } from './papers.ts';
import { termFacts, termIds, type TermId } from './terms.ts';

/** A term of the glossary in the language that is spoken. */
export interface GlossaryEntry {
  readonly id: TermId;
  readonly name: string;
  readonly forms: readonly string[];
  /** One sentence: what a tooltip says. */
  readonly short: string;
  readonly more: string;
  readonly formula: string | null;
  readonly papers: readonly Paper[];
  readonly related: readonly TermId[];
}

/** Everything that the glossary has on a term. */
export function entryOf(id: TermId): GlossaryEntry {
  const { formula = null, papers: cited, related } = termFacts[id];
  return { id, ...words().glossary.terms[id], formula, papers: cited.map((paper) => papers[paper]), related };
}

/** The short form of a citation: `Clark et al. 2019`. */
export function citationOf(id: PaperId): string {
  const { authors, year } = papers[id];
  return words().glossary.cited(authors, year);
}

/**
 * The term that a person asks for: by its id, its name or another form, in any case; null where the glossary has none
 * of that name.
 */
export function termNamed(text: string): TermId | null {
  const wanted = text.trim().toLowerCase().replace(/\s+/gu, ' ');
  const { terms } = words().glossary;
  return (
    termIds.find((id) => id === wanted || terms[id].name.toLowerCase() === wanted) ??
    termIds.find((id) => terms[id].forms.some((form) => form.toLowerCase() === wanted)) ??
    null
  );
}

/** A piece of text: plain, or a term of the glossary, as the text writes it. */
export type TermPiece = string | { readonly term: TermId; readonly text: string };

/**
 * A text with the terms in it: each where it is named first, the longest name where several begin at one place; `own`
 * is the term that the text is about.
 */
export function termsIn(text: string, own: TermId | null = null): readonly TermPiece[] {
  const { forms, pattern } = formsNow();
  const named = new Set<TermId>(own ? [own] : []);
  const pieces: TermPiece[] = [];
  let from = 0;
  for (const { 0: form, index } of text.matchAll(pattern)) {
    const term = forms.get(form.toLowerCase());
    if (term === undefined || named.has(term)) continue;
    named.add(term);
    if (index > from) pieces.push(text.slice(from, index));
    pieces.push({ term, text: form });
    from = index + form.length;
  }
  return from < text.length ? [...pieces, text.slice(from)] : pieces;
}

/** The forms of all terms in lower case, and what finds them in a text. */
interface Forms {
  readonly forms: ReadonlyMap<string, TermId>;
  readonly pattern: RegExp;
}

/** By the table that they are from: the panel asks with every movement of the mouse. */
const formsOf = new WeakMap<object, Forms>();

function formsNow(): Forms {
  const { terms } = words().glossary;
  const known = formsOf.get(terms);
  if (known) return known;
  const forms = new Map(
    termIds.flatMap((id) => [terms[id].name, ...terms[id].forms].map((form) => [form.toLowerCase(), id] as const)),
  );
  const names = [...forms.keys()]
    .sort((a, b) => b.length - a.length)
    .map((form) => form.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}_-])(?:${names.join('|')})(?![\\p{L}\\p{N}_-])`, 'giu');
  const made = { forms, pattern };
  formsOf.set(terms, made);
  return made;
}
