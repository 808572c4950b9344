import type { Budget } from '../../budget.ts';
import type { Vocabulary } from './vocabulary.ts';

/**
 * A tokenizer's model: turns one pre-tokenized word into tokens.
 *
 * `tokenize` returns, for each token in turn, its id and the UTF-16 units [start, end) of the word that it covers; it
 * throws the budget's refusal.
 */
export interface Model {
  readonly tokenize: (word: string, budget: Budget) => readonly number[];
  readonly idOf: (token: string) => number | undefined;
  /** How many tokens there are. */
  readonly size: number;
  /** All ids are below this. */
  readonly end: number;
  readonly tokenOf: (id: number) => string | undefined;
  /** The token of what the vocabulary has no other token for, where there is one. */
  readonly unknown: number | undefined;
}

/** A model from its tokenizing, its vocabulary and its unknown token. */
export function modelOf(tokenize: Model['tokenize'], vocabulary: Vocabulary, unknown: number | undefined): Model {
  return {
    tokenize,
    unknown,
    size: vocabulary.ids.size,
    end: vocabulary.tokens.length,
    idOf: (token) => vocabulary.ids.get(token),
    tokenOf: (id) => vocabulary.tokens[id],
  };
}

/** Remembers the tokens of short words; the words of a text repeat. */
export function remembering(tokenize: Model['tokenize']): Model['tokenize'] {
  const known = new Map<string, readonly number[]>();
  return (word, budget) => {
    if (word.length > 64) return tokenize(word, budget);
    let tokens = known.get(word);
    if (tokens === undefined) {
      tokens = tokenize(word, budget);
      if (known.size >= 80_000) known.clear();
      known.set(word, tokens);
    }
    return tokens;
  };
}
