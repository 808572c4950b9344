import { itemAt } from '../item-at.ts';
import type { MapKind, MapShape } from './map.ts';
import { fullMask, keysWithin, type LayerMask } from './mask.ts';

/** How many rows have to begin just where a mask begins, for the weights to show it. */
const minRows = 2;

/** What is known of the mask of a layer before its weights are looked at. */
export interface KnownMask {
  /** What `config.json` says; null where it says nothing. */
  readonly described: LayerMask | null;
  /** Whether the graph selects keys by a score of its own. */
  readonly selects: boolean;
}

/**
 * The masks of the layers of a map by its weights, `[layer][head][query][key]`; undefined where every layer leaves all
 * keys. A weight that is masked is exactly 0 in every head, since the softmax turns any mask into zeros. Where a text
 * is too short to show a mask, what `config.json` describes is believed. Of a layer that selects keys those of weight 0
 * are the ones it did not select.
 */
export function masksOf(
  kind: MapKind,
  weights: Float32Array,
  shape: MapShape,
  known: readonly KnownMask[] = [],
): readonly LayerMask[] | undefined {
  const [layers] = shape;
  if (kind === 'cross') return undefined;
  const masks = Array.from({ length: layers }, (_, layer): LayerMask => {
    const { described = null, selects = false } = known[layer] ?? {};
    if (selects) return selectionIn(weights, shape, layer, kind) ?? fullMask;
    const firsts = firstSeen(weights, shape, layer, kind);
    if (described && rowsFitting(described, firsts) !== null) return described;
    return shownBy(firsts) ?? (kind === 'self' ? prefixIn(weights, shape, layer) : null) ?? fullMask;
  });
  return masks.some((mask) => mask.kind !== 'full') ? masks : undefined;
}

/** Whether any head of a layer gives a weight to a key. */
function isLookedAt(weights: Float32Array, [, heads, queries, keys]: MapShape, layer: number) {
  return (query: number, key: number): boolean =>
    Array.from({ length: heads }).some(
      (_, head) => itemAt(weights, ((layer * heads + head) * queries + query) * keys + key) > 0,
    );
}

/** The keys of every query that any head gives a weight to; null where no key is left out that the kind leaves. */
function selectionIn(weights: Float32Array, shape: MapShape, layer: number, kind: MapKind): LayerMask | null {
  const [, , queries, keys] = shape;
  const isSeen = isLookedAt(weights, shape, layer);
  const left = (query: number): number => (kind === 'causal' ? Math.min(query + 1, keys) : keys);
  const selected = Array.from({ length: queries }, (_, query) =>
    Array.from({ length: left(query) }, (_one, key) => key).filter((key) => isSeen(query, key)),
  );
  return selected.some((row, query) => row.length < left(query)) ? { kind: 'selection', keys: selected } : null;
}

/** The prefix after which no query sees what is later; null where there is none. */
function prefixIn(weights: Float32Array, shape: MapShape, layer: number): LayerMask | null {
  const [, , queries, keys] = shape;
  const isSeen = isLookedAt(weights, shape, layer);
  const ends = Array.from({ length: queries }, (_, query) => {
    let end = keys;
    while (end > 0 && !isSeen(query, end - 1)) end--;
    return end;
  });
  const [size = 0] = ends;
  const isPrefix = size > 1 && ends.every((end, query) => end === Math.max(size, query + 1));
  return isPrefix && queries - size > minRows ? { kind: 'prefix', size } : null;
}

/**
 * The first key that any head of a layer gives a weight to, of every query, `[query]`; in a map that looks both ways
 * the nearer of both ends, as a distance: as if the query looked back only.
 */
function firstSeen(
  weights: Float32Array,
  [, heads, queries, keys]: MapShape,
  layer: number,
  kind: MapKind,
): Int32Array {
  const firsts = new Int32Array(queries);
  for (let query = 0; query < queries; query++) {
    let [first, last] = [query, query];
    for (let head = 0; head < heads; head++) {
      const row = ((layer * heads + head) * queries + query) * keys;
      for (let key = 0; key < first; key++) if (itemAt(weights, row + key) > 0) first = key;
      if (kind === 'causal') continue;
      for (let key = keys - 1; key > last; key--) if (itemAt(weights, row + key) > 0) last = key;
    }
    firsts[query] = Math.min(first, Math.max(0, 2 * query - last));
  }
  return firsts;
}

/** The mask that fits where every row begins, of those that take keys away; null where none does. */
function shownBy(firsts: Int32Array): LayerMask | null {
  const reach = Math.max(...firsts.map((first, query) => query - first));
  const size = firsts.findIndex((first, query) => query > 0 && first === query);
  const candidates: LayerMask[] = [{ kind: 'window', reach }, ...(size > 1 ? [{ kind: 'chunk', size } as const] : [])];
  return candidates.find((mask) => (rowsFitting(mask, firsts) ?? 0) >= minRows) ?? null;
}

/** How many rows begin where a mask takes keys from them; null where one begins elsewhere. */
function rowsFitting(mask: LayerMask, firsts: Int32Array): number | null {
  let rows = 0;
  for (const [query, seen] of firsts.entries()) {
    const { first } = keysWithin(mask, query, firsts.length);
    // Of rows from which nothing is taken the first weights may be too small for the number format.
    if (first === 0) continue;
    if (seen !== first) return null;
    rows++;
  }
  return rows;
}
