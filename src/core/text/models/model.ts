/**
 * A tokenizer's model: turns one pre-tokenized word into tokens.
 *
 * `tokenize` returns, for each token in turn, its id and the UTF-16 units [start, end) of the word that it covers.
 */
export interface Model {
  readonly tokenize: (word: string) => readonly number[];
  readonly idOf: (token: string) => number | undefined;
  readonly tokenOf: (id: number) => string | undefined;
}

/** Remembers the tokens of short words; the words of a text repeat. */
export function remembering(tokenize: (word: string) => readonly number[]): (word: string) => readonly number[] {
  const known = new Map<string, readonly number[]>();
  return (word) => {
    if (word.length > 64) return tokenize(word);
    let tokens = known.get(word);
    if (tokens === undefined) {
      tokens = tokenize(word);
      if (known.size >= 20_000) known.clear();
      known.set(word, tokens);
    }
    return tokens;
  };
}
