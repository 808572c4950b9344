import { itemAt } from '../item-at.ts';
import * as v from 'valibot';
import { indexSchema, type Data } from '../schema.ts';
import type { Analysis } from '../attention/analysis.ts';
import type { AttentionMap } from '../attention/map.ts';
import { layerNumber } from '../attention/layers.ts';
import { chosenLayer, mergeHeads } from '../attention/merge.ts';
import type { Selection } from '../attention/selection.ts';
import { plainOptions, type ViewOptions } from '../attention/view.ts';
import { words } from '../words/words.ts';
import { headsName } from './names.ts';

/** Which map, layer and heads an export shows, counted from 0; null means all of them (for one matrix: their mean). */
export type Focus = Data<typeof focusSchema>;

/** The schema of a {@link Focus}. */
export const focusSchema = v.object({
  map: v.nullable(indexSchema),
  layer: v.nullable(indexSchema),
  heads: v.nullable(v.array(indexSchema)),
});

/** How several heads and layers become one; see {@link ViewOptions}. */
export type Merging = Pick<ViewOptions, 'headMerge' | 'layerMerge'>;

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
  if (!found) throw new RangeError(words().pictures.noMap(map, maps.length));
  return [found];
}

/** The heads of `map` that `focus` shows. Throws RangeError when there is no such head. */
export function headsIn({ shape: [, count] }: AttentionMap, { heads }: Focus): readonly number[] {
  if (heads === null) return Array.from({ length: count }, (_, head) => head);
  const missing = heads.find((head) => head >= count);
  if (missing !== undefined) throw new RangeError(words().pictures.noHead(missing, count));
  return heads;
}

/** The layers of `map` that `focus` shows. Throws RangeError when there is no such layer. */
export function layersIn({ shape: [count] }: AttentionMap, { layer }: Focus): readonly number[] {
  if (layer === null) return Array.from({ length: count }, (_, index) => index);
  if (layer >= count) throw new RangeError(words().pictures.noLayer(layer, count));
  return [layer];
}

/**
 * What `focus` picks from a map as one, `[query][key]`: heads as the options merge them; layers too, else their mean.
 * Throws RangeError when there is no such layer or head.
 */
export function focusedWeights(
  map: AttentionMap,
  focus: Focus,
  { headMerge, layerMerge }: Merging = plainOptions,
): Float32Array {
  const [, , queries, keys] = map.shape;
  const [layer = 0, ...others] = layersIn(map, focus);
  const chosen = chosenLayer(map, layerMerge ?? (others.length > 0 ? 'mean' : layer));
  return mergeHeads(chosen, queries, keys, headsIn(map, focus), headMerge);
}

/**
 * `focus` in words, for a heading: “layer 3, head 7”, “layer 3, mean of 8 heads”, “layer 3, mean of heads 1, 4”. The
 * only layer or head is no mean.
 */
export function focusName(map: AttentionMap, focus: Focus, merging: Merging = plainOptions): string {
  return `${layerName(map, focus, merging)}, ${headsName(headsIn(map, focus), map.shape[1], merging.headMerge)}`;
}

/** The layers of `focus` in words: “layer 3”, “mean of 12 layers”. The only layer is no mean. */
export function layerName(
  map: AttentionMap,
  focus: Focus,
  { layerMerge }: Pick<Merging, 'layerMerge'> = plainOptions,
): string {
  const layers = layersIn(map, focus);
  const count = layerMerge ? map.shape[0] : layers.length;
  const { names } = words();
  return count > 1 ? names.mergedLayers(layerMerge ?? 'mean', count) : names.layer(layerNumber(map, itemAt(layers, 0)));
}
