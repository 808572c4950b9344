import type { MapKind } from '../attention/map.ts';
import type { Sequence } from '../text/token.ts';
import { wordsOf, type TokenSpan } from '../text/words.ts';
import { linkOfRole, nounFamilies, type GrammarRole } from './roles.ts';
import type { ProbeSentence, ProbeWord } from './sentences.ts';

/**
 * A place beside a word: so many words away (before it where negative), all words counted or nouns and pronouns alone.
 */
export interface Offset {
  readonly by: number;
  readonly of: 'words' | 'nouns';
}

/**
 * The fixed offsets that are tried as baselines. Those in nouns stand for heads that look at nouns nearby: they find
 * many a subject, and know nothing of what it is to the verb.
 */
export const offsets: readonly Offset[] = [
  ...[-8, -7, -6, -5, -4, -3, -2, -1, 1, 2, 3, 4, 5, 6, 7, 8].map((by): Offset => ({ by, of: 'words' })),
  ...[-3, -2, -1, 1, 2, 3].map((by): Offset => ({ by, of: 'nouns' })),
];

/** A word whose partner a head is asked for: a row. */
export interface ProbeCase {
  readonly role: GrammarRole;
  /** Of `next-noun`, the family of links that the word has. */
  readonly family: string | null;
  /** The index of the word in the sentence, and of those that it is linked to; each of these is right. */
  readonly from: number;
  readonly partners: readonly number[];
  /** Of every one of {@link offsets} whether it leads to a partner. */
  readonly offsetHits: readonly boolean[];
  /** The tokens of the word. */
  readonly query: TokenSpan;
  /** Which of the words that can be chosen are right, as indices of `choices`. */
  readonly right: ReadonlySet<number>;
  /** Whether no partner stands next to the word. */
  readonly apart: boolean;
}

/** The words of a sentence that a head can choose, and the rows that it is asked about. */
export interface ProbeCases {
  /**
   * Words as the tokenizer cuts them, pieces merged; the word itself and punctuation are among them, special tokens are
   * not, because heads rest there whatever the text says.
   */
  readonly choices: readonly TokenSpan[];
  readonly cases: readonly ProbeCase[];
}

/**
 * What heads are asked about a sentence. A row counts with all partners of its word. Left out are words that the
 * tokenizer joins with others or cuts off, and in a causal map rows of which a partner follows: it cannot be seen.
 */
export function casesOf(sentence: ProbeSentence, sequence: Sequence, kind: MapKind): ProbeCases {
  const choices = wordsOf(sequence.tokens).filter(({ first }) => sequence.tokens[first]?.special === false);
  const pieces = piecesOf(sentence, sequence, choices);
  const cases = rowsOf(sentence).flatMap(({ from, partners, ...asked }): ProbeCase[] => {
    const own = pieces[from];
    const right = partners.map((partner) => pieces[partner]);
    if (!own || !right.every((one) => one !== undefined && one !== null)) return [];
    const query = spanOf(choices, own);
    const isSeen = kind !== 'causal' || right.every((one) => spanOf(choices, one).end <= query.first);
    if (!isSeen) return [];
    const apart = partners.every((partner) => Math.abs(partner - from) > 1);
    const offsetHits = offsets.map((offset) => partners.includes(landing(sentence, from, offset)));
    return [{ ...asked, from, partners, offsetHits, query, right: new Set(right.flat()), apart }];
  });
  return { choices, cases };
}

function landing({ nouns }: ProbeSentence, from: number, { by, of }: Offset): number {
  if (of === 'words') return from + by;
  return by < 0 ? (nouns.filter((at) => at < from).at(by) ?? -1) : (nouns.filter((at) => at > from)[by - 1] ?? -1);
}

type Row = Pick<ProbeCase, 'role' | 'family' | 'from' | 'partners'>;

function rowsOf(sentence: ProbeSentence): Row[] {
  const linked = entriesOf(linkOfRole).flatMap(([role, { kind, reversed }]) => {
    const rows = new Map<number, number[]>();
    for (const link of sentence.links) {
      if (link.kind !== kind) continue;
      const [from, to] = reversed ? [link.to, link.from] : [link.from, link.to];
      rows.set(from, [...(rows.get(from) ?? []), to]);
    }
    return [...rows].map(([from, partners]): Row => ({ role, family: null, from, partners }));
  });
  const nouns = linked.flatMap(({ role, from }): Row[] => {
    const family = nounFamilies[role];
    const next = landing(sentence, from, { by: 1, of: 'nouns' });
    return family === undefined || next < 0 ? [] : [{ role: 'next-noun', family, from, partners: [next] }];
  });
  return [...linked, ...nouns];
}

function entriesOf<K extends string, V>(table: Readonly<Record<K, V>>): [K, V][] {
  return Object.entries(table) as [K, V][];
}

/**
 * For each word of a sentence the choices that it is made of; null where one of them is a part of another word, too.
 */
function piecesOf(
  { text, words }: ProbeSentence,
  { tokens }: Sequence,
  choices: readonly TokenSpan[],
): (readonly number[] | null)[] {
  const places = choices.map(({ first, end }): ProbeWord => {
    const own = tokens.slice(first, end).filter((token) => token.end > token.start);
    return { start: Math.min(...own.map(({ start }) => start)), end: Math.max(...own.map((token) => token.end)) };
  });
  const isLetters = ({ start, end }: ProbeWord): boolean => /^[A-Za-z]+$/.test(text.slice(start, end));
  return words.map((word) => {
    const own = places.flatMap((place, at) => (overlaps(place, word) ? [at] : []));
    const others = words.filter((other) => other !== word && isLetters(other));
    const isShared = own.some((at) => others.some((other) => overlaps(places[at], other)));
    return own.length === 0 || isShared ? null : own;
  });
}

function overlaps(one: ProbeWord | undefined, other: ProbeWord): boolean {
  return one !== undefined && one.start < other.end && other.start < one.end;
}

function spanOf(choices: readonly TokenSpan[], places: readonly number[]): TokenSpan {
  const own = places.flatMap((at) => choices[at] ?? []);
  return { first: Math.min(...own.map(({ first }) => first)), end: Math.max(...own.map(({ end }) => end)) };
}
