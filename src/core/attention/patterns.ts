import type { Token } from '../text/token.ts';
import { seenKeys } from './map.ts';
import { isAmong } from './mask.ts';
import type { Sight } from './sight.ts';

/** Patterns that attention may follow on a text, in the order in which ties are decided. */
export const patternNames = ['previous', 'next', 'self', 'same token', 'first', 'separator'] as const;
export type PatternName = (typeof patternNames)[number];

/** Below this share of a head's attention a pattern does not name the head. */
export const patternThreshold = 0.4;
/** From this share of the highest possible entropy on, a head without a pattern is called broad. */
export const broadThreshold = 0.75;

/** Says of a cell whether it belongs to a pattern. */
export type Pattern = (query: number, key: number) => boolean;

/** Whether a query of a layer may see a key. */
export function sees(sight: Sight, queries: number, keys: number): Pattern {
  const ranges = Array.from({ length: queries }, (_, query) => seenKeys(sight, query, keys));
  return (query, key) => {
    const seen = ranges[query];
    return seen !== undefined && isAmong(seen, key);
  };
}

/** The key that is so many tokens after the query, where it is seen; before it for a negative offset. */
export function offsetPattern(mayLook: Pattern, offset: number): Pattern {
  return (query, key) => key === query + offset && mayLook(query, key);
}

/** The patterns that are defined for a layer of a map, on its tokens. */
export function patternsOf(
  sight: Sight,
  queries: readonly Token[],
  keys: readonly Token[],
): ReadonlyMap<PatternName, Pattern> {
  const { kind } = sight;
  const mayLook = sees(sight, queries.length, keys.length);
  const first: Pattern = (query, key) => key === 0 && mayLook(query, key);
  const separator: Pattern = (query, key) => key > 0 && keys[key]?.special === true && mayLook(query, key);
  const shared: [PatternName, Pattern][] = [
    ['first', first],
    ['separator', separator],
  ];
  if (kind === 'cross') return new Map(shared);
  const sameToken: Pattern = (query, key) =>
    key !== query && mayLook(query, key) && keys[key]?.special === false && keys[key].id === queries[query]?.id;
  return new Map<PatternName, Pattern>([
    ['previous', offsetPattern(mayLook, -1)],
    ...(kind === 'self' ? [['next', offsetPattern(mayLook, 1)] as [PatternName, Pattern]] : []),
    ['self', (query, key) => key === query],
    ['same token', sameToken],
    ...shared,
  ]);
}
