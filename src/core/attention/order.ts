import { headMetrics } from '../measures/head-measures.ts';
import { otherLayers, type Layered, type OtherLayers } from './layers.ts';
import type { MapInfo } from './map.ts';
import { measuredRoles, relationOfRole, type MeasuredRole } from '../probe/roles.ts';
import { hasRole } from './role-filter.ts';
import { roleNames, type HeadSummary } from './roles.ts';

/** In which order all heads of a model are shown. */
export const headOrders = ['layer', 'role', ...headMetrics] as const;
export type HeadOrder = (typeof headOrders)[number];

/** One head of a model. */
export interface HeadPlace {
  readonly layer: number;
  readonly head: number;
}

/** One head of a model, or all heads of a layer where `head` is null. */
export interface HeadsPlace {
  readonly layer: number;
  readonly head: number | null;
}

/**
 * All heads of a map in groups that each begin a new line: a group a layer when ordered by layer, one group of all
 * otherwise.
 *
 * By role: heads that are known for a link between words first; roles in their own order, the head that fills its role
 * best first; heads without a role last. By a metric: highest first, heads that were not measured last. Ties stay as
 * in the model. Without summaries there is no order but by layer.
 *
 * With a `role` only the heads that have it, as one group.
 */
export function orderHeads(
  layers: number,
  heads: number,
  order: HeadOrder,
  summaries: readonly (readonly HeadSummary[])[] | null,
  role: MeasuredRole | null = null,
): HeadPlace[][] {
  const byLayer = Array.from({ length: layers }, (_, layer) =>
    Array.from({ length: heads }, (_, head) => ({ layer, head })),
  );
  if (!summaries) return byLayer;
  const summaryOf = ({ layer, head }: HeadPlace): HeadSummary | undefined => summaries[layer]?.[head];
  const shown = byLayer.map((places) => places.filter((place) => hasRole(summaryOf(place), role)));
  if (order === 'layer') return role === null ? byLayer : [shown.flat()];
  const rank = (place: HeadPlace): number => {
    const summary = summaryOf(place);
    if (!summary) return Infinity;
    if (order !== 'role') return -(summary[order] ?? -Infinity);
    const known = knownRank(summary);
    if (known !== null) return known;
    return summary.role ? roleNames.indexOf(summary.role.name) + 1 - summary.role.score / 2 : Infinity;
  };
  const ranked = shown.flat().map((place) => ({ place, rank: rank(place) }));
  return [ranked.sort((a, b) => (a.rank === b.rank ? 0 : a.rank - b.rank)).map(({ place }) => place)];
}

/** Where a head stands among those that are known for something, which come first: below 0. Null for others. */
function knownRank({ measured, relation }: HeadSummary): number | null {
  const [best] = measured ?? [];
  if (best?.kind === 'grammar') return measuredRoles.indexOf(best.name) - measuredRoles.length - best.score / 2;
  if (measured || !relation) return null;
  const role = measuredRoles.findIndex((name) => relationOfRole(name) === relation.relation);
  return role - measuredRoles.length;
}

/**
 * The order by which heads are named where they are shown: by role where a filter leaves some heads of the layers,
 * whose place does not tell any more which they are.
 */
export function gridOrder(order: HeadOrder, role: MeasuredRole | null): HeadOrder {
  return role !== null && order === 'layer' ? 'role' : order;
}

/**
 * Heads in groups as {@link orderHeads} gives them, and the layers without attention where each group is a layer. Where
 * effects were measured, feed-forward parts are among them, with `head` null: each after the heads of its layer, by
 * effect among all, in other orders after all. A role is one of heads alone.
 */
export function gridOf(
  map: Layered & Pick<MapInfo, 'shape'>,
  order: HeadOrder,
  summaries: readonly (readonly HeadSummary[])[] | null,
  role: MeasuredRole | null = null,
): { readonly groups: readonly (readonly HeadsPlace[])[]; readonly others: readonly OtherLayers[] } {
  const [layers, heads] = map.shape;
  const isByLayer = !summaries || (order === 'layer' && role === null);
  const groups = orderHeads(layers, heads, order, summaries, role);
  const others = isByLayer ? otherLayers(map) : [];
  const parts = (summaries ?? []).flatMap((own, layer) => {
    const effect = own[0]?.feedForward?.effect.kl;
    return effect === undefined ? [] : [{ place: { layer, head: null }, effect }];
  });
  if (!summaries || parts.length === 0 || role !== null) return { groups, others };
  if (isByLayer) {
    const partOf = (at: number) => parts.filter(({ place }) => place.layer === at).map(({ place }) => place);
    return { groups: groups.map((group, layer) => [...group, ...partOf(layer)]), others };
  }
  const ranked = groups
    .flat()
    .map((place) => ({ place, effect: summaries[place.layer]?.[place.head]?.effect ?? null }));
  const all = [...ranked, ...parts];
  // A stable sort: heads before feed-forward parts of the same effect, those without any last.
  const sorted = order === 'effect' ? all.sort((a, b) => (b.effect ?? -Infinity) - (a.effect ?? -Infinity)) : all;
  return { groups: [sorted.map(({ place }) => place)], others };
}
