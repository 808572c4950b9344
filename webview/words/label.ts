import { charactersOf, type Sequence } from '../../src/core/text/token.ts';

/**
 * A token as it is shown: its own characters, with ⏎ for line breaks, ⇥ for tabs and ␣ for a token of nothing but spaces;
 * the vocabulary's spelling, without its marks, for tokens that have no characters in the text.
 */
export function labelAt(sequence: Sequence, index: number): string {
  const token = sequence.tokens[index];
  if (!token) return '';
  const characters = charactersOf(sequence, token);
  if (characters === '') return token.special ? token.text : (token.text.replace(/^(##|[ĠĊ▁]+)/u, '') || '␣');
  const visible = characters.replace(/\r\n|[\n\r]/g, '⏎').replaceAll('\t', '⇥');
  const trimmed = visible.trim();
  return trimmed === '' ? '␣'.repeat(Math.min(visible.length, 3)) : trimmed;
}

/** A label in the quotation marks of prose. */
export function quoted(label: string): string {
  return `‘${label}’`;
}

/** Whether a token carries on the word of the token before it, with nothing in between. */
export function continuesWord(sequence: Sequence, index: number): boolean {
  const token = sequence.tokens[index];
  const before = sequence.tokens[index - 1];
  return token !== undefined && before !== undefined && token.word !== null
    && token.word === before.word && token.segment === before.segment && before.end >= token.start;
}
