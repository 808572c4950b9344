import { byteValues } from './characters/bytes.ts';
import { isUtf8, textFromUtf8 } from './characters/utf8.ts';
import { charactersOf, type Sequence, type Token } from './token.ts';

/** Marks that vocabularies write for spaces and word-inner pieces. */
const marks = /^##(?=.)|<\/w>$|[ĠĊĉ▁]/gu;

/** What a screen shows as a question mark in a box: U+FFFD and halves of a surrogate pair. */
const unreadable = /\ufffd|\p{Surrogate}/gu;

/** What turns the order of the letters after it around: embeddings, overrides, isolates. */
const turning = /[\u202a-\u202e\u2066-\u2069]/gu;

/** Longer runs of spaces are shown as this many. */
const maxSpaces = 3;

/** UTF-16 units of a label; a vocabulary may hold an entry of megabytes. */
const maxLabel = 500;

/**
 * A token as people read it: its own characters where it has any and was not replaced, else the vocabulary's spelling
 * without its marks.
 * Line breaks show as ⏎, tabs as ⇥, other control characters and U+FFFD as ·, a token of nothing but spaces as ␣;
 * pieces of one character all show that character, and bytes that belong to none are written `<0xF0>`. A combining mark
 * alone stands on ◌, and format characters alone (zero-width joiner) are written `U+200D`; what would turn the order of
 * letters around always is. Long ones end in ….
 */
export function labelOf(sequence: Sequence, token: Token): string {
  const own = token.replaced ? '' : charactersOf(sequence, token).replace(unreadable, '');
  return visibleText(own !== '' ? own : token.special ? token.text : spellingOf(token.text));
}

/**
 * Characters as people read them in a line: what cannot be seen by itself (blanks, line breaks, controls, marks)
 * becomes visible.
 */
export function visibleText(text: string): string {
  const isLong = text.length > maxLabel;
  const visible = (isLong ? text.slice(0, maxLabel) : text)
    .replace(/\r\n|[\n\r\u0085\u2028\u2029]/g, '⏎')
    .replaceAll('\t', '⇥')
    .replace(/\p{Cc}/gu, '·')
    .replace(unreadable, '·');
  if (/^\p{Cf}+$/u.test(visible)) return Array.from(visible, codePointName).join(' ');
  const ordered = visible.replace(turning, (sign) => `⟨${codePointName(sign)}⟩`);
  const label = isLong ? `${ordered}…` : ordered;
  if (/^\p{M}/u.test(label)) return `◌${label}`;
  return label.trim() || '␣'.repeat(Math.min(Math.max(visible.length, 1), maxSpaces));
}

/** A vocabulary's spelling without its marks; the byte alphabet is read as what its bytes say. */
export function spellingOf(token: string): string {
  const bytes = Array.from(token, (character) => byteValues.get(character));
  if (!bytes.some((byte) => byte !== undefined && byte >= 0x80) || !bytes.every((byte) => byte !== undefined))
    return token.replace(marks, '');
  return isUtf8(bytes)
    ? textFromUtf8(bytes)
    : bytes.map((byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`).join('');
}

/** Whether a token carries on the word of the token before it, with nothing in between. */
export function continuesWord({ tokens }: Sequence, index: number): boolean {
  const token = tokens[index];
  const before = tokens[index - 1];
  return (
    token !== undefined &&
    before !== undefined &&
    token.word !== null &&
    token.word === before.word &&
    token.segment === before.segment &&
    before.end >= token.start
  );
}

function codePointName(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
