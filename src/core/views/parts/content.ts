import { termText } from '../../attention/number-words.ts';
import type { PartName } from '../../block/part-name.ts';
import type { ScoreParts } from '../../block/score-parts.ts';
import { itemAt } from '../../item-at.ts';
import { words } from '../../words/words.ts';
import { maskedBelow } from '../arithmetic/chain.ts';
import type { WeightNames } from '../arithmetic/names.ts';
import { sentencesOf } from './sentences.ts';
import { sumOf, type PartLine, type Term } from './terms.ts';

/** Terms that are listed by themselves. */
const listed = 5;

/** All that is said of why a score is what it is, before it has a place. */
export interface PartsContent {
  readonly queryName: string;
  readonly keyName: string;
  /** The parts of each side, the one that matters most first. */
  readonly query: readonly PartLine[];
  readonly key: readonly PartLine[];
  /** How much a pair of parts, by their places in the answer, raises the score above the mean of its row. */
  readonly termOf: (query: number, key: number) => number;
  readonly total: number;
  readonly sentences: readonly string[];
  /** The largest terms by size, and all others together; null where there are none. */
  readonly largest: readonly Term[];
  readonly further: { readonly count: number; readonly value: number } | null;
  readonly check: readonly { readonly name: string; readonly value: string }[];
}

/** Throws RangeError for an answer whose tables do not fit its parts. */
export function checkParts({ parts: { length }, terms, centred }: ScoreParts): void {
  const bytes = length * length * Float32Array.BYTES_PER_ELEMENT;
  if (terms.byteLength !== bytes || centred.byteLength !== bytes)
    throw new RangeError(`Tables of ${length} parts have ${terms.byteLength} and ${centred.byteLength} bytes.`);
}

/** What is said of a score and its parts. Throws RangeError as {@link checkParts} does. */
export function partsContent(told: ScoreParts, names: WeightNames): PartsContent {
  checkParts(told);
  const count = told.parts.length;
  const [terms, centred] = [new Float32Array(told.terms), new Float32Array(told.centred)];
  const termOf = (query: number, key: number): number => itemAt(centred, query * count + key);
  const every = Array.from({ length: count }, (_, at) => at);
  const isOf = {
    query: every.filter((part) => every.some((other) => terms[part * count + other] !== 0)),
    key: every.filter((part) => every.some((other) => terms[other * count + part] !== 0)),
  };
  const query = sideOf(isOf.query, told.parts, names.query, (part) => isOf.key.map((other) => termOf(part, other)));
  const key = sideOf(isOf.key, told.parts, names.key, (part) => isOf.query.map((other) => termOf(other, part)));
  const all = query.flatMap((one) =>
    key.map((other): Term => ({ query: one, key: other, value: termOf(itemAt(one.parts, 0), itemAt(other.parts, 0)) })),
  );
  all.sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
  const total = sumOf(all.map(({ value }) => value));
  const largest = all.slice(0, listed).filter(({ value }) => value !== 0);
  const others = all.slice(largest.length);
  return {
    queryName: names.query,
    keyName: names.key,
    query,
    key,
    termOf,
    total,
    sentences: sentencesOf(told, names, all, { query, key }),
    largest,
    further: others.length === 0 ? null : { count: others.length, value: sumOf(others.map(({ value }) => value)) },
    check: checkOf(told, all.length, total),
  };
}

/** The parts of a side: first those that have the largest sum, or the largest term by itself. */
function sideOf(
  parts: readonly number[],
  names: readonly PartName[],
  at: string,
  termsOf: (part: number) => readonly number[],
): readonly PartLine[] {
  const says = words().scoreParts;
  const lines = parts.map((part) => {
    const [own, name] = [termsOf(part), itemAt(names, part)];
    const sum = sumOf(own);
    const line: PartLine = {
      parts: [part],
      kind: name.kind,
      name: words().partNames.name(name, null),
      short: says.short(name),
      says: says.wrote(name, at),
      sum,
    };
    return { line, size: Math.max(Math.abs(sum), ...own.map(Math.abs)) };
  });
  return lines.sort((a, b) => b.size - a.size).map(({ line }) => line);
}

function checkOf(told: ScoreParts, terms: number, total: number): PartsContent['check'] {
  const says = words().scoreParts;
  const excess = told.score - told.mean;
  const row = (name: string, value: number): { name: string; value: string } => ({ name, value: fourDigits(value) });
  const difference = Math.abs(total - excess);
  const added = told.biases.filter(({ value }) => value !== 0);
  return [
    row(says.terms(terms), total),
    row(says.excess, excess),
    { name: says.difference, value: difference === 0 ? '0' : difference.toExponential(0) },
    row(says.product, told.score),
    row(says.mean(told.keys), told.mean),
    ...(told.softcap === null ? [] : [row(says.capped, told.softcap * Math.tanh(told.score / told.softcap))]),
    ...added.map(({ name, value }) => row(says.bias(words().explanation.biases[name]), value)),
    ...(added.length > 0 || told.softcap !== null
      ? [row(says.read, told.read.score), row(says.readMean, told.read.mean)]
      : []),
  ];
}

function fourDigits(value: number): string {
  if (!Number.isFinite(value) || value < maskedBelow) return termText(-Infinity);
  return value.toFixed(4).replace('-', '−');
}
