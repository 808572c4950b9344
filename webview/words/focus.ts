import { itemAt } from '../../src/core/item-at.ts';
import { exactText, weightText } from '../../src/core/attention/number-words.ts';
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
import { words } from '../../src/core/words/words.ts';

/** Tokens that a sentence names before it counts the others. */
const maxNamed = 3;
/** What rounding may take from the sum of a row. */
const rounding = 5e-3;

/** What a screen reader is told after a move: `layer 4, head 7: ‘it’ looks 41 % at ‘animal’`. */
export function announcement(frame: Shown, focus: Focus | null): string {
  const says = words().announcements;
  const where = spokenName(frame);
  if (!focus) {
    const summary = spokenSummary(frame);
    const role = summary && roleText(summary);
    return role === null ? where : says.role(where, role);
  }
  if (focus.cell !== null) {
    const { query, key } = cellOf(focus.token, focus.cell);
    const [own, partner] = [nameOn(frame, 'query', query), nameOn(frame, 'key', key)];
    if (!isSeen(frame, query, key)) return says.masked(where, own, partner);
    return says.cell(where, own, percentText(weightAt(frame, query, key)), partner);
  }
  const { token } = focus;
  const isQuery = token.side === 'query';
  const own = nameOn(frame, token.side, token.index);
  if (isQuery && isForcedRow(frame, token.index)) return says.forced(where, own, onlySeen(frame, token));
  const top = strongestOf(frame, token);
  const [first] = top;
  if (!first) return says.nothing(where, own, isQuery, isHiding(frame));
  const partners = named(frame, otherSide(token.side), top);
  return says.strongest(where, own, isQuery, percentText(first.weight), top.length > 1, partners);
}

/** One plain sentence on the token in focus. */
export function focusSentence(frame: Shown, focus: Focus): string {
  const says = words().focus;
  const { token } = focus;
  const own = nameOn(frame, token.side, token.index);
  if (token.side === 'query' && isForcedRow(frame, token.index)) return says.forced(own, onlySeen(frame, token));
  const hiding = isHiding(frame);
  const top = strongestOf(frame, token);
  const [first] = top;
  if (!first) {
    if (token.side === 'query') return says.looksAtNothing(own, hiding);
    return says.nothingLooksAt(
      own,
      hiding,
      wholePartnersOf(frame, token).some((weight) => weight > 0),
    );
  }
  const partners = named(frame, otherSide(token.side), top);
  const weight = says.weight(weightText(first.weight), top.length > 1);
  if (token.side === 'key') return says.lookedAtMost(own, partners, weight, hiding);
  const row = wholePartnersOf(frame, token);
  const sum = row.reduce((total, one) => total + one, 0);
  if (top.length === 1 && isMost(first.weight, sum)) return says.mostly(own, partners, weight, hiding);
  if (top.length > 1 && top.length === seenCount(frame, token)) return says.alike(own, partners, weight, hiding);
  // A row that is no distribution cannot be said to be spread: what is missing may have gone elsewhere.
  if (Math.abs(sum - 1) > rounding) return says.most(own, partners, weight, hiding);
  return says.spreads(own, partners, weight, top.length === 1, hiding);
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
    link: `${nameOn(frame, 'query', query)} → ${nameOn(frame, 'key', key)}`,
    exact: cellText(frame, query, key),
    note: isOut ? words().focus.filteredOut : '',
  };
}

/** The exact weight of a cell; `masked` where the query cannot see the key. */
export function cellText(frame: Shown, query: number, key: number): string {
  return isSeen(frame, query, key) ? exactText(weightAt(frame, query, key)) : words().focus.masked;
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
  return key === index && isSelf(frame.map) ? words().focus.itself : nameOn(frame, 'key', key);
}

/** `‘cat’`, `‘cat’ and ‘fish’`, `‘a’, ‘b’ and 4 others`. */
export function named(frame: Shown, side: TokenFocus['side'], links: readonly Link[]): string {
  const told = links.length > maxNamed + 1 ? links.slice(0, maxNamed) : links;
  return words().focus.named(
    told.map(({ index }) => nameOn(frame, side, index)),
    links.length - told.length,
  );
}
