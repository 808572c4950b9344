import { isWhitespace } from '../characters/classes.ts';
import type { JsonObject } from '../json.ts';
import type { Drafts } from './draft.ts';

/**
 * Takes the spaces at a token's ends out of its range (`trim_offsets`); the first token keeps a single space in front
 * when the pre-tokenizer adds one there. Only characters that are whitespace in the original are taken out; a token of
 * nothing but spaces is left with an empty range.
 */
export function trimming(part: JsonObject): (drafts: Drafts, text: string) => void {
  const prefixed = part.boolean('add_prefix_space', true);
  if (!part.boolean('trim_offsets', true)) return () => undefined;
  return ({ tokens, matched }, text) => {
    for (const [at, token] of tokens.entries()) {
      const raw = matched.get(at) ?? token.text;
      const leading = spaces(raw, 1);
      const kept = prefixed && leading === 1 && (at === 0 || token.start === 0);
      if (leading > 0 && leading === raw.length) {
        if (kept) token.end = token.start;
        else token.start = token.end;
        continue;
      }
      for (
        let left = kept ? 0 : leading;
        left > 0 && token.start < token.end && isWhitespace(text.charCodeAt(token.start));
        left--
      )
        token.start++;
      for (
        let left = spaces(raw, -1);
        left > 0 && token.end > token.start && isWhitespace(text.charCodeAt(token.end - 1));
        left--
      )
        token.end--;
    }
  };
}

/** How many spaces a token begins (step 1) or ends (step -1) with. */
function spaces(raw: string, step: 1 | -1): number {
  let count = 0;
  for (let at = step > 0 ? 0 : raw.length - 1; at >= 0 && at < raw.length; at += step) {
    if (raw[at] !== 'Ġ' && !isWhitespace(raw.charCodeAt(at))) break;
    count++;
  }
  return count;
}
