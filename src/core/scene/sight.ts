import type { SeenKeys } from '../attention/mask.ts';
import type { TokenFocus } from '../attention/selection.ts';
import { columnsSeen, forcedRows, isForced, maySee, sightOf, withoutRows, type Sight } from '../attention/sight.ts';
import { tokenUnits, type Unit } from '../attention/units.ts';
import { partnersOf } from './links.ts';
import type { Frame } from './frame.ts';
import type { Scene } from './scene.ts';

/** A frame in tokens, or a scene of one. */
export type Shown = Frame | Scene;

/** Whether the row of a query has no choice: it sees one key alone. */
export function isForcedRow(frame: Shown, query: number): boolean {
  const { sight, queries, keys } = unitsOf(frame);
  const unit = queries[query];
  return unit !== undefined && isForced(sight, unit, keys);
}

/**
 * Whether a query may see a key at all: no causal model sees what comes later, no local one what lies outside its
 * window, no layer what its mask takes away.
 */
export function isSeen(frame: Shown, query: number, key: number): boolean {
  const { sight, queries, keys } = unitsOf(frame);
  const [looking, lookedAt] = [queries[query], keys[key]];
  return looking !== undefined && lookedAt !== undefined && maySee(sight, looking, lookedAt);
}

/** The columns that a row may see, by where its tokens stand in the text; null where every row sees all. */
export function seenColumns(frame: Shown): ((query: number) => SeenKeys) | null {
  const { sight, queries, keys } = unitsOf(frame);
  return columnsSeen(sight, queries, keys);
}

/**
 * What numbers speak of, `[query][key]`, without the rows that have no choice: what strongest links are chosen from.
 */
export function freeLinks(frame: Shown): Float32Array {
  const { sight, queries, keys } = unitsOf(frame);
  return withoutRows(frame.spoken, keys.length, forcedRows(sight, queries, keys));
}

/** What looks at a key, or what a query looks at; of a key without the queries that see nothing else. */
export function freePartners(frame: Shown, token: TokenFocus): Float32Array {
  const partners = partnersOf(frame, token);
  if (token.side === 'query') return partners;
  const { sight, queries, keys } = unitsOf(frame);
  return withoutRows(partners, 1, forcedRows(sight, queries, keys));
}

/**
 * Whether the filters keep rows or columns out of the picture, so that its rows are not all that the model looks at.
 */
export function isHiding(frame: Shown): boolean {
  if (!('options' in frame)) return false;
  const { hideSpecial, hidePunctuation, pairs } = frame.options;
  return hideSpecial || hidePunctuation || pairs !== 'all' || frame.step !== null;
}

/** What is seen in the map, in tokens, and which of them stand in its rows and columns. */
function unitsOf(frame: Shown): {
  readonly sight: Sight;
  readonly queries: readonly Unit[];
  readonly keys: readonly Unit[];
} {
  const { layer, map } = frame;
  if ('source' in frame)
    return { sight: sightOf(frame.source.map, layer), queries: frame.sides.query, keys: frame.sides.key };
  return { sight: sightOf(map, layer), queries: tokenUnits(map.shape[2]), keys: tokenUnits(map.shape[3]) };
}
