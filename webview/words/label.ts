import { labelOf, visibleText } from '../../src/core/text/label.ts';
import type { Sequence } from '../../src/core/text/token.ts';
import { sequenceOn } from '../../src/core/scene/frame.ts';
import type { Frame } from '../state/frame.ts';
import { unknownTitle } from '../../src/core/text/unknown-words.ts';
import { words } from '../../src/core/words/words.ts';

/** The token at `index` as it is shown; nothing where there is no such token. */
export function labelAt(sequence: Sequence, index: number): string {
  const token = sequence.tokens[index];
  return token ? labelOf(sequence, token) : '';
}

/**
 * What stands at `index` of a side of the picture: of a decoder's row what is read and what is written then, else its
 * token.
 */
export function labelOn(frame: Frame, side: 'query' | 'key', index: number): string {
  return (side === 'query' ? frame.rows?.names[index] : undefined) ?? labelAt(sequenceOn(frame, side), index);
}

/** Whether another row or column of a side looks the same: only their numbers then tell them apart. */
export function isRepeated(frame: Frame, side: 'query' | 'key', index: number): boolean {
  const label = labelOn(frame, side, index);
  return sequenceOn(frame, side).tokens.some((_, other) => other !== index && labelOn(frame, side, other) === label);
}

/** The title of a label: the label itself, and that the model does not know it. */
export function titleOn(frame: Frame, side: 'query' | 'key', index: number): string {
  const token = sequenceOn(frame, side).tokens[index];
  return [labelOn(frame, side, index), token ? unknownTitle(token) : ''].filter((part) => part !== '').join('\n');
}

/** A label where nothing but text can mark it, as in a cell of a table: `wyvern [UNK]`. */
export function markedOn(frame: Frame, side: 'query' | 'key', index: number): string {
  const token = sequenceOn(frame, side).tokens[index];
  // The name of a decoder's row is marked already: it is of two tokens.
  if (side === 'query' && frame.rows) return labelOn(frame, side, index);
  return `${labelOn(frame, side, index)}${token?.unknown ? ` ${visibleText(token.text)}` : ''}`;
}

/** A label as prose names it: `‘cat’`, or `‘wyvern’ (unknown word)`. */
export function nameOn(frame: Frame, side: 'query' | 'key', index: number): string {
  const name = quoted(labelOn(frame, side, index));
  return sequenceOn(frame, side).tokens[index]?.unknown ? words().texts.unknownWord(name) : name;
}

/** A label in the quotation marks of prose. */
export function quoted(label: string): string {
  return words().texts.quoted(label);
}
