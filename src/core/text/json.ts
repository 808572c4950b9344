import { AttentionError } from '../errors/reason.ts';

/**
 * A JSON object of a tokenizer file, read with checks: what is missing or of the wrong kind is reported with its place
 * (`model-file-invalid`), what is not known is refused by name (`tokenizer-unsupported`).
 */
export class Part {
  readonly model: string;
  readonly place: string;
  readonly #value: Readonly<Record<string, unknown>>;

  constructor(model: string, place: string, value: unknown) {
    this.model = model;
    this.place = place;
    if (!isObject(value)) throw this.invalid('an object is expected');
    this.#value = value;
  }

  /** The component's name, empty when the file gives none. */
  get type(): string {
    return this.string('type', '');
  }

  string(key: string, fallback?: string): string {
    const value = this.#value[key] ?? fallback;
    if (typeof value !== 'string') throw this.invalid(`${key} must be a string`);
    return value;
  }

  /** A string, or undefined where the file has none or null. */
  text(key: string): string | undefined {
    return this.#missing(key) ? undefined : this.string(key);
  }

  boolean(key: string, fallback?: boolean): boolean {
    const value = this.#value[key] ?? fallback;
    if (typeof value !== 'boolean') throw this.invalid(`${key} must be true or false`);
    return value;
  }

  /** A whole number that is not negative. */
  index(key: string, fallback?: number): number {
    const value = this.#value[key] ?? fallback;
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
      throw this.invalid(`${key} must be a whole number`);
    }
    return value;
  }

  list(key: string): readonly unknown[] {
    const value = this.#value[key];
    if (!Array.isArray(value)) throw this.invalid(`${key} must be a list`);
    return value;
  }

  part(key: string): Part {
    return new Part(this.model, `${this.place}.${key}`, this.#value[key]);
  }

  /** A component that the file may leave out or set to null. */
  optional(key: string): Part | undefined {
    return this.#missing(key) ? undefined : this.part(key);
  }

  parts(key: string): readonly Part[] {
    return this.list(key).map((item, at) => new Part(this.model, `${this.place}.${key}[${at}]`, item));
  }

  entries(): readonly (readonly [string, unknown])[] {
    return Object.entries(this.#value);
  }

  value(key: string): unknown {
    return this.#value[key];
  }

  invalid(detail: string): AttentionError {
    return new AttentionError({ code: 'model-file-invalid', model: this.model, file: 'tokenizer.json', detail: `${this.place}: ${detail}` });
  }

  unsupported(component: string): AttentionError {
    return new AttentionError({ code: 'tokenizer-unsupported', model: this.model, component });
  }

  #missing(key: string): boolean {
    return this.#value[key] === undefined || this.#value[key] === null;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
