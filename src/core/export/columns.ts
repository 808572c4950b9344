import { visibleLine } from '../text/foreign.ts';
import type { Sequence } from '../text/token.ts';
import { markedLabelOf } from '../text/unknown-words.ts';
import { cellsOf, padTo } from '../text/width.ts';

const gap = '   ';

/** Every token as its position and what a reader sees of it. */
export function labels(sequence: Sequence | undefined): string[] {
  return sequence?.tokens.map((token, index) => `${index} ${markedLabelOf(sequence, token)}`) ?? [];
}

/** The most characters of a cell: labels of a model may be of any length. */
const maxCell = 120;

/**
 * Rows of cells as lines of text, every column as wide as its widest cell. What stands in a cell may come from a model.
 */
export function aligned(cells: readonly (readonly string[])[]): string {
  const rows = cells.map((row) => row.map((cell) => visibleLine(cell, maxCell)));
  const columns = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => cellsOf(row[column] ?? ''))),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => padTo(cell, widths[column] ?? 0))
        .join(gap)
        .trimEnd(),
    )
    .join('\n');
}
