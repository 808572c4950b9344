import type { Part } from '../json.ts';

/** Tokens and their ids, both ways. */
export class Vocabulary {
  readonly ids = new Map<string, number>();
  readonly tokens: (string | undefined)[] = [];

  add(token: string, id: number): void {
    this.ids.set(token, id);
    this.tokens[id] = token;
  }

  /** Reads the object form, `{token: id}`. */
  static of(part: Part): Vocabulary {
    const vocabulary = new Vocabulary();
    for (const [token, id] of part.entries()) {
      if (typeof id !== 'number' || !Number.isSafeInteger(id) || id < 0 || id >= 2 ** 24) throw part.invalid(`the id of ${token} must be a whole number`);
      vocabulary.add(token, id);
    }
    return vocabulary;
  }
}
