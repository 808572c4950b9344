import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { itemAt } from '../../../src/core/item-at.ts';
import { parseProbeSentences, type ProbeSentence } from '../../../src/core/probe/sentences.ts';

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
