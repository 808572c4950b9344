import * as v from 'valibot';
import { itemAt } from '../item-at.ts';
import type { Data } from '../schema.ts';

/** The kinds of links that the probe sentences are labelled with. */
export const probeKinds = [
  'subject',
  'object',
  'determiner',
  'adjective',
  'preposition',
  'auxiliary',
  'antecedent',
] as const;
export type ProbeKind = (typeof probeKinds)[number];

/** A word of a sentence: its characters [start, end), in UTF-16 code units. */
export interface ProbeWord {
  readonly start: number;
  readonly end: number;
}

/** A link from a word (the verb, the determiner, the pronoun) to its partner; both are places of words. */
export type ProbeLink = Data<typeof linkSchema>;

/**
 * A sentence with labelled links. A word that is linked has all its links of that kind, and so have its partners;
 * other words may be linked in the sentence without being labelled.
 */
export interface ProbeSentence {
  /** The book that it is from, or `own`. */
  readonly source: string;
  readonly text: string;
  readonly words: readonly ProbeWord[];
  readonly links: readonly ProbeLink[];
  /** The places of the nouns and pronouns, in order. */
  readonly nouns: readonly number[];
}

const place = v.pipe(v.string(), v.regex(/^\d{1,3}$/), v.transform(Number));
const linkSchema = v.object({ kind: v.picklist(probeKinds), from: place, to: place });
const lineSchema = v.tuple([
  v.pipe(v.string(), v.regex(/^[\w-]+$/)),
  v.pipe(v.string(), v.nonEmpty()),
  v.string(),
  v.string(),
]);

/** A word is a run of letters, or a mark; the sentences have no others. */
const wordPattern = /[A-Za-z]+|[^\sA-Za-z]/gu;

/**
 * Reads `media/probe/english.tsv`: a sentence a line, its source, its text, its links (`subject:3>1`) and its nouns in
 * columns; lines that begin with `#` are comments. Throws ValiError or RangeError for a file that is not as it was
 * written.
 */
export function parseProbeSentences(file: string): readonly ProbeSentence[] {
  return file
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [source, text, links, nouns] = v.parse(lineSchema, line.split('\t'));
      const words = [...text.matchAll(wordPattern)].map(({ index, 0: word }) => ({
        start: index,
        end: index + word.length,
      }));
      return {
        source,
        text,
        words,
        links: links.split(' ').map((link) => parsedLink(link, words)),
        nouns: nouns.split(' ').map((noun) => parsedPlace(noun, words)),
      };
    });
}

function parsedLink(text: string, words: readonly ProbeWord[]): ProbeLink {
  const [kind, from, to] = text.split(/[:>]/);
  const link = v.parse(linkSchema, { kind, from, to });
  itemAt(words, link.from);
  itemAt(words, link.to);
  return link;
}

function parsedPlace(text: string, words: readonly ProbeWord[]): number {
  const at = v.parse(place, text);
  itemAt(words, at);
  return at;
}
