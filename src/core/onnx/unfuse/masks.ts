import type { NodeWriter } from './node-writer.ts';

/** TensorProto.DataType of sizes and places. */
const int64 = 7;
/** What hides a key whatever its score: the lowest 32-bit float, which no score lifts. */
export const lowest = -3.4028234663852886e38;

/** Where queries and keys stand: lengths and the number of keys before the first query, single numbers. */
export interface Places {
  readonly queries: string;
  readonly keys: string;
  /** Null where there are none. */
  readonly past: string | null;
}

/** A number where keys are hidden and 0 elsewhere: a term that is added to scores. */
export function penalty(writer: NodeWriter, hidden: string, by: number): string {
  return writer.add('Where', [hidden, writer.float(by), writer.float(0)]);
}

/** The places of the queries as a column `[queries, 1]`, counted with those before them. */
export function rowsOf(writer: NodeWriter, { queries, past }: Places): string {
  const rows = writer.unsqueezed(writer.counted(queries), 1);
  return past === null ? rows : writer.add('Add', [rows, past]);
}

/** Hides the keys after each query: `[queries, keys]`, true where a key is hidden. */
export function laterKeys(writer: NodeWriter, rows: string, { keys }: Places): string {
  return writer.add('Less', [rows, writer.counted(keys)]);
}

/** Hides later keys as onnxruntime's older operators do (`unidirectional`): the last query sees whatever there is. */
export function laterButLast(writer: NodeWriter, places: Places): string {
  const own = writer.unsqueezed(writer.counted(places.queries), 1);
  const last = writer.add('Sub', [places.queries, writer.integers(1)]);
  const isOther = writer.add('Less', [own, last]);
  return writer.add('And', [laterKeys(writer, rowsOf(writer, places), places), isOther]);
}

/**
 * The term of a mask of whole numbers that keeps keys where it is positive: `[batch, keys]`,
 * `[batch, queries, keys]`, or of one axis: where each text ends, `[batch]`, and behind these where it begins, `[2 ×
 * batch]`. Throws GraphError where it has another number of axes (onnxruntime reads those on other devices alone).
 */
export function maskTerm(
  writer: NodeWriter,
  mask: string,
  rank: number,
  places: Places & { readonly batch: string },
  by: number,
): string {
  if (rank === 1) return penalty(writer, outside(writer, mask, places), by);
  if (rank !== 2 && rank !== 3) throw writer.unwritable((says) => says.maskAxes(writer.node.op, rank));
  const isKept = writer.add('Less', [writer.integers(0), writer.add('Cast', [mask], { to: int64 })]);
  const term = penalty(writer, writer.add('Not', [isKept]), by);
  return rank === 2 ? writer.unsqueezed(writer.unsqueezed(term, 1), 1) : writer.unsqueezed(term, 1);
}

/** `[batch, 1, 1, keys]`, true where a key lies before the beginning or after the end of its text. */
function outside(writer: NodeWriter, mask: string, { batch, keys }: Places & { readonly batch: string }): string {
  const count = writer.listed(batch);
  const long = writer.add('Cast', [mask], { to: int64 });
  const zeros = writer.add('Expand', [writer.integers([0]), count]);
  // Where there are no beginnings, the zeros behind the ends are taken for them.
  const both = writer.add('Concat', [long, zeros], { axis: 0 });
  const twice = writer.add('Add', [count, count]);
  const partOf = (from: string, to: string): string => writer.reshaped(writer.slice(both, 0, from, to), [-1, 1, 1, 1]);
  const place = writer.counted(keys);
  const isBefore = writer.add('Less', [place, partOf(count, twice)]);
  const isInside = writer.add('Less', [place, partOf(writer.integers([0]), count)]);
  return writer.add('Or', [isBefore, writer.add('Not', [isInside])]);
}
