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

/** Whether another row or column of a side looks the same: only their numbers then tell them apart. */
export function isRepeated(frame: Frame, side: 'query' | 'key', index: number): boolean {
  const label = labelOn(frame, side, index);
  return sequenceOn(frame, side).tokens.some((_, other) => other !== index && labelOn(frame, side, other) === label);
}

/** A label in the quotation marks of prose. */
export function quoted(label: string): string {
  return `‘${label}’`;
}
