import { labelOf } from '../text/label.ts';
import type { Sequence } from '../text/token.ts';
import { cellsOf, padTo } from './width.ts';

const gap = '   ';

/** Every token as its position and what a reader sees of it. */
export function labels(sequence: Sequence | undefined): string[] {
  return sequence?.tokens.map((token, index) => `${index} ${labelOf(sequence, token)}`) ?? [];
}

/** Rows of cells as lines of text, every column as wide as its widest cell. */
export function aligned(rows: readonly (readonly string[])[]): string {
  const columns = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) => Math.max(...rows.map((row) => cellsOf(row[column] ?? ''))));
  return rows.map((row) => row.map((cell, column) => padTo(cell, widths[column] ?? 0)).join(gap).trimEnd()).join('\n');
}
