/** The numbers of a tensor in C order. */
export interface Numbers {
  readonly dims: readonly number[];
  readonly data: ArrayLike<number>;
}

/** The tensors of one run by their names. Throws RangeError for one that the run did not give. */
export class RunNumbers {
  readonly #tensors: ReadonlyMap<string, Numbers>;

  constructor(tensors: ReadonlyMap<string, Numbers>) {
    this.#tensors = tensors;
  }

  of(name: string): Numbers {
    const numbers = this.#tensors.get(name);
    if (numbers === undefined) throw new RangeError(`The run gave no tensor ${name}.`);
    return numbers;
  }
}

/** One score: its head, and its query and key counted in the run that gave it. */
export interface Cell {
  readonly head: number;
  readonly query: number;
  readonly key: number;
}

/** The sizes of an attention in one run, of the first text of a batch. */
export interface AttentionSizes {
  readonly heads: number;
  readonly queries: number;
  /** Whether heads lie beside each other as further rows: `[batch, queries, heads, keys]`, `[batch, rows, keys]`. */
  readonly headsInside: boolean;
}

/** The number of a tensor that is broadcast over `[heads, queries, keys]`, at one of them. */
export function numberAt({ dims, data }: Numbers, { head, query, key }: Cell, sizes: AttentionSizes): number {
  const places = placesOf(dims, { head, query, key }, sizes);
  let at = 0;
  for (const [axis, size] of dims.entries()) at = at * size + (size === 1 ? 0 : (places[axis] ?? 0));
  return data[at] ?? NaN;
}

function placesOf(dims: readonly number[], { head, query, key }: Cell, sizes: AttentionSizes): readonly number[] {
  const rank = dims.length;
  const { heads, headsInside, queries } = sizes;
  if (headsInside && rank >= 3)
    return dims.at(-2) === heads * queries && rank === 3 ? [0, query * heads + head, key] : [0, query, head, key];
  const lead = dims.slice(0, -2);
  return [...leadingPlaces(lead, head, heads), ...[query, key].slice(Math.max(0, 2 - rank))];
}

/**
 * Where a head is among the axes before the last two: `[batch, heads]`, `[batch × heads]`, or `[batch, groups, heads of
 * a group]`; a group where there are fewer of them than heads (grouped keys, Ainslie et al. 2023).
 */
function leadingPlaces(lead: readonly number[], head: number, heads: number): readonly number[] {
  if (lead.length < 3) {
    const size = lead.at(-1) ?? 1;
    return [...lead.slice(0, -1).map(() => 0), ...(lead.length === 0 ? [] : [grouped(head, heads, size)])];
  }
  const [groups = 1, each = 1] = lead.slice(-2);
  const perGroup = groups > 1 ? heads / groups : each;
  return [...lead.slice(0, -2).map(() => 0), Math.floor(head / perGroup), head % perGroup];
}

function grouped(head: number, heads: number, size: number): number {
  return size < heads ? Math.floor((head * size) / heads) : head;
}

/** Which axis of a tensor its features are: the last, or the last but one. */
export type FeatureAxis = -1 | -2;

/** How many rows a tensor has whose features are on an axis. */
export function rowCount({ dims }: Numbers, axis: FeatureAxis): number {
  return dims.at(axis === -1 ? -2 : -1) ?? 0;
}

/** The vector of a head at one row of a tensor `[…, rows, features]` (`[…, features, rows]` where `axis` is -2). */
export function vectorAt(
  numbers: Numbers,
  head: number,
  row: number,
  sizes: AttentionSizes,
  axis: FeatureAxis = -1,
): Float64Array {
  const { dims, data } = numbers;
  const features = dims.at(axis) ?? 0;
  const rows = rowCount(numbers, axis);
  const { heads, headsInside, queries } = sizes;
  const isRowOfHeads = headsInside && dims.length === 3 && rows === heads * queries;
  const own = isRowOfHeads ? row * heads + head : row;
  let block = 0;
  if (!headsInside) {
    const lead = dims.slice(0, -2);
    const places = leadingPlaces(lead, head, heads);
    for (const [at, size] of lead.entries()) block = block * size + (size === 1 ? 0 : (places[at] ?? 0));
  }
  const start = block * rows * features;
  return Float64Array.from({ length: features }, (_, feature) => {
    const at = axis === -1 ? own * features + feature : feature * rows + own;
    return data[start + at] ?? NaN;
  });
}

/** The sum of the products of two vectors of one length. */
export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < a.length; at += 1) sum += (a[at] ?? NaN) * (b[at] ?? NaN);
  return sum;
}

/** Numbers as float32, in a buffer of their own. */
export function floats(values: ArrayLike<number>): ArrayBuffer {
  return Float32Array.from(values).buffer;
}
