import { bytesOf } from '../characters/bytes.ts';
import type { JsonObject } from '../json.ts';
import { words } from '../../words/words.ts';

/** The largest vocabularies have 900,000 tokens. */
const maxTokens = 2 ** 21;
/** Characters of the longest token: runs of spaces and signs have some hundred. */
const maxCharacters = 4096;
const maxQuoted = 100;

/** Tokens and their ids, both ways. */
export class Vocabulary {
  readonly ids = new Map<string, number>();
  readonly tokens: (string | undefined)[] = [];

  /** Throws the part's error for more, or longer, tokens than a vocabulary should have. */
  add(token: string, id: number, part: JsonObject): void {
    if (token.length > maxCharacters) throw part.invalid(words().details.tokenizer.longToken(id, token.length));
    if (this.ids.size >= maxTokens) throw part.invalid(words().details.tokenizer.tokens(maxTokens));
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
  static of(part: JsonObject): Vocabulary {
    const vocabulary = new Vocabulary();
    for (const [token, id] of part.entries()) {
      vocabulary.add(token, part.id(id, words().details.tokenizer.idOf(token.slice(0, maxQuoted))), part);
    }
    return vocabulary;
  }
}
