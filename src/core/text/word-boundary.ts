import { isWhitespace } from './characters/classes.ts';

/** Characters [start, end) of a text. */
interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * Whether a token begins another word than the token before it, by the whitespace of the text alone. A space belongs to
 * the word behind it, as in " cat"; a longer blank, and one with a line break, is a word of its own. A token that holds
 * a blank inside (" of the") cannot be parted: it goes on with the word before it and is gone on with. Pieces of one
 * character never part.
 */
export function beginsWord(text: string, before: Range, own: Range): boolean {
  if (own.start < before.end) return false;
  if (isBlankAt(text, own.start)) return !(isBlank(text, before) && isBlank(text, own));
  if (!isBlankAt(text, own.start - 1)) return false;
  return !(
    before.end - before.start === 1 &&
    before.end === own.start &&
    !isBreak(text[before.start]) &&
    !isBlankAt(text, before.start - 1)
  );
}

function isBlank(text: string, { start, end }: Range): boolean {
  for (let at = start; at < end; at++) if (!isBlankAt(text, at)) return false;
  return end > start;
}

function isBlankAt(text: string, at: number): boolean {
  return isWhitespace(text.charCodeAt(at));
}

function isBreak(character: string | undefined): boolean {
  return character === '\n' || character === '\r' || character === '\u2028' || character === '\u2029';
}
