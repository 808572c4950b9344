import type { Analysis } from '../attention/analysis.ts';
import { layerOf, type MapInfo } from '../attention/map.ts';
import { strongest } from '../attention/rows.ts';
import { fitSelection, type Selection, type TokenFocus } from '../attention/selection.ts';
import type { ViewOptions } from '../attention/view.ts';
import type { Cell } from '../block/explanation.ts';
import { itemAt } from '../item-at.ts';
import { frameFrom, type Frame } from './frame.ts';
import { cellOf } from './links.ts';
import { freeLinks, freePartners } from './sight.ts';

/** A query token and a key token, by their index. */
export type Pair = Pick<Cell, 'query' | 'key'>;

/**
 * The one weight in focus in a frame of tokens: of the pinned token and its partner, or else its strongest one; of the
 * head that is spoken of, or of those shown the one that gives this pair most. Null while no token is pinned, no head
 * is shown, or nothing looks at the token.
 */
export function cellInFocus(frame: Frame): Cell | null {
  const { map, layer, selection, weights } = frame;
  const { token, heads, head } = selection;
  const pair = token && pairOf(frame, token);
  const spoken = pair && (head ?? headOfPair(map, weights, heads, pair));
  if (!pair || spoken === null) return null;
  return { map: selection.map, layer: typeof layer === 'number' ? layer : selection.layer, head: spoken, ...pair };
}

/** The one weight in focus of an analysis, see {@link cellInFocus}. */
export function weightInFocus(
  analysis: Analysis,
  wanted: Selection,
  { headMerge }: Pick<ViewOptions, 'headMerge'>,
): Cell | null {
  const selection = fitSelection(wanted, analysis);
  const map = analysis.maps[selection.map];
  if (!map) return null;
  const { layer } = selection;
  return cellInFocus(frameFrom({ info: analysis, map, selection, layer, headMerge, weights: layerOf(map, layer) }));
}

/** The strongest link that a frame speaks of, but for rows that have no choice; null where there is none. */
export function strongestPair(frame: Frame): Pair | null {
  const [, , , keys] = frame.map.shape;
  const [link] = strongest(freeLinks(frame), 1);
  return link ? { query: Math.floor(link.index / keys), key: link.index % keys } : null;
}

/** The query of a pair pinned together with its key. */
export function pinned({ query, key }: Pair): TokenFocus {
  return { side: 'query', index: query, cell: key };
}

/** A pair pinned as the options want it: by its key where they show what looks at a token. */
export function pairFocus(
  { query, key }: Pair,
  map: MapInfo,
  { direction }: Pick<ViewOptions, 'direction'>,
): TokenFocus {
  const isByKey = direction === 'to' && map.queries === map.keys;
  return isByKey ? { side: 'key', index: key, cell: query } : pinned({ query, key });
}

function pairOf(frame: Frame, token: TokenFocus): Pair | null {
  const partner = token.cell ?? strongest(freePartners(frame, token), 1)[0]?.index;
  return partner === undefined ? null : cellOf(token, partner);
}

/** Of some heads the one with the largest weight for a pair; null where there is none. */
function headOfPair(
  { shape: [, , queries, keys] }: MapInfo,
  weights: Float32Array,
  heads: readonly number[],
  { query, key }: Pair,
): number | null {
  const weightOf = (head: number): number => itemAt(weights, (head * queries + query) * keys + key);
  return heads.reduce<number | null>(
    (best, head) => (best === null || weightOf(head) > weightOf(best) ? head : best),
    null,
  );
}
