import { labelOf } from '../../src/core/text/label.ts';
import type { Sequence } from '../../src/core/text/token.ts';
import { sequenceOn, type Frame } from '../state/frame.ts';

/** The token at `index` as it is shown; nothing where there is no such token. */
export function labelAt(sequence: Sequence, index: number): string {
  const token = sequence.tokens[index];
  return token ? labelOf(sequence, token) : '';
}

/** What stands at `index` of a side of the picture: of a decoder's row what is read and what is written then, else its token. */
export function labelOn(frame: Frame, side: 'query' | 'key', index: number): string {
  return (side === 'query' ? frame.rows?.names[index] : undefined) ?? labelAt(sequenceOn(frame, side), index);
}

/** A label in the quotation marks of prose. */
export function quoted(label: string): string {
  return `‘${label}’`;
}
