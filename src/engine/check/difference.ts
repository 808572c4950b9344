/** A tensor as it is compared: its shape, and its numbers in 32 bits; null where it holds none. */
export interface Numbers {
  readonly dims: readonly number[];
  readonly data: Float32Array | null;
}

/** The greatest distance between the numbers of two tensors: as it is, and each divided by max(1, |number|). */
export interface Difference {
  readonly values: number;
  readonly absolute: number;
  readonly relative: number;
}

/**
 * How far `seen` is from `expected`; null where they cannot be compared: other shapes, or no number where the other has
 * one.
 */
export function differenceOf(seen: Numbers, expected: Numbers): Difference | null {
  if (!seen.data || seen.data.length !== expected.data?.length || seen.dims.join() !== expected.dims.join())
    return null;
  let [absolute, relative] = [0, 0];
  for (const [at, value] of expected.data.entries()) {
    const other = seen.data[at];
    // Infinities (masked logits) and what is no number agree with themselves alone.
    if (Object.is(other, value)) continue;
    const apart = Math.abs((other ?? NaN) - value);
    if (!Number.isFinite(apart)) return null;
    absolute = Math.max(absolute, apart);
    relative = Math.max(relative, apart / Math.max(1, Math.abs(value)));
  }
  return { values: expected.data.length, absolute, relative };
}

/** The greatest of two differences; null where one of them could not be told. */
export function greatest(a: Difference | null, b: Difference | null): Difference | null {
  if (!a || !b) return null;
  return {
    values: a.values + b.values,
    absolute: Math.max(a.absolute, b.absolute),
    relative: Math.max(a.relative, b.relative),
  };
}

/** The least and the greatest sum of a row. */
export interface RowSums {
  readonly least: number;
  readonly most: number;
}

/** The sums of rows of `keys` numbers, joined to those of earlier runs. */
export function rowSums(data: Float32Array, keys: number, before: RowSums | null): RowSums | null {
  let { least, most } = before ?? { least: Infinity, most: -Infinity };
  for (let start = 0; start < data.length; start += keys) {
    let sum = 0;
    for (let key = 0; key < keys; key++) sum += data[start + key] ?? NaN;
    least = Math.min(least, sum);
    most = Math.max(most, sum);
  }
  return least === Infinity ? null : { least, most };
}
