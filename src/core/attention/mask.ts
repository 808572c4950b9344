import * as v from 'valibot';
import { indexSchema, positiveSchema, type Data } from '../schema.ts';
import { maxLayers } from './layers.ts';
import type { LayerChoice } from './merge.ts';

/**
 * Which of the keys that the kind of a map leaves to a query its layer leaves, too: `full` all of them, `window` those
 * at most `reach` tokens away (the last `reach + 1` tokens in a causal map: sliding windows, Beltagy et al. 2020,
 * 2004.05150), `chunk` those of the same `size` tokens, counted from the first (Llama 4).
 */
export type LayerMask = Data<typeof layerMaskSchema>;

const layerMaskSchema = v.variant('kind', [
  v.object({ kind: v.literal('full') }),
  v.object({ kind: v.literal('window'), reach: indexSchema }),
  v.object({ kind: v.literal('chunk'), size: v.pipe(positiveSchema, v.integer()) }),
]);

/** The schema of the masks of a map, one for each of its layers. */
export const masksSchema = v.pipe(v.array(layerMaskSchema), v.maxLength(maxLayers));

/** The mask that takes no key away. */
export const fullMask: LayerMask = { kind: 'full' };

/** The keys `[first, end)` of `keys` that a mask leaves to a query. */
export function keysWithin(mask: LayerMask, query: number, keys: number): { first: number; end: number } {
  switch (mask.kind) {
    case 'full':
      return { first: 0, end: keys };
    case 'window':
      return { first: Math.max(0, query - mask.reach), end: Math.min(keys, query + mask.reach + 1) };
    case 'chunk': {
      const first = query - (query % mask.size);
      return { first, end: Math.min(keys, first + mask.size) };
    }
  }
}

/** The mask of a layer, or what any of all layers sees where they are merged. */
export function maskOf(
  { masks }: { readonly masks?: readonly LayerMask[] | undefined },
  layer: LayerChoice,
): LayerMask {
  if (!masks) return fullMask;
  return typeof layer === 'number' ? (masks[layer] ?? fullMask) : masks.reduce(wider);
}

/** What one or the other of two masks leaves; all, where that is neither a window nor chunks. */
function wider(one: LayerMask, other: LayerMask): LayerMask {
  if (one.kind === 'window' && other.kind === 'window') return one.reach < other.reach ? other : one;
  return one.kind === 'chunk' && other.kind === 'chunk' && one.size === other.size ? one : fullMask;
}
