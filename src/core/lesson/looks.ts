import type { AnalysisInfo } from '../attention/analysis.ts';
import { allHeads, firstSelection, soloHead, type Selection, type TokenFocus } from '../attention/selection.ts';
import { firstView, plainOptions, type ViewState } from '../attention/view.ts';
import { itemAt } from '../item-at.ts';
import { pinned } from '../scene/pair.ts';
import type { LessonFocus, Picture } from './picture.ts';
import { findHead, findWord } from './places.ts';

/** Where a fence wants the reader to look in its analysis. Throws LessonError where the analysis has no such place. */
export function selectionOf(focus: LessonFocus, info: AnalysisInfo): Selection {
  const first = firstSelection(info);
  const place = focus.head && findHead(info, focus.head);
  const map = place?.at ?? first.map;
  const [, heads] = info.maps[map]?.shape ?? [0, 0];
  const base = { ...first, map, layer: place?.layer ?? 0 };
  const head = place?.head ?? null;
  const selection = head === null ? allHeads(base, heads) : soloHead(base, head);
  return { ...selection, token: tokenOf(focus, info, map) };
}

/**
 * What a word of the text wants shown, going on from where the reader is: what it does not name stays. Throws
 * LessonError.
 */
export function movedTo(focus: LessonFocus, now: Selection, info: AnalysisInfo): Selection {
  const place = focus.head && findHead(info, focus.head);
  const map = place?.at ?? now.map;
  const base = place ? { ...now, map, layer: place.layer } : now;
  const [, heads] = info.maps[map]?.shape ?? [0, 0];
  const headed = !place ? base : place.head === null ? allHeads(base, heads) : soloHead(base, place.head);
  return { ...headed, token: tokenOf(focus, info, map) ?? now.token };
}

/** Whether a selection is what a word of the text names. False where the analysis has no such place. */
export function isShown(focus: LessonFocus, now: Selection, info: AnalysisInfo): boolean {
  if (!focus.head && !focus.token && !focus.key) return false;
  try {
    const place = focus.head && findHead(info, focus.head);
    if (place && (place.at !== now.map || place.layer !== now.layer || place.head !== now.head)) return false;
    const token = tokenOf(focus, info, now.map);
    if (!token) return true;
    const [query, key] = ends(now.token);
    if (token.cell !== undefined) return query === token.index && key === token.cell;
    return token.side === 'query' ? query === token.index : key === token.index;
  } catch {
    return false;
  }
}

/** How a fence wants its analysis shown. */
export function viewOf({ view, options }: Picture): ViewState {
  return { ...firstView, view, options: { ...plainOptions, ...options } };
}

function ends(token: TokenFocus | null): readonly [query: number | undefined, key: number | undefined] {
  if (!token) return [undefined, undefined];
  return token.side === 'query' ? [token.index, token.cell] : [token.cell, token.index];
}

function tokenOf({ token, key }: LessonFocus, info: AnalysisInfo, map: number): TokenFocus | null {
  const own = info.maps[map];
  if (!own || (!token && !key)) return null;
  const query = token && findWord(itemAt(info.sequences, own.queries), token).first;
  const looked = key && findWord(itemAt(info.sequences, own.keys), key).first;
  if (query !== null && looked !== null) return pinned({ query, key: looked });
  if (query !== null) return { side: 'query', index: query };
  return looked === null ? null : { side: 'key', index: looked };
}
