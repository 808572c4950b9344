import { bytesOf } from '../characters/bytes.ts';
import type { Part } from '../json.ts';

/** Tokens and their ids, both ways. */
export class Vocabulary {
  readonly ids = new Map<string, number>();
  readonly tokens: (string | undefined)[] = [];

  add(token: string, id: number): void {
    this.ids.set(token, id);
    this.tokens[id] = token;
  }

  /** The byte tokens (`<0x0A>`) of a text, undefined when the vocabulary lacks one of them. */
  bytesIn(text: string): readonly number[] | undefined {
    const ids: number[] = [];
    for (const character of text) {
      for (const byte of bytesOf(character.codePointAt(0) ?? 0)) {
        const id = this.ids.get(`<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`);
        if (id === undefined) return undefined;
        ids.push(id);
      }
    }
    return ids;
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
