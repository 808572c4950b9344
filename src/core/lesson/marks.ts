import { weightSymbols, type WeightSymbol } from '../views/arithmetic/symbols.ts';
import { views, type ViewName } from '../views/table.ts';
import { words } from '../words/words.ts';
import type { ProseLine, Problem } from './blocks.ts';
import { headPlaceOf, wordPlaceOf, type HeadPlace, type WordPlace } from './fields.ts';

/** A word of the text that names something: `[ate](#token=ate)`. */
export interface Mark {
  readonly line: number;
  /** The characters of the whole link, and of the word in it. */
  readonly start: number;
  readonly end: number;
  readonly wordStart: number;
  readonly wordEnd: number;
  readonly head: HeadPlace | null;
  readonly token: WordPlace | null;
  readonly key: WordPlace | null;
  readonly view: ViewName | null;
  readonly symbol: WeightSymbol | null;
}

const link = /\[((?:[^[\]\n]|\[[^[\]\n]{0,100}\]){1,200})\]\(#((?:token|key|head|view|symbol)=[^)\s]{1,300})\)/gu;

/** The words of a line that name something. */
export function marksIn({ line, text }: ProseLine): {
  readonly marks: readonly Mark[];
  readonly problems: readonly Problem[];
} {
  const found = [...text.matchAll(link)].map((match) => {
    const [whole, word = '', target = ''] = match;
    const place = { line, start: match.index, end: match.index + whole.length };
    const targets = targetsOf(target);
    if (typeof targets === 'string') return { problem: { ...place, message: targets } };
    return { mark: { ...place, wordStart: place.start + 1, wordEnd: place.start + 1 + word.length, ...targets } };
  });
  return {
    marks: found.flatMap(({ mark }) => mark ?? []),
    problems: found.flatMap(({ problem }) => problem ?? []),
  };
}

type Targets = Pick<Mark, 'head' | 'token' | 'key' | 'view' | 'symbol'>;

/** What a link names; a sentence where it cannot be read. */
function targetsOf(target: string): Targets | string {
  const says = words().lesson;
  const values = new Map<string, string>();
  for (const part of target.split('&')) {
    const equals = part.indexOf('=');
    const [key, value] = [part.slice(0, equals), decoded(part.slice(equals + 1))];
    if (!isTarget(key) || value === null) return says.mark(targetNames);
    values.set(key, value);
  }
  const given = <T>(key: keyof Targets, read: (value: string) => T | null): T | null | undefined => {
    const value = values.get(key);
    return value === undefined ? null : (read(value) ?? undefined);
  };
  const head = given('head', headPlaceOf);
  const token = given('token', wordPlaceOf);
  const key = given('key', wordPlaceOf);
  const view = given('view', (value) => views.find((one) => one === value) ?? null);
  const symbol = given('symbol', (value) => weightSymbols.find((one) => one === value) ?? null);
  if (head === undefined) return says.head;
  if (token === undefined || key === undefined) return says.word;
  if (view === undefined) return says.oneOf(views);
  if (symbol === undefined) return says.oneOf(weightSymbols);
  return { head, token, key, view, symbol };
}

const targetNames = ['token', 'key', 'head', 'view', 'symbol'] as const satisfies readonly (keyof Targets)[];

function isTarget(key: string): key is keyof Targets {
  return targetNames.some((name) => name === key);
}

function decoded(value: string): string | null {
  try {
    return decodeURIComponent(value);
  } catch {
    return null;
  }
}
