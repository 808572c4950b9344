import * as v from 'valibot';
import { indexSchema, type Data } from '../schema.ts';
import { layerOf, type AttentionMap } from './map.ts';
import { meanOfHeads } from './rows.ts';

/** How several heads or layers become one. A row of a `max` need not sum to 1. */
export type Merge = Data<typeof mergeSchema>;

/** The schema of a {@link Merge}. */
export const mergeSchema = v.picklist(['mean', 'max']);

/** One layer by its index, or all of them merged. */
export type LayerChoice = Data<typeof layerChoiceSchema>;

/** The schema of a {@link LayerChoice}. */
export const layerChoiceSchema = v.union([indexSchema, mergeSchema]);

/**
 * Some heads of one layer as one, `[head][query][key]` → `[query][key]`. A single head is a view without a copy; no
 * head at all gives zeros.
 */
export function mergeHeads(
  layer: Float32Array,
  queries: number,
  keys: number,
  heads: readonly number[],
  how: Merge,
): Float32Array {
  if (how === 'mean' || heads.length < 2) return meanOfHeads(layer, queries, keys, heads);
  const size = queries * keys;
  const merged = new Float32Array(size);
  for (const head of heads) raise(merged, layer, head * size);
  return merged;
}

/**
 * One layer (a view without a copy) or all merged, `[head][query][key]`. Throws RangeError when there is no such layer.
 */
export function chosenLayer(map: AttentionMap, layer: LayerChoice): Float32Array {
  return typeof layer === 'number' ? layerOf(map, layer) : mergeLayers(map, layer);
}

/** All layers of a map as one, head by head: `[head][query][key]`. */
export function mergeLayers(map: AttentionMap, how: Merge): Float32Array {
  const [layers, heads, queries, keys] = map.shape;
  const size = heads * queries * keys;
  const merged = new Float32Array(size);
  for (let layer = 0; layer < layers; layer++) {
    if (how === 'max') raise(merged, map.weights, layer * size);
    else
      for (let cell = 0, from = layer * size; cell < size; cell++)
        merged[cell] = (merged[cell] ?? 0) + (map.weights[from + cell] ?? 0) / layers;
  }
  return merged;
}

/** Raises every cell to the value that stands for it in `weights` from `start` on, where that is higher. */
function raise(cells: Float32Array, weights: Float32Array, start: number): void {
  for (let cell = 0; cell < cells.length; cell++) {
    const weight = weights[start + cell] ?? 0;
    if (weight > (cells[cell] ?? 0)) cells[cell] = weight;
  }
}
