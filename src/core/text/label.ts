import { charactersOf, type Sequence, type Token } from './token.ts';

/** Marks that vocabularies write for spaces and word-inner pieces. */
const marks = /^##(?=.)|<\/w>$|[ĠĊĉ▁]/gu;

/** Longer runs of spaces are shown as this many. */
const mostSpaces = 3;

/**
 * A token as people read it: its own characters where it has any, else the vocabulary's spelling without its marks. Line breaks
 * show as ⏎, tabs as ⇥, other control characters as ·, a token of nothing but spaces as ␣; pieces of one character all show
 * that character.
 */
export function labelOf(sequence: Sequence, token: Token): string {
  const own = charactersOf(sequence, token).replaceAll('\ufffd', '');
  const text = own !== '' ? own : token.special ? token.text : token.text.replace(marks, '');
  const visible = text.replace(/\r\n|[\n\r\u0085\u2028\u2029]/g, '⏎').replaceAll('\t', '⇥').replace(/\p{Cc}/gu, '·');
  return visible.trim() || '␣'.repeat(Math.min(Math.max(visible.length, 1), mostSpaces));
}
