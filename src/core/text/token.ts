import * as v from 'valibot';
import { indexSchema, type Data } from '../schema.ts';

/**
 * A token and the characters it stands for.
 *
 * `text` is the token as the model's vocabulary writes it. `start` and `end` are UTF-16 code units of the text that was
 * analysed (VS Code's own unit); they are equal for tokens without characters of their own, such as [CLS]. Several
 * byte-level tokens may share one character's range. `word` counts words from 0 and is null for special tokens.
 * `segment` tells which of a sentence pair's texts the offsets lie in. `unknown` marks characters that the vocabulary
 * has no token for: `text` is then what the model reads in their place. `replaced` marks a token that an edit put in
 * place of that of its characters.
 */
export type Token = Data<typeof tokenSchema>;

const tokenSchema = v.object({
  id: indexSchema,
  text: v.string(),
  start: indexSchema,
  end: indexSchema,
  special: v.boolean(),
  word: v.nullable(indexSchema),
  segment: v.picklist([0, 1]),
  unknown: v.exactOptional(v.literal(true)),
  replaced: v.exactOptional(v.literal(true)),
});

/**
 * A message of a conversation: the indices [first, end) of its tokens, those of the template around it included, and
 * the characters of what was said (UTF-16 code units of the text), null where the template has changed it or nothing is
 * said yet. `message` counts the messages that were given; absent where the model is to write.
 */
export type RoleRange = Data<typeof roleRangeSchema>;

const roleRangeSchema = v.object({
  role: v.string(),
  message: v.exactOptional(indexSchema),
  first: indexSchema,
  end: indexSchema,
  content: v.nullable(v.object({ start: indexSchema, end: indexSchema })),
});

/**
 * A text and its tokens. `pair` is the second text of a sentence pair; `analysedTo` is the end (UTF-16 code units) of
 * the part of `text` that the model took, present only when it took less than all, and `pairAnalysedTo` that of `pair`.
 * The tokens from `generatedFrom` on were written by the model, and so were their characters; `roles` has the messages
 * of a conversation, in order.
 */
export type Sequence = Data<typeof sequenceSchema>;

/** The schema of a {@link Sequence}. */
export const sequenceSchema = v.object({
  text: v.string(),
  pair: v.exactOptional(v.string()),
  tokens: v.array(tokenSchema),
  analysedTo: v.exactOptional(indexSchema),
  pairAnalysedTo: v.exactOptional(indexSchema),
  generatedFrom: v.exactOptional(indexSchema),
  roles: v.exactOptional(v.array(roleRangeSchema)),
});

/** The text whose characters the offsets of `token` count. */
export function textOf(sequence: Sequence, token: Token): string {
  return token.segment === 1 ? (sequence.pair ?? '') : sequence.text;
}

/** The characters of `token`, empty for tokens that have none. */
export function charactersOf(sequence: Sequence, token: Token): string {
  return textOf(sequence, token).slice(token.start, token.end);
}
