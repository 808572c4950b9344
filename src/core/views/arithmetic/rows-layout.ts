import type { Box } from '../../picture/marks.ts';
import { fitted } from '../../picture/type.ts';
import { words } from '../../words/words.ts';
import type { Measures } from './layout.ts';
import type { RowLine, RowTable } from './rows.ts';

/** A line of the table that has its place. */
export interface PlacedRow {
  readonly line: RowLine;
  readonly box: Box;
  /** The name, cut to its room. */
  readonly name: string;
}

/** The columns of the table: where numbers end, and where bars begin and how long they may be. */
export interface RowColumns {
  readonly name: number;
  readonly score: number;
  readonly scoreBar: { readonly x: number; readonly width: number };
  /** Null where there is no room for the powers. */
  readonly power: number | null;
  readonly weightBar: { readonly x: number; readonly width: number };
  readonly weight: number;
}

/** The table of a row in numbers. */
export interface PlacedRows {
  readonly columns: RowColumns;
  readonly head: number;
  readonly heads: Readonly<Record<'key' | 'score' | 'power' | 'weight', string>>;
  readonly rows: readonly PlacedRow[];
  readonly total: PlacedRow;
  readonly bottom: number;
}

export const rowHeight = 22;
const [numberSize, gap, pad] = [13, 14, 8];
const maxName = 150;
const minName = 40;
const maxBar = 150;
const [minBar, minBars] = [24, 130];

/** Lays the row of a weight out as a table, as wide as it is given at most. */
export function layoutRows(
  { lines, total, powerHead }: RowTable,
  { x, y, width }: Pick<Box, 'x' | 'y' | 'width'>,
  measures: Measures,
): PlacedRows {
  const heads = { ...words().arithmetic.columns, power: powerHead };
  const measure = measures(numberSize);
  const widest = (texts: readonly string[]): number => Math.max(...texts.map((text) => measure(text, true)));
  const all = [...lines, total];
  const own = {
    score: widest([heads.score, ...all.map(({ score }) => score)]),
    power: widest([heads.power, ...all.map(({ power }) => power)]),
    weight: widest([heads.weight, ...all.map(({ weight }) => weight)]),
  };
  const withoutPowers = own.score + own.weight + 3 * gap + 2 * pad;
  const withPowers = withoutPowers + own.power + gap;
  const hasPowers = withPowers + minName + minBar <= width;
  const numbers = hasPowers ? withPowers : withoutPowers;
  const wanted = Math.min(maxName, widest([heads.key, ...all.map(({ name }) => name)]));
  const forBars = Math.max(minBar, Math.min(2 * maxBar, width - numbers - wanted));
  const name = Math.max(minName, Math.min(wanted, width - numbers - forBars));
  // In little room a bar of the weight alone says more than two stubs.
  const isRoomy = forBars >= minBars;
  const [scoreBar, bar] = isRoomy ? [forBars / 2, forBars / 2] : [0, forBars];
  let across = x + pad + name;
  const columns = {
    name: across,
    score: (across += gap + own.score),
    scoreBar: { x: (across += isRoomy ? gap : 0), width: scoreBar },
    power: hasPowers ? (across += scoreBar + gap + own.power) : null,
    weightBar: { x: (across += gap + (hasPowers ? 0 : scoreBar)), width: bar },
    weight: (across += bar + gap + own.weight),
  };
  const tableWidth = across + pad - x;
  let top = y + rowHeight;
  const place = (line: RowLine): PlacedRow => {
    const box = { x, y: top, width: tableWidth, height: rowHeight };
    top += rowHeight;
    return { line, box, name: fitted(line.name, name, measure) };
  };
  const rows = lines.map(place);
  return { columns, head: y + rowHeight / 2, heads, rows, total: place(total), bottom: top };
}
