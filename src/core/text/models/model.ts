import type { Vocabulary } from './vocabulary.ts';

/**
 * A tokenizer's model: turns one pre-tokenized word into tokens.
 *
 * `tokenize` returns, for each token in turn, its id and the UTF-16 units [start, end) of the word that it covers.
 */
export interface Model {
  readonly tokenize: (word: string) => readonly number[];
  readonly idOf: (token: string) => number | undefined;
  /** How many tokens there are. */
  readonly size: number;
  readonly tokenOf: (id: number) => string | undefined;
}

/** A model from its tokenizing and its vocabulary. */
export function modelOf(tokenize: (word: string) => readonly number[], vocabulary: Vocabulary): Model {
  return { tokenize, size: vocabulary.ids.size, idOf: (token) => vocabulary.ids.get(token), tokenOf: (id) => vocabulary.tokens[id] };
}

/** Remembers the tokens of short words; the words of a text repeat. */
export function remembering(tokenize: (word: string) => readonly number[]): (word: string) => readonly number[] {
  const known = new Map<string, readonly number[]>();
  return (word) => {
    if (word.length > 64) return tokenize(word);
    let tokens = known.get(word);
    if (tokens === undefined) {
      tokens = tokenize(word);
      if (known.size >= 80_000) known.clear();
      known.set(word, tokens);
    }
    return tokens;
  };
}
