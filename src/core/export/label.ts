import { charactersOf, type Sequence, type Token } from '../text/token.ts';

/**
 * What a reader sees of a token: its characters, never the vocabulary's `##` or `Ġ`; a line break as ⏎, a space alone as ␣, a
 * tab as ⇥. A token without characters of its own shows its name in the vocabulary.
 */
export function labelOf(sequence: Sequence, token: Token): string {
  const characters = charactersOf(sequence, token);
  if (token.special || characters === '') return visible(token.text);
  return visible(/^ +$/.test(characters) ? characters.replaceAll(' ', '␣') : characters);
}

function visible(text: string): string {
  return text.replace(/\r\n?|\n/g, '⏎').replaceAll('\t', '⇥').replace(/\p{Cc}/gu, '·');
}
