import * as v from 'valibot';
import { indexSchema, positiveSchema, type Data } from '../schema.ts';
import { maxLayers } from './layers.ts';
import type { LayerChoice } from './merge.ts';

/**
 * Which of the keys that the kind of a map leaves to a query its layer leaves, too: `full` all of them, `window` those
 * at most `reach` tokens away (the last `reach + 1` tokens in a causal map: sliding windows, Beltagy et al. 2020,
 * 2004.05150), `chunk` those of the same `size` tokens, counted from the first (Llama 4), `prefix` the first `size`
 * tokens and all that are not later (prefix language models, Raffel et al. 2020, section 3.2.1), `selection` those that
 * the model selects for each query, `[query][key]` in rising order (DeepSeek sparse attention, 2512.02556).
 */
export type LayerMask = Data<typeof layerMaskSchema>;

const layerMaskSchema = v.variant('kind', [
  v.object({ kind: v.literal('full') }),
  v.object({ kind: v.literal('window'), reach: indexSchema }),
  v.object({ kind: v.literal('chunk'), size: v.pipe(positiveSchema, v.integer()) }),
  v.object({ kind: v.literal('prefix'), size: v.pipe(positiveSchema, v.integer()) }),
  v.object({ kind: v.literal('selection'), keys: v.array(v.array(indexSchema)) }),
]);

/** The schema of the masks of a map, one for each of its layers. */
export const masksSchema = v.pipe(v.array(layerMaskSchema), v.maxLength(maxLayers));

/** The mask that takes no key away. */
export const fullMask: LayerMask = { kind: 'full' };

/** The keys `[first, end)`; of these `only` some, where that is said. */
export interface SeenKeys {
  readonly first: number;
  readonly end: number;
  readonly only?: ReadonlySet<number>;
}

/** Whether a key is one of them. */
export function isAmong({ first, end, only }: SeenKeys, key: number): boolean {
  return first <= key && key < end && (only?.has(key) ?? true);
}

/** How many keys they are. */
export function countOf({ first, end, only }: SeenKeys): number {
  return only?.size ?? Math.max(0, end - first);
}

/** Keys in rising order. */
export function theseKeys(keys: readonly number[]): SeenKeys {
  const [first, last] = [keys[0], keys.at(-1)];
  if (first === undefined || last === undefined) return { first: 0, end: 0 };
  const range = { first, end: last + 1 };
  return keys.length === countOf(range) ? range : { ...range, only: new Set(keys) };
}

/** Of the first `keys` keys those that a mask leaves to a query. */
export function keysWithin(mask: LayerMask, query: number, keys: number): SeenKeys {
  switch (mask.kind) {
    case 'full':
      return { first: 0, end: keys };
    case 'window':
      return { first: Math.max(0, query - mask.reach), end: Math.min(keys, query + mask.reach + 1) };
    case 'chunk': {
      const first = query - (query % mask.size);
      return { first, end: Math.min(keys, first + mask.size) };
    }
    case 'prefix':
      return { first: 0, end: Math.min(keys, Math.max(mask.size, query + 1)) };
    case 'selection':
      return theseKeys((mask.keys[query] ?? []).filter((key) => key < keys));
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

/** What one or the other of two masks leaves; all, where that is no mask of one kind. */
function wider(one: LayerMask, other: LayerMask): LayerMask {
  if (one.kind === 'window' && other.kind === 'window') return one.reach < other.reach ? other : one;
  if (one.kind === 'prefix' && other.kind === 'prefix') return one.size < other.size ? other : one;
  if (one.kind === 'selection' && other.kind === 'selection') return either(one.keys, other.keys);
  return one.kind === 'chunk' && other.kind === 'chunk' && one.size === other.size ? one : fullMask;
}

function either(one: readonly (readonly number[])[], other: readonly (readonly number[])[]): LayerMask {
  const keys = one.map((row, query) => [...new Set([...row, ...(other[query] ?? [])])].sort((a, b) => a - b));
  return { kind: 'selection', keys };
}
