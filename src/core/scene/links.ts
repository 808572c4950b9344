import { itemAt } from '../item-at.ts';
import { lookedAtBy, looksAt } from '../attention/rows.ts';
import type { TokenFocus } from '../attention/selection.ts';
import { isSelf, type Frame } from './frame.ts';

/** The other side. */
export function otherSide(side: TokenFocus['side']): TokenFocus['side'] {
  return side === 'query' ? 'key' : 'query';
}

/**
 * What the token in focus looks at (a query) or is looked at by (a key): one weight for every token of the other side.
 */
export function partnersOf(frame: Frame, { side, index }: TokenFocus): Float32Array {
  const [, , queries, keys] = frame.map.shape;
  return side === 'query' ? looksAt(frame.spoken, index, keys) : lookedAtBy(frame.spoken, index, queries, keys);
}

/** As {@link partnersOf}, with the links that a threshold or top-k took out. */
export function wholePartnersOf(frame: Frame, token: TokenFocus): Float32Array {
  return partnersOf({ ...frame, spoken: frame.whole.spoken }, token);
}

/** Both directions of a token; null for a direction that a map between two sequences does not have. */
export function bothWays(
  frame: Frame,
  token: TokenFocus,
): { looksAt: Float32Array | null; lookedAtBy: Float32Array | null } {
  const self = isSelf(frame.map);
  return {
    looksAt: token.side === 'query' || self ? partnersOf(frame, { side: 'query', index: token.index }) : null,
    lookedAtBy: token.side === 'key' || self ? partnersOf(frame, { side: 'key', index: token.index }) : null,
  };
}

/**
 * The tokens of the other side that a token can look at, or that can look at it: [first, last]. A causal map has no
 * others.
 */
export function withinSight({ map }: Frame, { side, index }: TokenFocus): readonly [first: number, last: number] {
  const last = (side === 'query' ? map.shape[3] : map.shape[2]) - 1;
  if (map.kind !== 'causal') return [0, last];
  return side === 'query' ? [0, Math.min(index, last)] : [Math.min(index, last), last];
}

/** Query and key of a link from the token in focus to `partner` on the other side. */
export function cellOf(token: TokenFocus, partner: number): { query: number; key: number } {
  return token.side === 'query' ? { query: token.index, key: partner } : { query: partner, key: token.index };
}

/** The exact weight that numbers and words speak of at a cell, also of a link that a threshold or top-k took out. */
export function weightAt(frame: Frame, query: number, key: number): number {
  return itemAt(frame.whole.spoken, query * frame.map.shape[3] + key);
}
