import type { Sequence, Token } from '../../core/text/token.ts';
import type { Tokenizer } from '../../core/text/tokenizer.ts';
import { writtenText } from '../../core/text/written.ts';

/**
 * A sequence with the tokens that the model wrote after it; `generatedFrom` tells the first of them. They belong to the
 * last message.
 */
export function extended(tokenizer: Tokenizer, given: Sequence, ids: readonly number[]): Sequence {
  const before = given.tokens.map((token) => token.id);
  const word = given.tokens.reduce((most, token) => Math.max(most, (token.word ?? -1) + 1), 0);
  const written = writtenText(tokenizer, before, ids, given.text.length, word);
  const text = given.text + written.text;
  const tokens = [...given.tokens, ...written.tokens];
  const roles = given.roles?.map((role, index, all) =>
    index < all.length - 1
      ? role
      : { ...role, end: tokens.length, content: { start: role.content?.start ?? given.text.length, end: text.length } },
  );
  return {
    ...given,
    text,
    tokens: encodedAlike(tokenizer, text, tokens) ?? tokens,
    generatedFrom: given.tokens.length,
    ...(roles ? { roles } : {}),
  };
}

/**
 * The tokens as the tokenizer makes them of the whole text, when they are the same ones: it knows words and characters
 * best.
 */
function encodedAlike(tokenizer: Tokenizer, text: string, tokens: readonly Token[]): readonly Token[] | null {
  const again = tokenizer.encode(text, { addSpecialTokens: false }).tokens;
  const own = tokens.filter(isOfText);
  if (again.length !== own.length || again.some((token, index) => token.id !== own[index]?.id)) return null;
  let at = 0;
  return tokens.map((token) => (isOfText(token) ? (again[at++] ?? token) : token));
}

function isOfText({ special, start, end }: Token): boolean {
  return !special || end > start;
}
