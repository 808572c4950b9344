import { itemAt } from '../../src/core/item-at.ts';
import { exactText, listText, weightText } from '../../src/core/attention/number-words.ts';
import { roleText } from '../../src/core/attention/role-words.ts';
import { equallyStrongest, type Link } from '../../src/core/attention/rows.ts';
import type { TokenFocus } from '../../src/core/attention/selection.ts';
import { cellOf, otherSide, weightAt, wholePartnersOf } from '../../src/core/scene/links.ts';
import type { Focus } from '../state/focus.ts';
import { isSelf } from '../../src/core/scene/frame.ts';
import { freePartners, isForcedRow, isHiding, isSeen } from '../../src/core/scene/sight.ts';
import type { Shown } from '../state/frame.ts';
import { spokenName } from '../../src/core/scene/names.ts';
import { spokenSummary } from './head.ts';
import { nameOn } from './label.ts';
import { percentText } from './numbers.ts';

/** Tokens that a sentence names before it counts the others. */
const mostNamed = 3;
/** What rounding may take from the sum of a row. */
const rounding = 5e-3;

/** What a screen reader is told after a move: `layer 4, head 7: ‘it’ looks 41 % at ‘animal’`. */
export function announcement(frame: Shown, focus: Focus | null): string {
  const where = spokenName(frame);
  if (!focus) {
    const summary = spokenSummary(frame);
    const role = summary && roleText(summary);
    return role === null ? where : `${where}: ${role}`;
  }
  if (focus.cell !== null) {
    const { query, key } = cellOf(focus.token, focus.cell);
    const [own, partner] = [name(frame, 'query', query), name(frame, 'key', key)];
    if (!isSeen(frame, query, key)) return `${where}: ${own} cannot see ${partner}`;
    return `${where}: ${own} looks ${percentText(weightAt(frame, query, key))} at ${partner}`;
  }
  const { token } = focus;
  const own = name(frame, token.side, token.index);
  if (token.side === 'query' && isForcedRow(frame, token.index))
    return `${where}: ${own} can only look at ${onlySeen(frame, token)}`;
  const top = strongestOf(frame, token);
  const [first] = top;
  if (!first)
    return `${where}: ${own} ${token.side === 'query' ? 'looks at nothing' : 'is looked at by nothing'}${isHiding(frame) ? ' that is shown' : ''}`;
  const share = percentText(first.weight) + (top.length > 1 ? ' each' : '');
  return (
    `${where}: ${own} ${token.side === 'query' ? `looks ${share} at` : `is looked at ${share} by`} ` +
    named(frame, otherSide(token.side), top)
  );
}

/** One plain sentence on the token in focus. */
export function focusSentence(frame: Shown, focus: Focus): string {
  const { token } = focus;
  const own = name(frame, token.side, token.index);
  if (token.side === 'query' && isForcedRow(frame, token.index)) {
    return `${own} can only look at ${onlySeen(frame, token)}, so this weight says nothing about the head.`;
  }
  const hiding = isHiding(frame);
  const top = strongestOf(frame, token);
  const [first] = top;
  if (!first) {
    const shown = hiding ? 'of what is shown here' : 'here';
    if (token.side === 'query') return `${own} looks at nothing ${shown}.`;
    const byForce = wholePartnersOf(frame, token).some((weight) => weight > 0)
      ? ', but for a token that can look at nothing else'
      : '';
    return `Nothing ${shown} looks at ${own}${byForce}.`;
  }
  const partners = named(frame, otherSide(token.side), top);
  const weight = weightText(first.weight) + (top.length > 1 ? ' each' : '');
  const before = hiding ? 'Of what is shown, ' : '';
  if (token.side === 'key') return `${before}${own} is looked at most by ${partners} (${weight}).`;
  const row = wholePartnersOf(frame, token);
  const sum = row.reduce((total, one) => total + one, 0);
  if (top.length === 1 && isMost(first.weight, sum)) return `${before}${own} looks mostly at ${partners} (${weight}).`;
  if (top.length > 1 && top.length === seenCount(frame, token))
    return `${before}${own} looks at ${partners} alike (${weight}).`;
  // A row that is no distribution cannot be said to be spread: what is missing may have gone elsewhere.
  if (Math.abs(sum - 1) > rounding) return `${before}${own} looks most at ${partners} (${weight}).`;
  return (
    `${before}${own} spreads its attention; the largest ${top.length > 1 ? 'parts' : 'part'}, ${weight}, ` +
    `${top.length > 1 ? 'go' : 'goes'} to ${partners}.`
  );
}

/** The exact weight of the cell in focus, in words; `note` says when a filter keeps its link out of the picture. */
export function cellSentence(
  frame: Shown,
  focus: Focus,
): { readonly link: string; readonly exact: string; readonly note: string } | null {
  if (focus.cell === null) return null;
  const { query, key } = cellOf(focus.token, focus.cell);
  const weight = weightAt(frame, query, key);
  const isOut = weight > 0 && itemAt(frame.spoken, query * frame.map.shape[3] + key) === 0;
  return {
    link: `${name(frame, 'query', query)} → ${name(frame, 'key', key)}`,
    exact: cellText(frame, query, key),
    note: isOut ? 'filtered out of the picture' : '',
  };
}

/** The exact weight of a cell; `masked` where the query cannot see the key. */
export function cellText(frame: Shown, query: number, key: number): string {
  return isSeen(frame, query, key) ? exactText(weightAt(frame, query, key)) : 'masked';
}

/** More than half of all that a row holds, also in the digits that are shown. */
function isMost(weight: number, sum: number): boolean {
  return Number(weight.toFixed(2)) > Math.max(1, sum) / 2;
}

/** The strongest links of a token, several when they are as strong; rows without a choice look at no key. */
function strongestOf(frame: Shown, token: TokenFocus): readonly Link[] {
  return equallyStrongest(freePartners(frame, token));
}

function seenCount(frame: Shown, { index }: TokenFocus): number {
  let count = 0;
  for (let key = 0; key < frame.map.shape[3]; key++) if (isSeen(frame, index, key)) count++;
  return count;
}

/** The one key that a query without a choice sees. */
function onlySeen(frame: Shown, { index }: TokenFocus): string {
  const key = Array.from({ length: frame.map.shape[3] }, (_, at) => at).find((at) => isSeen(frame, index, at)) ?? index;
  return key === index && isSelf(frame.map) ? 'itself' : name(frame, 'key', key);
}

/** `‘cat’`, `‘cat’ and ‘fish’`, `‘a’, ‘b’ and 4 others`. */
function named(frame: Shown, side: TokenFocus['side'], links: readonly Link[]): string {
  const told = links.length > mostNamed + 1 ? links.slice(0, mostNamed) : links;
  const others = links.length - told.length;
  return listText([...told.map(({ index }) => name(frame, side, index)), ...(others > 0 ? [`${others} others`] : [])]);
}

function name(frame: Shown, side: 'query' | 'key', index: number): string {
  return nameOn(frame, side, index);
}
