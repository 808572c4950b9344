import { itemAt } from '../item-at.ts';
import type { HeadOutput } from './explanation.ts';
import { dot } from './numbers.ts';

/**
 * What is to go through the output projection, a row each of `[heads + 1, heads × features]`: for every head the sum of
 * its values times their weights in the head's own columns, and last the part of one key in one head. `values` are a
 * head's rows by key, `weights` its row of weights.
 */
export function projectionRows(
  heads: readonly { readonly values: readonly Float64Array[]; readonly weights: ArrayLike<number> }[],
  cell: { readonly head: number; readonly key: number },
): Float32Array {
  const features = heads[0]?.values[0]?.length ?? 0;
  const width = heads.length * features;
  const rows = new Float32Array((heads.length + 1) * width);
  for (const [head, { values, weights }] of heads.entries()) {
    const own = rows.subarray(head * width + head * features, head * width + (head + 1) * features);
    for (let feature = 0; feature < features; feature += 1)
      own[feature] = values.reduce((sum, value, key) => sum + (weights[key] ?? NaN) * (value[feature] ?? NaN), 0);
  }
  const [weight = NaN, value] = [heads[cell.head]?.weights[cell.key], heads[cell.head]?.values[cell.key]];
  const last = heads.length * width + cell.head * features;
  for (let feature = 0; feature < features; feature += 1) rows[last + feature] = weight * (value?.[feature] ?? NaN);
  return rows;
}

/**
 * How much a head hands over and the share of a key in it. `heads` holds what each head hands over, `part` what comes
 * of it from the key, `whole` what the model itself computes of all heads; null where there is nothing to compare with;
 * `beside` has the lengths that it is seen beside.
 */
export function headOutput(
  heads: readonly Float64Array[],
  head: number,
  part: Float64Array,
  whole: ArrayLike<number> | null,
  beside: HeadOutput['beside'] = null,
): HeadOutput {
  const total = itemAt(heads, head);
  const square = dot(total, total);
  return {
    norm: Math.sqrt(square),
    keyNorm: Math.sqrt(dot(part, part)),
    share: square > 0 ? dot(part, total) / square : null,
    difference: whole === null ? null : differenceFrom(heads, whole),
    beside,
  };
}

/** How far the sum of rows is from a vector, relative to its length. */
function differenceFrom(rows: readonly Float64Array[], whole: ArrayLike<number>): number {
  const sum = Float64Array.from(whole, (_, at) => rows.reduce((total, row) => total + (row[at] ?? NaN), 0));
  const apart = sum.map((value, at) => value - (whole[at] ?? NaN));
  const length = Math.sqrt(dot(whole, whole));
  return Math.sqrt(dot(apart, apart)) / (length > 0 ? length : 1);
}
