import type { Tokenizer } from '../../core/text/tokenizer.ts';

/**
 * The id of a token that a person names: `#` and its id, its spelling in the vocabulary, or characters that are one
 * token; null for everything else. Whether a model has the token is for the caller to say.
 */
export function namedToken(tokenizer: Tokenizer, name: string): number | null {
  if (/^#\d{1,9}$/u.test(name)) return Number(name.slice(1));
  const own = tokenizer.idOf(name);
  if (own !== undefined) return own;
  const { tokens } = tokenizer.encode(name, { addSpecialTokens: false });
  const written = tokens.filter(({ start, end }) => start < end);
  const [only] = written;
  return written.length === 1 && only && only.unknown !== true ? only.id : null;
}
