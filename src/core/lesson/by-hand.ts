import { words } from '../words/words.ts';
import type { Entry } from './blocks.ts';
import type { Fields } from './fields.ts';

/** The most numbers of a vector, and the most keys of a row. */
export const byHandLimits = { numbers: 16, keys: 16 } as const;

/** What a line of a `by-hand` fence comes to, in words, to be shown at its end. */
export interface LineResult {
  readonly line: number;
  readonly text: string;
  /** The same where there is little room: VS Code cuts what is longer than 43 characters. */
  readonly short: string;
}

interface Line {
  readonly name: string;
  readonly numbers: readonly number[];
  readonly line: number;
}

/** The numbers of a `by-hand` fence: the query and the keys, or scores in their place, and the values. */
export interface ByHand {
  readonly query: Line | null;
  readonly keys: readonly Line[];
  readonly scores: readonly Line[];
  readonly values: readonly Line[];
  readonly divide: number | null;
  readonly results: readonly LineResult[];
}

/** Reads a `by-hand` fence and computes what each line comes to, as far as its numbers are right. */
export function byHandOf(fields: Fields, entries: readonly Entry[]): ByHand {
  const says = words().lesson;
  const lines = { query: [] as Line[], key: [] as Line[], score: [] as Line[], value: [] as Line[] };
  for (const entry of entries) {
    const [, kind, name = ''] = /^(query|key|score|value)\s+(\S.*)$/u.exec(entry.key) ?? [];
    if (kind === undefined) continue;
    fields.all(entry.key);
    const numbers = numbersOf(entry.value);
    const one = { name, numbers: numbers ?? [], line: entry.line };
    if (numbers === null) fields.wrong(entry, says.numbers(byHandLimits.numbers));
    else lines[kind as keyof typeof lines].push(one);
  }
  const [query = null, ...others] = lines.query;
  const length = query?.numbers.length;
  const wrong = (line: Line, message: string): void => {
    const entry = entries.find((one) => one.line === line.line);
    if (entry) fields.wrong(entry, message);
  };
  for (const line of others) wrong(line, says.twice('query'));
  for (const key of lines.key) if (length !== key.numbers.length) wrong(key, says.sameLength(length ?? 0));
  for (const score of lines.score) if (score.numbers.length !== 1) wrong(score, says.oneNumber);
  for (const line of [...lines.key, ...lines.score].slice(byHandLimits.keys)) wrong(line, says.keys(byHandLimits.keys));
  const divide = fields.read('divide', (value) => positive(value), says.positive);
  const parts = { query, keys: lines.key, scores: lines.score, values: lines.value, divide };
  return { ...parts, results: resultsOf(parts) };
}

/** Softmax of a row of scores; empty for none. */
export function softmaxOf(scores: readonly number[]): readonly number[] {
  const most = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - most));
  const sum = powers.reduce((all, power) => all + power, 0);
  return powers.map((power) => power / sum);
}

/** Σ a b of two vectors, as far as both go. */
export function dotOf(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, number, at) => sum + number * (b[at] ?? 0), 0);
}

function resultsOf({ query, keys, scores, values, divide }: Omit<ByHand, 'results'>): readonly LineResult[] {
  const says = words().lesson.byHand;
  const length = query?.numbers.length ?? 0;
  const scale = divide ?? Math.sqrt(length);
  const usable = keys.filter(({ numbers }) => numbers.length === length && length > 0).slice(0, byHandLimits.keys);
  const scored = [
    ...usable.map((key) => ({ ...key, product: dotOf(query?.numbers ?? [], key.numbers) })),
    ...scores.filter(({ numbers }) => numbers.length === 1).map((one) => ({ ...one, product: null })),
  ].slice(0, byHandLimits.keys);
  const row = scored.map(({ product, numbers: [given = 0] }) => (product === null ? given : product / scale));
  const weights = softmaxOf(row);
  const exps = row.map((score) => Math.exp(score));
  const results = scored.map(({ line, product }, at): LineResult => {
    const [score = 0, exp = 0, weight = 0] = [row[at], exps[at], weights[at]];
    if (product === null) return same(line, says.score(exp, weight));
    const numbers = { product, score, exp, weight };
    return { line, text: says.key(numbers), short: says.shortKey(numbers) };
  });
  const sum = exps.reduce((all, one) => all + one, 0);
  const head = query && usable.length > 0 ? [same(query.line, says.query(scale, sum))] : [];
  return [...head, ...results, ...handedOver(scored, weights, values)];
}

/** What the values come to: each times its weight, and the sum at the last of them. */
function handedOver(
  scored: readonly Line[],
  weights: readonly number[],
  values: readonly Line[],
): readonly LineResult[] {
  const says = words().lesson.byHand;
  const weighted = values.flatMap(({ name, numbers, line }) => {
    const weight = weights[scored.findIndex((one) => one.name === name)];
    return weight === undefined ? [] : [{ line, part: numbers.map((number) => number * weight) }];
  });
  const width = Math.max(0, ...weighted.map(({ part }) => part.length));
  const total = Array.from({ length: width }, (_, at) => weighted.reduce((sum, { part }) => sum + (part[at] ?? 0), 0));
  return weighted.map(({ line, part }, at) =>
    at === weighted.length - 1
      ? { line, text: says.output(part, total), short: says.shortOutput(part, total) }
      : same(line, says.value(part)),
  );
}

function same(line: number, text: string): LineResult {
  return { line, text, short: text };
}

function numbersOf(text: string): readonly number[] | null {
  const parts = text.split(/[\s,]+/u).filter((part) => part !== '');
  const numbers = parts.map((part) => numberOf(part));
  const isRow = numbers.length > 0 && numbers.length <= byHandLimits.numbers;
  return isRow && numbers.every((number) => number !== null) ? numbers : null;
}

function positive(text: string): number | null {
  const number = numberOf(text);
  return number !== null && number > 0 ? number : null;
}

/** A number of a few digits, with either sign for minus. */
function numberOf(text: string): number | null {
  return /^[+\-−]?(?:\d{1,6}(?:\.\d{0,8})?|\.\d{1,8})$/u.test(text) ? Number(text.replace('−', '-')) : null;
}
