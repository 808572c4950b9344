import type { Row } from './reference.ts';

/** What a hover lists on each side, read from the text on the screen: bars are left out, words and weights kept. */
export interface HoverRows {
  /** The layer and head that the numbers belong to, in words. */
  readonly where: string;
  readonly looksAt: Row[];
  readonly isLookedAtBy: Row[];
}

/** Reads the text of a hover, a table whose sides stand beside each other; throws when it has not this shape. */
export function hoverRows(text: string): HoverRows {
  const where = /layer \d+, (?:head \d+|mean of \d+ heads)/.exec(text)?.[0];
  const lines = text.split('\n').map((line) => line.split(/\t\u2003?\s*\t/));
  const heads = lines.findIndex(([left, right]) => left?.trim() === 'looks at' && right?.trim() === 'is looked at by');
  if (where === undefined || heads < 0) throw new Error(`This is no hover with two sides:\n${JSON.stringify(text)}`);
  const side = (index: 0 | 1): Row[] => lines.slice(heads + 1).flatMap((cells) => rowIn(cells[index] ?? ''));
  return { where, looksAt: side(0), isLookedAtBy: side(1) };
}

function rowIn(cells: string): Row[] {
  const [word, , weight] = cells.split('\t').map((cell) => cell.trim());
  return word !== undefined && weight !== undefined ? [{ word, weight }] : [];
}
