import { headMeasures, headMetrics, type HeadMetric } from '../measures/head-measures.ts';
import { layerNumber, type Layered } from './layers.ts';
import type { MapKind } from './map.ts';
import type { HeadOrder, HeadPlace } from './order.ts';
import { roleCaption, roleText } from './role-words.ts';
import type { HeadSummary } from './roles.ts';
import { words } from '../words/words.ts';

/** What of a map the names and numbers of its heads need. */
type NamedMap = Layered & { readonly kind: MapKind };

/** What an order of heads is called. */
export function orderName(order: HeadOrder): string {
  const { byLayer, byRole } = words().metrics;
  return order === 'layer' ? byLayer : order === 'role' ? byRole : headMeasures[order].says().order;
}

/** What an order of heads means, in a sentence. */
export function orderMeaning(order: HeadOrder): string {
  const { byLayerMeaning, byRoleMeaning, orderMeaning: says } = words().metrics;
  if (order === 'layer') return byLayerMeaning;
  if (order === 'role') return byRoleMeaning;
  const measure = headMeasures[order].says();
  return says(measure.order, measure.first, measure.meaning);
}

/**
 * The value of a metric as it is read: `1.31 nats`, `2.4 tokens`, `12 %`. Between two sequences there is no distance.
 */
export function metricText(summary: HeadSummary, metric: HeadMetric, kind: MapKind): string {
  const value = summary[metric];
  return value === undefined ? words().metrics.notMeasured : headMeasures[metric].text(value, kind);
}

/**
 * What stands under the small picture of a head, line by line: its role, and before it which head it is where the place
 * does not tell.
 */
export function headCaption(
  map: NamedMap,
  { layer, head }: HeadPlace,
  summary: HeadSummary | null,
  order: HeadOrder,
): readonly string[] {
  const role = roleCaption(summary);
  if (order === 'layer') return [role];
  const name = words().names.place(layerNumber(map, layer), head);
  return [name, order === 'role' || !summary ? role : metricText(summary, order, map.kind)];
}

/**
 * All that is known of a head, in one line: `Head 3.7, previous 0.84, entropy 0.80 of 2.40 nats, distance 1.0 tokens,
 * 12 % on special tokens`, and whether it rests on a sink.
 */
export function headLine(map: NamedMap, { layer, head }: HeadPlace, summary: HeadSummary | null): string {
  const { names, roles } = words();
  const name = names.headOf(layerNumber(map, layer), head);
  if (!summary) return name;
  const phrases = headMetrics.map((metric) => {
    const value = summary[metric];
    return value === undefined ? null : headMeasures[metric].phrase(value, map.kind, summary.maxEntropy);
  });
  return [name, roleText(summary) ?? roles.noPattern, ...phrases, summary.sink ? roles.aSink : null]
    .filter((phrase) => phrase !== null)
    .join(', ');
}

/** The measures that some of the heads have: one that takes runs of its own is there after it was asked for. */
export function knownMetrics(summaries: readonly HeadSummary[]): readonly HeadMetric[] {
  return headMetrics.filter((metric) => summaries.some((summary) => summary[metric] !== undefined));
}
