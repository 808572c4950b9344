/**
 * A token and the characters it stands for.
 *
 * `text` is the token as the model's vocabulary writes it. `start` and `end` are UTF-16 code units of the text that was
 * analysed (VS Code's own unit); they are equal for tokens without characters of their own, such as [CLS]. Several
 * byte-level tokens may share one character's range. `word` counts words from 0 and is null for special tokens.
 * `segment` tells which of a sentence pair's texts the offsets lie in. `unknown` marks characters that the vocabulary
 * has no token for: `text` is then what the model reads in their place.
 */
export interface Token {
  readonly id: number;
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly special: boolean;
  readonly word: number | null;
  readonly segment: 0 | 1;
  readonly unknown?: true;
}

/**
 * A message of a conversation: the indices [first, end) of its tokens, those of the template around it included, and
 * the characters of what was said (UTF-16 code units of the text), null where the template has changed it or nothing is
 * said yet.
 */
export interface RoleRange {
  readonly role: string;
  readonly first: number;
  readonly end: number;
  readonly content: { readonly start: number; readonly end: number } | null;
}

/**
 * A text and its tokens. `pair` is the second text of a sentence pair; `analysedTo` is the end (UTF-16 code units) of
 * the part of `text` that the model took, present only when it took less than all, and `pairAnalysedTo` that of `pair`.
 * The tokens from `generatedFrom` on were written by the model, and so were their characters; `roles` has the messages
 * of a conversation, in order.
 */
export interface Sequence {
  readonly text: string;
  readonly pair?: string;
  readonly tokens: readonly Token[];
  readonly analysedTo?: number;
  readonly pairAnalysedTo?: number;
  readonly generatedFrom?: number;
  readonly roles?: readonly RoleRange[];
}

/** The text whose characters the offsets of `token` count. */
export function textOf(sequence: Sequence, token: Token): string {
  return token.segment === 1 ? (sequence.pair ?? '') : sequence.text;
}

/** The characters of `token`, empty for tokens that have none. */
export function charactersOf(sequence: Sequence, token: Token): string {
  return textOf(sequence, token).slice(token.start, token.end);
}
