import * as v from 'valibot';
import { indexSchema, type Data } from '../schema.ts';
import type { AnalysisInfo } from './analysis.ts';

/**
 * A token in focus: on the side that looks (`query`) or on the side that is looked at (`key`); with `cell`, its partner
 * on the other side where one weight is in focus.
 */
export type TokenFocus = Data<typeof tokenFocusSchema>;

const tokenFocusSchema = v.object({
  side: v.picklist(['query', 'key']),
  index: indexSchema,
  cell: v.exactOptional(indexSchema),
});

/**
 * The one focus that panel, side panel, editor and hovers share.
 *
 * `heads` are drawn, in ascending order, and may be none; `head` is the one that numbers and words speak of, or null
 * for all of `heads` merged.
 */
export type Selection = Data<typeof selectionSchema>;

/** The schema of a {@link Selection}. */
export const selectionSchema = v.object({
  map: indexSchema,
  layer: indexSchema,
  heads: v.array(indexSchema),
  head: v.nullable(indexSchema),
  token: v.nullable(tokenFocusSchema),
});

/**
 * The selection that a fresh analysis opens with: its cross-attention where it has one (what a translation is looked at
 * for), else its first map; the first layer, every head, their mean (the only head itself), no token.
 */
export function firstSelection(info: AnalysisInfo): Selection {
  const map = Math.max(
    0,
    info.maps.findIndex(({ kind }) => kind === 'cross'),
  );
  const [, heads] = info.maps[map]?.shape ?? [0, 0];
  return { map, layer: 0, heads: range(heads), head: heads === 1 ? 0 : null, token: null };
}

/** `selection` with everything that the analysis does not have taken out, so that it is safe to draw. */
export function fitSelection(selection: Selection, info: AnalysisInfo): Selection {
  const map = info.maps[selection.map];
  if (!map) return firstSelection(info);
  const [layers, heads, queries, keys] = map.shape;
  const shown = [...new Set(selection.heads)].filter((head) => head < heads).sort((a, b) => a - b);
  const kept = shown.length > 0 || selection.heads.length === 0 ? shown : range(heads);
  return {
    map: selection.map,
    layer: Math.min(selection.layer, layers - 1),
    heads: kept,
    head:
      kept.length > 0 && heads === 1
        ? 0
        : selection.head !== null && kept.includes(selection.head)
          ? selection.head
          : null,
    token: selection.token && fitToken(selection.token, queries, keys),
  };
}

function fitToken({ side, index, cell }: TokenFocus, queries: number, keys: number): TokenFocus | null {
  const [own, other] = side === 'query' ? [queries, keys] : [keys, queries];
  if (index >= own) return null;
  return cell === undefined || cell >= other ? { side, index } : { side, index, cell };
}

/** Shows `head` alone. */
export function soloHead(selection: Selection, head: number): Selection {
  return { ...selection, heads: [head], head };
}

/** Switches `head` on or off; a head switched on becomes the focus. With the last one switched off none is shown. */
export function toggleHead(selection: Selection, head: number): Selection {
  if (!selection.heads.includes(head)) {
    return { ...selection, heads: [...selection.heads, head].sort((a, b) => a - b), head };
  }
  const heads = selection.heads.filter((other) => other !== head);
  return {
    ...selection,
    heads,
    head: heads.length === 1 ? (heads[0] ?? null) : selection.head === head ? null : selection.head,
  };
}

/** Shows no head at all, to begin a choice from nothing. */
export function noHeads(selection: Selection): Selection {
  return { ...selection, heads: [], head: null };
}

/** Shows every one of `count` heads and speaks of all of them merged, of the only one where there is one. */
export function allHeads(selection: Selection, count: number): Selection {
  return { ...selection, heads: range(count), head: count === 1 ? 0 : null };
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}
