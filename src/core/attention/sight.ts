import { seenKeys, type MapInfo, type Seeing } from './map.ts';
import { isAmong, maskOf, theseKeys, type SeenKeys } from './mask.ts';
import type { LayerChoice } from './merge.ts';
import type { Unit } from './units.ts';

/** What tells which keys the queries of a layer may see, or of all layers merged. */
export type Sight = Seeing & Pick<MapInfo, 'shape' | 'normalised'>;

/** What tells it of a map. */
export type SightedMap = Pick<MapInfo, 'kind' | 'shape' | 'local' | 'normalised' | 'masks'>;

/** The sight of a layer of a map; of merged layers what any of them sees. */
export function sightOf(map: SightedMap, layer: LayerChoice): Sight {
  return { ...map, mask: maskOf(map, layer) };
}

/** The keys that the tokens of a query may see, in tokens. */
export function seenBy(sight: Sight, { first, end }: Unit): SeenKeys {
  const all = Array.from({ length: Math.max(0, end - first) }, (_, at) =>
    seenKeys(sight, first + at, sight.shape[3]),
  ).filter((seen) => seen.end > seen.first);
  if (all.length === 0) return { first: 0, end: 0 };
  const range = { first: Math.min(...all.map((seen) => seen.first)), end: Math.max(...all.map((seen) => seen.end)) };
  if (all.every(({ only }) => only === undefined)) return range;
  return theseKeys(keysOf(range).filter((key) => all.some((seen) => isAmong(seen, key))));
}

function keysOf({ first, end }: Unit): readonly number[] {
  return Array.from({ length: end - first }, (_, at) => first + at);
}

/** Whether any token of a key is among those. */
function isAnyAmong(seen: SeenKeys, { first, end }: Unit): boolean {
  if (!seen.only) return first < seen.end && seen.first < end;
  return keysOf({ first, end }).some((key) => isAmong(seen, key));
}

/** Whether a query may see a key; of words, whether any of its tokens may see any of the other's. */
export function maySee(sight: Sight, query: Unit, key: Unit): boolean {
  return isAnyAmong(seenBy(sight, query), key);
}

/** The columns that a row may see, empty where it sees none of them; null where every row sees all. */
export function columnsSeen(
  sight: Sight,
  queries: readonly Unit[],
  keys: readonly Unit[],
): ((row: number) => SeenKeys) | null {
  if (sight.kind !== 'causal' && !sight.local && sight.mask.kind === 'full') return null;
  const ranges = queries.map((query): SeenKeys => {
    const seen = seenBy(sight, query);
    return theseKeys(keys.flatMap((key, column) => (isAnyAmong(seen, key) ? [column] : [])));
  });
  return (row) => ranges[row] ?? { first: 0, end: 0 };
}

/**
 * Whether a query has no choice: all that it may see is one of `keys`, as for the first token of a causal model. Its
 * weight then says nothing about the head. With a sink that is no token there is always a choice.
 */
export function isForced(sight: Sight, query: Unit, keys: readonly Unit[]): boolean {
  if (sight.normalised === false && !sight.local) return false;
  const seen = seenBy(sight, query);
  const only = seen.end > seen.first ? keys.find((key) => key.first <= seen.first && seen.first < key.end) : undefined;
  return only !== undefined && seen.end <= only.end;
}

/** The rows that have no choice, see {@link isForced}. */
export function forcedRows(sight: Sight, queries: readonly Unit[], keys: readonly Unit[]): ReadonlySet<number> {
  return new Set(queries.flatMap((query, row) => (isForced(sight, query, keys) ? [row] : [])));
}

/**
 * `[query][key]` with the rows that have no choice set to 0: what the strongest links are looked for in. The weights
 * themselves where there are none.
 */
export function withoutRows(weights: Float32Array, keys: number, rows: ReadonlySet<number>): Float32Array {
  if (rows.size === 0) return weights;
  const free = weights.slice();
  for (const row of rows) free.fill(0, row * keys, (row + 1) * keys);
  return free;
}
