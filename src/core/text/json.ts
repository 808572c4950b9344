import { AttentionError } from '../errors/reason.ts';
import { fileBudget, type TextBudget } from './budget.ts';
import { words } from '../words/words.ts';

/** Components inside components: real files nest three deep. */
const maxDepth = 32;
/** Characters of a name of something that is quoted in a message. */
const maxQuoted = 200;

/** What the parts of one file share. */
export interface FileReading {
  readonly budget: TextBudget;
  /** Whether the file brings regular expressions of its own, whose time nothing bounds. */
  hasPatterns: boolean;
}

/**
 * A JSON object of a tokenizer file, read with checks: what is missing or of the wrong kind is reported with its place
 * (`model-file-invalid`), what is not known is refused by name (`tokenizer-unsupported`).
 */
export class JsonObject {
  readonly model: string;
  readonly place: string;
  readonly reading: FileReading;
  readonly #value: Readonly<Record<string, unknown>>;
  readonly #depth: number;

  constructor(
    model: string,
    place: string,
    value: unknown,
    reading: FileReading = { budget: fileBudget(model), hasPatterns: false },
    depth = 0,
  ) {
    this.model = model;
    this.place = place;
    this.reading = reading;
    this.#depth = depth;
    reading.budget.spend(partSteps);
    if (depth > maxDepth) throw this.invalid(words().details.tokenizer.nested(maxDepth));
    if (!isObject(value)) throw this.invalid(words().details.tokenizer.object);
    this.#value = value;
  }

  /** The component's name, empty when the file gives none. */
  get type(): string {
    return this.string('type', '');
  }

  string(key: string, fallback?: string): string {
    const value = this.#value[key] ?? fallback;
    if (typeof value !== 'string') throw this.invalid(words().details.tokenizer.string(key));
    return value;
  }

  /** A string, or undefined where the file has none or null. */
  text(key: string): string | undefined {
    return this.#missing(key) ? undefined : this.string(key);
  }

  boolean(key: string, fallback?: boolean): boolean {
    const value = this.#value[key] ?? fallback;
    if (typeof value !== 'boolean') throw this.invalid(words().details.tokenizer.boolean(key));
    return value;
  }

  /** A string of a few characters: a mark, a prefix, a name. */
  short(key: string, fallback?: string): string {
    const value = this.string(key, fallback);
    if (value.length > maxShort) throw this.invalid(words().details.tokenizer.long(key, value.length));
    return value;
  }

  /** A whole number that is not negative. */
  index(key: string, fallback?: number): number {
    const value = this.#value[key] ?? fallback;
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
      throw this.invalid(words().details.tokenizer.index(key));
    }
    return value;
  }

  /** A token's id, as vocabularies number them. */
  id(value: unknown, what: string): number {
    if (isTokenId(value)) return value;
    throw this.invalid(words().details.tokenizer.id(what, shown(value), maxId - 1));
  }

  /** The segment of a text: a whole number that a model is fed. */
  typeId(key: string): number {
    return this.id(this.value(key), key);
  }

  list(key: string): readonly unknown[] {
    const value = this.#value[key];
    if (!Array.isArray(value)) throw this.invalid(words().details.tokenizer.list(key));
    return value;
  }

  part(key: string): JsonObject {
    return new JsonObject(this.model, `${this.place}.${key}`, this.#own(key), this.reading, this.#depth + 1);
  }

  /** A component that the file may leave out or set to null. */
  optional(key: string): JsonObject | undefined {
    return this.#missing(key) ? undefined : this.part(key);
  }

  parts(key: string): readonly JsonObject[] {
    return this.list(key).map(
      (item, at) => new JsonObject(this.model, `${this.place}.${key}[${at}]`, item, this.reading, this.#depth + 1),
    );
  }

  entries(): readonly (readonly [string, unknown])[] {
    return Object.entries(this.#value);
  }

  value(key: string): unknown {
    return this.#value[key];
  }

  invalid(detail: string): AttentionError {
    return new AttentionError({
      code: 'model-file-invalid',
      model: this.model,
      file: 'tokenizer.json',
      detail: `${placeShown(this.place)}: ${detail}`,
    });
  }

  unsupported(component: string): AttentionError {
    return new AttentionError({
      code: 'tokenizer-unsupported',
      model: this.model,
      component: component.length > maxQuoted ? `${component.slice(0, maxQuoted)}…` : component,
    });
  }

  /** A name that a file chose may be one that every object has (constructor). */
  #own(key: string): unknown {
    return Object.hasOwn(this.#value, key) ? this.#value[key] : undefined;
  }

  #missing(key: string): boolean {
    return this.#value[key] === undefined || this.#value[key] === null;
  }
}

/** Ids are below this: no vocabulary comes near. */
export const maxId = 2 ** 24;
const maxShort = 256;
const maxPlace = 160;
const partSteps = 4;

/** Whether a value can be the id of a token: a whole number from 0 on. */
export function isTokenId(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value < maxId;
}

/** The end of a long place tells most. */
function placeShown(place: string): string {
  return place.length > maxPlace ? `…${place.slice(-maxPlace)}` : place;
}

/** A value of a file as a message quotes it. */
export function shown(value: unknown): string {
  const { kinds } = words().details.tokenizer;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return kinds.text;
  if (value === undefined) return kinds.missing;
  if (value === null) return 'null';
  return Array.isArray(value) ? kinds.list : kinds.other(typeof value);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
