import { layerOf, type AttentionMap } from '../attention/map.ts';
import { meanOfHeads } from '../attention/rows.ts';

/** Which layer and head an export shows; null means the mean over all of them. */
export interface Focus {
  readonly layer: number | null;
  readonly head: number | null;
}

/** What `focus` picks from a map, `[query][key]`. Throws RangeError when there is no such layer or head. */
export function focusedWeights(map: AttentionMap, { layer, head }: Focus): Float32Array {
  const [layers, heads, queries, keys] = map.shape;
  if (head !== null && head >= heads) throw new RangeError(`There is no head ${head}: the map has ${heads}, counted from 0.`);
  const chosen = head === null ? Array.from({ length: heads }, (_, index) => index) : [head];
  if (layer !== null) return meanOfHeads(layerOf(map, layer), queries, keys, chosen);
  const mean = new Float32Array(queries * keys);
  for (let each = 0; each < layers; each++) {
    meanOfHeads(layerOf(map, each), queries, keys, chosen).forEach((weight, cell) => {
      mean[cell] = (mean[cell] ?? 0) + weight / layers;
    });
  }
  return mean;
}

/** `focus` in words, for a heading: “layer 3, head 7”, “layer 3, mean of 8 heads”. The only layer or head is no mean. */
export function focusName(map: AttentionMap, focus: Focus): string {
  const [layers, heads] = map.shape;
  const layer = focus.layer ?? (layers === 1 ? 0 : null);
  const head = focus.head ?? (heads === 1 ? 0 : null);
  return `${layer === null ? `mean of ${layers} layers` : `layer ${layer}`}, ${head === null ? `mean of ${heads} heads` : `head ${head}`}`;
}
