/** A token and the weight of the link to or from it. */
export interface Link {
  readonly index: number;
  readonly weight: number;
}

/**
 * The mean over some heads of one layer, `[head][query][key]` → `[query][key]`. A single head is a view without a copy;
 * no head at all gives zeros.
 */
export function meanOfHeads(
  layer: Float32Array,
  queries: number,
  keys: number,
  heads: readonly number[],
): Float32Array {
  const size = queries * keys;
  const [only] = heads;
  if (heads.length === 1 && only !== undefined) return layer.subarray(only * size, (only + 1) * size);
  const mean = new Float32Array(size);
  for (const head of heads) {
    for (let cell = 0; cell < size; cell++)
      mean[cell] = (mean[cell] ?? 0) + (layer[head * size + cell] ?? 0) / heads.length;
  }
  return mean;
}

/** What query `query` looks at: its row of `[query][key]`, a view without a copy. */
export function looksAt(weights: Float32Array, query: number, keys: number): Float32Array {
  return weights.subarray(query * keys, (query + 1) * keys);
}

/** What looks at key `key`: its column of `[query][key]`, one weight a query. */
export function lookedAtBy(weights: Float32Array, key: number, queries: number, keys: number): Float32Array {
  return Float32Array.from({ length: queries }, (_, query) => weights[query * keys + key] ?? 0);
}

/** Weights this close to the strongest, as a share of it, are as strong: four digits do not tell them apart. */
const alike = 1e-4;

/**
 * The strongest link of a row or column, and all that are as strong, in the order of the text; none where all weights
 * are 0.
 */
export function equallyStrongest(weights: Float32Array): Link[] {
  let most = 0;
  for (const weight of weights) if (weight > most) most = weight;
  if (most === 0) return [];
  return Array.from(weights, (weight, index) => ({ index, weight })).filter(
    ({ weight }) => weight >= most * (1 - alike),
  );
}

/**
 * The `count` strongest links of a row or column, strongest first, ties in the order of the text; zeros are left out.
 * One pass that keeps the best so far: fit for whole maps too.
 */
export function strongest(weights: Float32Array, count: number): Link[] {
  const links: Link[] = [];
  for (let index = 0; index < weights.length; index++) {
    const weight = weights[index] ?? 0;
    if (!(weight > 0) || (links.length === count && weight <= (links[count - 1]?.weight ?? 0))) continue;
    let at = links.length;
    while (at > 0 && (links[at - 1]?.weight ?? 0) < weight) at--;
    links.splice(at, 0, { index, weight });
    if (links.length > count) links.pop();
  }
  return links;
}
