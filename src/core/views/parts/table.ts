import { termText } from '../../attention/number-words.ts';
import { itemAt } from '../../item-at.ts';
import { words } from '../../words/words.ts';
import type { PartsContent } from './content.ts';
import { sumOf, type PartLine } from './terms.ts';

/** The terms of a score as a small table: parts that matter least are one row, and one column. */
export interface PartsTable {
  readonly rows: readonly PartLine[];
  readonly columns: readonly PartLine[];
  /** `[row][column]`. */
  readonly values: readonly (readonly number[])[];
  /** The largest size of a value. */
  readonly peak: number;
  readonly total: number;
}

/** How many rows and columns there is room for. */
export interface TableRoom {
  readonly rows: number;
  readonly columns: number;
}

/** A place of the table: an index beyond the last row or column is that of the sums. */
export interface TablePlace {
  readonly row: number;
  readonly column: number;
}

/** A key with what was held down beside it. */
interface KeyPress {
  readonly key: string;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

/** The table in its room; nothing is left out: what has no row or column of its own is summed up in the last one. */
export function partsTable(content: PartsContent, room: TableRoom): PartsTable {
  const rows = gathered(content.query, room.rows, content.queryName);
  const columns = gathered(content.key, room.columns, content.keyName);
  const values = rows.map((row) =>
    columns.map((column) => sumOf(row.parts.flatMap((query) => column.parts.map((key) => content.termOf(query, key))))),
  );
  const peak = Math.max(0, ...values.flat().map(Math.abs));
  return { rows, columns, values, peak, total: content.total };
}

/** The number at a place, a sum at the edges. */
export function valueAt({ rows, columns, values, total }: PartsTable, { row, column }: TablePlace): number {
  if (row >= rows.length && column >= columns.length) return total;
  if (row >= rows.length) return itemAt(columns, column).sum;
  if (column >= columns.length) return itemAt(rows, row).sum;
  return itemAt(itemAt(values, row), column);
}

/** What a place is, in words. */
export function placeText({ rows, columns }: PartsTable, { row, column }: TablePlace): string {
  const says = words().scoreParts;
  const [query, key] = [rows[row], columns[column]];
  if (query && key) return says.meeting(query.says, key.says);
  if (query) return says.allOf(query.says);
  return key ? says.allOfKey(key.says) : says.total;
}

/** A place and its number, in words. */
export function readoutOf(table: PartsTable, place: TablePlace): string {
  return words().scoreParts.readout(termText(valueAt(table, place)), placeText(table, place));
}

/** The place that a key leads to, sums included; null for other keys. */
export function steppedIn(
  { row, column }: TablePlace,
  { key, altKey, ctrlKey, metaKey }: KeyPress,
  { rows, columns }: { readonly rows: number; readonly columns: number },
): TablePlace | null {
  if (altKey || ctrlKey || metaKey) return null;
  switch (key) {
    case 'ArrowLeft':
      return { row, column: Math.max(0, column - 1) };
    case 'ArrowRight':
      return { row, column: Math.min(columns, column + 1) };
    case 'ArrowUp':
      return { row: Math.max(0, row - 1), column };
    case 'ArrowDown':
      return { row: Math.min(rows, row + 1), column };
    case 'Home':
      return { row, column: 0 };
    case 'End':
      return { row, column: columns };
    default:
      return null;
  }
}

function gathered(lines: readonly PartLine[], most: number, at: string): readonly PartLine[] {
  if (lines.length <= most) return lines;
  const says = words().scoreParts;
  const [own, others] = [lines.slice(0, most - 1), lines.slice(most - 1)];
  return [
    ...own,
    {
      parts: others.flatMap(({ parts }) => parts),
      kind: null,
      name: says.others(others.length),
      short: says.shortOthers(others.length),
      says: says.otherParts(others.length, at),
      sum: sumOf(others.map(({ sum }) => sum)),
    },
  ];
}
