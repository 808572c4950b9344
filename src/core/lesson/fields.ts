import * as v from 'valibot';
import { mapNames, type MapName } from '../attention/map.ts';
import { issueText } from '../schema.ts';
import { words } from '../words/words.ts';
import { wrongValue, type Entry, type Problem } from './blocks.ts';

/**
 * A head as a lesson writes it: `4.1`, `4.*` for all of a layer, `cross/4.1` of a map. Layers by their number in the
 * model.
 */
export interface HeadPlace {
  readonly map: MapName | null;
  readonly layer: number;
  readonly head: number | null;
}

/** A token by its place, or a word by its text and its turn among equals (from 1). */
export type WordPlace = { readonly index: number } | { readonly word: string; readonly turn: number };

/** Reads `4.1`, `4.*`, `cross/0.*`; null where a text is no head. */
export function headPlaceOf(text: string): HeadPlace | null {
  const [, name, layer, head] = /^(?:([a-z]+)\/)?(\d{1,4})\.(\d{1,4}|\*)$/u.exec(text.trim()) ?? [];
  if (layer === undefined) return null;
  const map = name === undefined ? null : mapNames.find((known) => known === name);
  return map === undefined ? null : { map, layer: Number(layer), head: head === '*' ? null : Number(head) };
}

/** Reads `ate`, `the#2`, `[CLS]`, `6`, `"1984"`; null for nothing. */
export function wordPlaceOf(text: string): WordPlace | null {
  const trimmed = text.trim();
  if (/^\d{1,9}$/u.test(trimmed)) return { index: Number(trimmed) };
  const [, quoted, bare = '', turn] = /^(?:"(.*)"|(.*?))(?:#([1-9]\d{0,5}))?$/su.exec(trimmed) ?? [];
  const word = quoted ?? bare;
  return word === '' ? null : { word, turn: turn === undefined ? 1 : Number(turn) };
}

/** A word as the one who wrote it would find it again in a message. */
export function placeText(place: WordPlace): string {
  if ('index' in place) return String(place.index);
  return place.turn === 1 ? place.word : `${place.word}#${place.turn}`;
}

/**
 * Reads the entries of a fence by key. Every key is asked for once; what nobody asked for is not known, and is named
 * by {@link Fields.close}.
 */
export class Fields {
  readonly #entries: readonly Entry[];
  readonly #asked = new Set<string>();
  readonly #problems: Problem[] = [];

  constructor(entries: readonly Entry[]) {
    this.#entries = entries;
  }

  /** The one entry of a key; a second one is a problem. */
  entry(key: string): Entry | null {
    const [first, second] = this.all(key);
    if (second) this.wrong(second, words().lesson.twice(key));
    return first ?? null;
  }

  /** All entries of a key, in order. */
  all(key: string): readonly Entry[] {
    this.#asked.add(key);
    return this.#entries.filter((entry) => entry.key === key);
  }

  /** What `read` makes of the value of a key; null where there is none, or where it gives null, which is a problem. */
  read<T>(key: string, read: (value: string) => T | null, expected: string): T | null {
    const entry = this.entry(key);
    return entry && this.#readEntry(entry, read, expected);
  }

  /** As {@link read}, of every entry of a key that is right. */
  readAll<T>(key: string, read: (value: string) => T | null, expected: string): readonly T[] {
    return this.all(key).flatMap((entry) => {
      const value = this.#readEntry(entry, read, expected);
      return value === null ? [] : [value];
    });
  }

  /** The value of a key as it stands; null where it is missing or empty. */
  text(key: string): string | null {
    const value = this.entry(key)?.value ?? '';
    return value === '' ? null : value;
  }

  /** One of a few words. */
  choice<T extends string>(key: string, choices: readonly T[]): T | null {
    return this.read(key, (value) => choices.find((choice) => choice === value) ?? null, words().lesson.oneOf(choices));
  }

  /** What a schema makes of the value of a key. */
  parsed<S extends v.GenericSchema>(entry: Entry | null, schema: S, value: unknown): v.InferOutput<S> | null {
    const parsed = v.safeParse(schema, value);
    if (parsed.success) return parsed.output;
    if (entry) this.wrong(entry, words().lesson.value(issueText(parsed.issues[0])));
    return null;
  }

  /** Says that the value of an entry is not right. */
  wrong(entry: Entry, message: string): void {
    this.#problems.push(wrongValue(entry, message));
  }

  /** All problems, also of keys that nobody has asked for. */
  close(): readonly Problem[] {
    const unknown = this.#entries
      .filter(({ key }) => !this.#asked.has(key))
      .map(({ key, line, end }): Problem => {
        return { line, start: 0, end, message: words().lesson.unknownKey(key, [...this.#asked]) };
      });
    return [...this.#problems, ...unknown];
  }

  #readEntry<T>(entry: Entry, read: (value: string) => T | null, expected: string): T | null {
    const value = read(entry.value);
    if (value === null) this.wrong(entry, expected);
    return value;
  }
}
