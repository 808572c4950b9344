import type { Analysis } from '../attention/analysis.ts';
import { layerOf, type AttentionMap } from '../attention/map.ts';
import { meanOfHeads } from '../attention/rows.ts';
import type { Selection } from '../attention/selection.ts';

/** Which map, layer and heads an export shows, counted from 0; null means all of them (for one matrix: their mean). */
export interface Focus {
  readonly map: number | null;
  readonly layer: number | null;
  readonly heads: readonly number[] | null;
}

/** All that an analysis has. */
export const everything: Focus = { map: null, layer: null, heads: null };

/** The heads that a selection draws, or with `spoken` those that its numbers speak of. */
export function focusOfSelection({ map, layer, heads, head }: Selection, spoken: boolean): Focus {
  return { map, layer, heads: spoken && head !== null ? [head] : heads };
}

/** The maps that `focus` shows. Throws RangeError when there is no such map. */
export function mapsIn({ maps }: Analysis, { map }: Focus): readonly AttentionMap[] {
  if (map === null) return maps;
  const found = maps[map];
  if (!found) throw new RangeError(`There is no map ${map}: the analysis has ${maps.length}, counted from 0.`);
  return [found];
}

/** The heads of `map` that `focus` shows. Throws RangeError when there is no such head. */
export function headsIn({ shape: [, count] }: AttentionMap, { heads }: Focus): readonly number[] {
  if (heads === null) return Array.from({ length: count }, (_, head) => head);
  const missing = heads.find((head) => head >= count);
  if (missing !== undefined) throw new RangeError(`There is no head ${missing}: the map has ${count}, counted from 0.`);
  return heads;
}

/** The layers of `map` that `focus` shows. Throws RangeError when there is no such layer. */
export function layersIn({ shape: [count] }: AttentionMap, { layer }: Focus): readonly number[] {
  if (layer === null) return Array.from({ length: count }, (_, index) => index);
  if (layer >= count) throw new RangeError(`There is no layer ${layer}: the map has ${count}, counted from 0.`);
  return [layer];
}

/** The mean of what `focus` picks from a map, `[query][key]`. Throws RangeError when there is no such layer or head. */
export function focusedWeights(map: AttentionMap, focus: Focus): Float32Array {
  const [, , queries, keys] = map.shape;
  const heads = headsIn(map, focus);
  const layers = layersIn(map, focus);
  const [only] = layers;
  if (layers.length === 1 && only !== undefined) return meanOfHeads(layerOf(map, only), queries, keys, heads);
  const mean = new Float32Array(queries * keys);
  for (const layer of layers) {
    meanOfHeads(layerOf(map, layer), queries, keys, heads).forEach((weight, cell) => {
      mean[cell] = (mean[cell] ?? 0) + weight / layers.length;
    });
  }
  return mean;
}

/**
 * `focus` in words, for a heading: “layer 3, head 7”, “layer 3, mean of 8 heads”, “layer 3, mean of heads 1, 4”. The only layer or
 * head is no mean.
 */
export function focusName(map: AttentionMap, focus: Focus): string {
  const [layer, ...furtherLayers] = layersIn(map, focus);
  const heads = headsIn(map, focus);
  const layerName = furtherLayers.length > 0 ? `mean of ${furtherLayers.length + 1} layers` : `layer ${layer ?? 0}`;
  return `${layerName}, ${headsName(map, heads)}`;
}

function headsName({ shape: [, count] }: AttentionMap, heads: readonly number[]): string {
  if (heads.length === 1) return `head ${heads[0] ?? 0}`;
  return heads.length === count ? `mean of ${count} heads` : `mean of heads ${heads.join(', ')}`;
}
