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
