import type { Selection, TokenFocus } from '../../src/core/attention/selection.ts';
import type { MapInfo } from '../../src/core/attention/map.ts';
import { hasSteps } from '../../src/core/attention/steps.ts';
import type { ViewOptions } from '../../src/core/attention/view.ts';
import { isSelf } from '../../src/core/scene/frame.ts';

/** The token that comes into focus when `token` is chosen: with a direction, its side that looks, or is looked at. */
export function directed(token: TokenFocus, map: MapInfo, { direction }: ViewOptions): TokenFocus {
  if (direction === 'both' || !isSelf(map)) return token;
  return { side: direction === 'from' ? 'query' : 'key', index: token.index };
}

/** The token that is pointed at when the mouse is on `token`; null where pointing shows nothing. */
export function pointed(
  token: TokenFocus,
  locked: TokenFocus | null,
  map: MapInfo,
  options: ViewOptions,
  step: number | null,
): TokenFocus | null {
  // Rows but the step's are empty.
  if (step !== null && token.side === 'query' && token.index !== step) return null;
  // A cell has no direction; with a token locked, the other side asks for one.
  return locked || token.cell !== undefined ? token : directed(token, map, options);
}

/**
 * `selection` as new options want it: the token in focus on the side of the direction, or at the step. The same where
 * nothing is to do.
 */
export function refocusedBy(options: ViewOptions, selection: Selection, map: MapInfo): Selection {
  const { token } = selection;
  if (options.step !== null && hasSteps(map)) {
    return token?.side === 'query' ? selection : { ...selection, token: { side: 'query', index: options.step } };
  }
  const next = token && directed(token, map, options);
  return next === token || next?.side === token?.side ? selection : { ...selection, token: next };
}
