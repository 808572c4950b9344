import { itemAt } from '../item-at.ts';
import type { Pairing } from './pairing.ts';

/** The weights of two pictures over the rows and columns that both have, and how far they differ. */
export interface Difference {
  /** The rows and columns of the first picture that are compared, in their order. */
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  /** The second less the first, from −1 to 1, `[row][column]`. */
  readonly values: Float32Array;
  /** The mean of |difference| over all cells, and the largest. */
  readonly mean: number;
  readonly largest: number;
  /** The Jensen–Shannon divergence of every row, in nats; null where one of the two has no weight at all. */
  readonly divergences: readonly (number | null)[];
  /** The mean of the divergences that there are; null where there is none. */
  readonly divergence: number | null;
}

/** Weights `[row][column]`, and how many columns there are. */
export interface Weights {
  readonly weights: Float32Array;
  readonly columns: number;
}

/** The difference of two pictures whose words are all paired. */
export function differenceOf(first: Weights, second: Weights, rows: Pairing, columns: Pairing): Difference {
  const ownRows = pairedOf(rows);
  const ownColumns = pairedOf(columns);
  const values = new Float32Array(ownRows.length * ownColumns.length);
  let [sum, largest] = [0, 0];
  const divergences = ownRows.map((row, at) => {
    const p = rowOf(first, row);
    const q = rowOf(second, itemAt(rows.toOther, row));
    const [pShared, qShared] = [shares(p), shares(q)];
    let [pRest, qRest, divergence] = [1, 1, 0];
    for (const [index, column] of ownColumns.entries()) {
      const other = itemAt(columns.toOther, column);
      const value = itemAt(q, other) - itemAt(p, column);
      values[at * ownColumns.length + index] = value;
      sum += Math.abs(value);
      largest = Math.max(largest, Math.abs(value));
      if (!pShared || !qShared) continue;
      const [a, b] = [itemAt(pShared, column), itemAt(qShared, other)];
      divergence += divergenceOf(a, b);
      pRest -= a;
      qRest -= b;
    }
    return pShared && qShared ? Math.max(0, divergence + divergenceOf(rest(pRest), rest(qRest))) : null;
  });
  const known = divergences.filter((one) => one !== null);
  return {
    rows: ownRows,
    columns: ownColumns,
    values,
    mean: values.length === 0 ? 0 : sum / values.length,
    largest,
    divergences,
    divergence: known.length === 0 ? null : known.reduce((total, one) => total + one, 0) / known.length,
  };
}

/** What rounding leaves of a row that has given everything. */
const rounding = 1e-6;

/** What a row gives to columns that the other picture has not: one more event of both distributions. */
function rest(share: number): number {
  return share < rounding ? 0 : share;
}

/** The part of one event in the Jensen–Shannon divergence of two distributions (Lin 1991), in nats. */
function divergenceOf(p: number, q: number): number {
  const middle = (p + q) / 2;
  const part = (share: number): number => (share > 0 ? (share / 2) * Math.log(share / middle) : 0);
  return part(p) + part(q);
}

function pairedOf({ toOther }: Pairing): readonly number[] {
  return [...toOther.keys()].filter((at) => itemAt(toOther, at) >= 0);
}

function rowOf({ weights, columns }: Weights, row: number): Float32Array {
  return weights.subarray(row * columns, (row + 1) * columns);
}

/** A row as a distribution; null where it has no weight. */
function shares(row: Float32Array): Float64Array | null {
  const sum = row.reduce((total, weight) => total + weight, 0);
  return sum > 0 ? Float64Array.from(row, (weight) => weight / sum) : null;
}
