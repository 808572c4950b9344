import { labelOf } from '../../src/core/text/label.ts';
import type { Sequence } from '../../src/core/text/token.ts';

/** The token at `index` as it is shown; nothing where there is no such token. */
export function labelAt(sequence: Sequence, index: number): string {
  const token = sequence.tokens[index];
  return token ? labelOf(sequence, token) : '';
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
