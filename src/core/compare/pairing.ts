import { itemAt } from '../item-at.ts';

/** A row or column to be paired with one of another picture. */
export interface Pairable {
  /** What it is known by: the same on both sides for the same word. */
  readonly key: string;
  /** A special token, which one of the models may not have at all. */
  readonly special: boolean;
}

/** Which rows (or columns) of two pictures belong together: for each of one its place in the other, −1 for none. */
export interface Pairing {
  readonly toOther: readonly number[];
  readonly toOwn: readonly number[];
  /** Whether no word of either side is without its partner; special tokens may be. */
  readonly isComplete: boolean;
}

/** More comparisons than this, of long texts that differ, are not made: nothing is paired then. */
const maxComparisons = 4e6;

/**
 * Pairs two lists in their order: the longest common subsequence of their keys, and with `substituting` also the words
 * between two pairs, where as many stand there on both sides.
 */
export function pair(own: readonly Pairable[], other: readonly Pairable[], substituting: boolean): Pairing {
  const toOther = own.map(() => -1);
  const toOwn = other.map(() => -1);
  const join = (a: number, b: number): void => {
    toOther[a] = b;
    toOwn[b] = a;
  };
  for (const [a, b] of commonOf(own, other)) join(a, b);
  if (substituting) for (const [a, b] of substitutes(own, other, toOther)) join(a, b);
  const isPaired = (list: readonly Pairable[], to: readonly number[]): boolean =>
    list.every(({ special }, at) => special || itemAt(to, at) >= 0);
  return { toOther, toOwn, isComplete: isPaired(own, toOther) && isPaired(other, toOwn) };
}

type Pairs = (readonly [own: number, other: number])[];

function commonOf(own: readonly Pairable[], other: readonly Pairable[]): Pairs {
  const same = (a: number, b: number): boolean => {
    const [one, two] = [itemAt(own, a), itemAt(other, b)];
    return one.key === two.key && one.special === two.special;
  };
  const pairs: Pairs = [];
  let first = 0;
  let [lastOwn, lastOther] = [own.length, other.length];
  while (first < lastOwn && first < lastOther && same(first, first)) {
    pairs.push([first, first]);
    first++;
  }
  while (lastOwn > first && lastOther > first && same(lastOwn - 1, lastOther - 1)) pairs.push([--lastOwn, --lastOther]);
  const [rows, columns] = [lastOwn - first, lastOther - first];
  if (rows * columns === 0 || rows * columns > maxComparisons) return pairs;
  // lengths[row][column]: the longest common subsequence of what comes from there on.
  const across = columns + 1;
  const lengths = new Uint16Array((rows + 1) * across);
  const lengthAt = (row: number, column: number): number => itemAt(lengths, row * across + column);
  for (let row = rows - 1; row >= 0; row--) {
    for (let column = columns - 1; column >= 0; column--)
      lengths[row * across + column] = same(first + row, first + column)
        ? lengthAt(row + 1, column + 1) + 1
        : Math.max(lengthAt(row + 1, column), lengthAt(row, column + 1));
  }
  for (let row = 0, column = 0; row < rows && column < columns;) {
    if (same(first + row, first + column)) pairs.push([first + row++, first + column++]);
    else if (lengthAt(row + 1, column) >= lengthAt(row, column + 1)) row++;
    else column++;
  }
  return pairs;
}

/** The words between pairs, one by one, where both sides have as many of them there. */
function substitutes(own: readonly Pairable[], other: readonly Pairable[], toOther: readonly number[]): Pairs {
  const pairs: Pairs = [];
  const anchors = [...toOther.entries()].filter(([, b]) => b >= 0);
  let [fromOwn, fromOther] = [0, 0];
  for (const [a, b] of [...anchors, [own.length, other.length] as const]) {
    const words = (list: readonly Pairable[], from: number, to: number): number[] =>
      Array.from({ length: to - from }, (_, at) => from + at).filter((at) => !itemAt(list, at).special);
    const [left, right] = [words(own, fromOwn, a), words(other, fromOther, b)];
    if (left.length === right.length) left.forEach((at, index) => pairs.push([at, itemAt(right, index)]));
    [fromOwn, fromOther] = [a + 1, b + 1];
  }
  return pairs;
}
