import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AttentionMap } from '../../../src/core/attention/map.ts';
import { itemAt } from '../../../src/core/item-at.ts';
import { parseProbeSentences, type ProbeSentence } from '../../../src/core/probe/sentences.ts';
import type { Sequence, Token } from '../../../src/core/text/token.ts';

const root = join(import.meta.dirname, '..', '..', '..');

/** The sentences that ship. */
export const shipped = parseProbeSentences(readFileSync(join(root, 'media', 'probe', 'english.tsv'), 'utf8'));

/** A file of `training`, by lines. */
export function trainingLines(...path: readonly string[]): string[] {
  return readFileSync(join(root, 'training', ...path), 'utf8').split('\n');
}

/** A word of a sentence, in small letters. */
export function wordOf({ text, words }: ProbeSentence, at: number): string {
  const { start, end } = itemAt(words, at);
  return text.slice(start, end).toLowerCase();
}

/** The words that each word is linked to, by kind and place: `subject 3` → 1. */
export function rowsOf({ links }: ProbeSentence, reversed = false): Map<string, number[]> {
  const rows = new Map<string, number[]>();
  for (const { kind, from, to } of links) {
    const key = `${kind} ${reversed ? to : from}`;
    rows.set(key, [...(rows.get(key) ?? []), reversed ? from : to]);
  }
  return rows;
}

/** The tokens of a sentence, `[CLS]` and `[SEP]` around them or nothing; words named in `cut` are two pieces. */
export function sequenceOf(sentence: ProbeSentence, isFramed = true, cut: readonly number[] = []): Sequence {
  const special = (text: string, at: number): Token => ({
    id: at === 0 ? 0 : 1,
    text,
    start: at,
    end: at,
    special: true,
    word: null,
    segment: 0,
  });
  const tokens = sentence.words.flatMap(({ start, end }, word): Token[] => {
    const ends = cut.includes(word) ? [start + 1, end] : [end];
    return ends.map((stop, piece) => {
      const first = piece === 0 ? start : start + 1;
      const text = sentence.text.slice(first, stop);
      return { id: 2 + word, text, start: first, end: stop, special: false, word, segment: 0 };
    });
  });
  const { length } = sentence.text;
  return {
    text: sentence.text,
    tokens: isFramed ? [special('[CLS]', 0), ...tokens, special('[SEP]', length)] : tokens,
  };
}

/** Weights of one head: the row of a query, as weights over all keys that need not sum to 1. */
export type Rows = (query: number, tokens: number) => ReadonlyMap<number, number>;

/** A map of one layer with these heads. */
export function mapOf({ tokens }: Sequence, kind: 'self' | 'causal', heads: readonly Rows[]): AttentionMap {
  const count = tokens.length;
  const weights = new Float32Array(heads.length * count * count);
  heads.forEach((rows, head) => {
    for (let query = 0; query < count; query++)
      for (const [key, weight] of rows(query, count)) weights[(head * count + query) * count + key] = weight;
  });
  return { name: 'attention', kind, queries: 0, keys: 0, shape: [1, heads.length, count, count], weights };
}

/** Equal weights on all that a query sees. */
export const evenly =
  (kind: 'self' | 'causal'): Rows =>
  (query, tokens) => {
    const seen = kind === 'causal' ? query + 1 : tokens;
    return new Map(Array.from({ length: seen }, (_, key) => [key, 1 / seen]));
  };

/** All weight on one key. */
export const onto =
  (key: (query: number) => number): Rows =>
  (query, tokens) =>
    new Map([[Math.min(tokens - 1, Math.max(0, key(query))), 1]]);
