import { strongest } from '../attention/rows.ts';
import type { TokenFocus } from '../attention/selection.ts';
import type { HeadLink } from '../attention/strongest-heads.ts';
import type { ShownUnit } from '../attention/units.ts';
import { isSelf, type Frame } from './frame.ts';
import { otherSide, partnersOf } from './links.ts';
import { unitOf, type Scene } from './scene.ts';
import { freePartners, isForcedRow } from './sight.ts';
import { words } from '../words/words.ts';

/** A smaller weight would be written as 0.00. */
export const minShown = 0.005;

/** A unit at the other end of a link. */
export interface UnitLink {
  readonly unit: ShownUnit;
  readonly weight: number;
}

/** What a token (or its word) looks at, as a query, or what looks at it, as a key. */
export interface LinkList {
  readonly side: TokenFocus['side'];
  /** Strongest first, ties in the order of the text; weights too small to be written are left out. */
  readonly links: readonly UnitLink[];
  /** Why there are no links, where that is known. */
  readonly why?: string;
}

/**
 * The strongest links of a token in a scene, at most `count` a side: as a query and as a key where its sequence stands
 * on both sides, one of them where the options show one direction alone.
 */
export function linkLists(scene: Scene, token: TokenFocus, count: number): readonly LinkList[] {
  const { direction } = scene.options;
  const sides: readonly TokenFocus['side'][] = isSelf(scene.source.map)
    ? direction === 'both'
      ? ['query', 'key']
      : [direction === 'from' ? 'query' : 'key']
    : [token.side];
  return sides.map((side) => linkList(scene, { ...token, side }, count));
}

/**
 * The heads in which a word has its strongest links, at most `count`, but for those that a frame speaks of: where
 * layers are merged that is none of one layer. Weights too small to be written are left out.
 */
export function linksElsewhere(
  links: readonly HeadLink[],
  { layer, selection: { head, heads } }: Pick<Frame, 'layer' | 'selection'>,
  count: number,
): readonly HeadLink[] {
  const spoken = head === null ? heads : [head];
  return links
    .filter((one) => one.weight >= minShown && (one.layer !== layer || !spoken.includes(one.head)))
    .slice(0, count);
}

function linkList(scene: Scene, token: TokenFocus, count: number): LinkList {
  const { side } = token;
  const none = (why: string): LinkList => ({ side, links: [], why });
  const unit = unitOf(scene, token);
  if (!unit) return none(words().counts.noLinks.hidden);
  if (side === 'query' && scene.step !== null && unit.index !== scene.step)
    return none(words().counts.noLinks.otherStep);
  if (side === 'query' && isForcedRow(scene, unit.index)) return none(words().counts.noLinks.forced);
  const weights = side === 'query' ? partnersOf(scene, unit) : freePartners(scene, unit);
  const others = scene.sides[otherSide(side)];
  const links = strongest(weights, weights.length).flatMap(({ index, weight }) => {
    const other = others[index];
    return other && weight >= minShown ? [{ unit: other, weight }] : [];
  });
  return { side, links: links.slice(0, count) };
}
