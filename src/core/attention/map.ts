/**
 * How the queries of a map may see its keys: `self` both ways, `causal` only themselves and what stands before them, `cross`
 * another sequence.
 */
export type MapKind = 'self' | 'causal' | 'cross';

/** The name of a map, as the command line and the exports write it. */
export type MapName = 'attention' | 'encoder' | 'decoder' | 'cross';

/**
 * What is known of an attention map without its weights.
 *
 * `queries` and `keys` are indices into the sequences of the analysis; `shape` counts layers, heads, queries and keys.
 * `normalised` is `false` only where rows are no distribution by the map's own definition (Luong's local-p).
 */
export interface MapInfo {
  readonly name: MapName;
  readonly kind: MapKind;
  readonly queries: number;
  readonly keys: number;
  readonly shape: MapShape;
  readonly normalised?: false;
}

/** `[layers, heads, queries, keys]`. */
export type MapShape = readonly [layers: number, heads: number, queries: number, keys: number];

/**
 * An attention map with its weights.
 *
 * The one place where the layout is written down: weights lie in C order `[layer][head][query][key]`, a row is one query's
 * weights over all keys, and a row sums to 1 (unless `normalised` is `false`).
 */
export interface AttentionMap extends MapInfo {
  readonly weights: Float32Array;
}

/** The number of weights that a shape holds. */
export function weightCount(shape: MapShape): number {
  return shape[0] * shape[1] * shape[2] * shape[3];
}

/** A view (no copy) of one layer, `[head][query][key]`. Throws RangeError when there is no such layer. */
export function layerOf(map: AttentionMap, layer: number): Float32Array {
  const [layers, heads, queries, keys] = map.shape;
  checkIndex('layer', layer, layers);
  const size = heads * queries * keys;
  return map.weights.subarray(layer * size, (layer + 1) * size);
}

/** A view (no copy) of one head, `[query][key]`. Throws RangeError when there is no such layer or head. */
export function headOf(map: AttentionMap, layer: number, head: number): Float32Array {
  const [, heads, queries, keys] = map.shape;
  checkIndex('head', head, heads);
  const size = queries * keys;
  return layerOf(map, layer).subarray(head * size, (head + 1) * size);
}

function checkIndex(what: string, index: number, count: number): void {
  if (!Number.isInteger(index) || index < 0 || index >= count) {
    throw new RangeError(`There is no ${what} ${index}: the map has ${count}, counted from 0.`);
  }
}
