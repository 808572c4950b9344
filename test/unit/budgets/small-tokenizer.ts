import { createTokenizer, type Tokenizer } from '../../../src/core/text/tokenizer.ts';
import { bounded } from '../../../src/engine/process/bounded.ts';

const words = ['[UNK]', '[CLS]', '[SEP]', 'a', 'the', 'cat'];
export const vocab = Object.fromEntries(words.map((word, id) => [word, id]));
export const model = {
  type: 'WordPiece',
  unk_token: '[UNK]',
  continuing_subword_prefix: '##',
  max_input_chars_per_word: 100,
  vocab,
};
export const whitespace = { type: 'WhitespaceSplit' };
export const replace = (from: string, to: string) => ({ type: 'Replace', pattern: { String: from }, content: to });
export const added = (content: string, more: Readonly<Record<string, unknown>> = {}) => ({
  id: 0,
  content,
  single_word: false,
  lstrip: false,
  rstrip: false,
  normalized: false,
  special: false,
  ...more,
});

export function tokenizer(parts: Readonly<Record<string, unknown>>): Tokenizer {
  return createTokenizer('m', { model, pre_tokenizer: whitespace, ...parts }, undefined, bounded);
}

export function encoding(parts: Readonly<Record<string, unknown>>, text: string): () => unknown {
  return () => tokenizer(parts).encode(text);
}

export function nested(depth: number, type: string, list: string, inner: unknown): unknown {
  let result = inner;
  for (let at = 0; at < depth; at++) result = { type, [list]: [result] };
  return result;
}
