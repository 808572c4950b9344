import { headMeasures, headMetrics, type HeadMetric } from '../measures/head-measures.ts';
import type { HeadMeasure } from '../measures/measure.ts';
import type { MapKind } from './map.ts';
import type { HeadOrder } from './order.ts';
import { roleDefinition } from './role-titles.ts';
import { roleCaption, roleText } from './role-words.ts';
import { sinkName } from './sinks.ts';
import type { HeadSummary } from './roles.ts';

/** What the orders of heads are called. */
export const orderNames = byOrder(({ order }) => order, { layer: 'by layer', role: 'by role' });

/** What the orders of heads mean, each in a sentence. */
export const orderMeanings = byOrder(
  ({ order, first, meaning }) => `Order of the heads: ${order}, ${first}. ${meaning}`,
  {
    layer: 'Order of the heads: by layer, a line for each, as the model computes them.',
    role: `Order of the heads: by role, best score first. ${roleDefinition}`,
  },
);

/** Words for the orders by a measure, beside those that have none. */
function byOrder(
  words: (measure: HeadMeasure) => string,
  others: Readonly<Record<Exclude<HeadOrder, HeadMetric>, string>>,
): Readonly<Record<HeadOrder, string>> {
  const measures = headMetrics.map((metric) => [metric, words(headMeasures[metric])] as const);
  return { ...others, ...(Object.fromEntries(measures) as Record<HeadMetric, string>) };
}

/**
 * The value of a metric as it is read: `1.31 nats`, `2.4 tokens`, `12 %`. Between two sequences there is no distance.
 */
export function metricText(summary: HeadSummary, metric: HeadMetric, kind: MapKind): string {
  return headMeasures[metric].text(summary[metric], kind);
}

/**
 * What stands under the small picture of a head, line by line: its role, and before it which head it is where the place
 * does not tell.
 */
export function headCaption(
  layer: number,
  head: number,
  summary: HeadSummary | null,
  order: HeadOrder,
  kind: MapKind,
): readonly string[] {
  const role = roleCaption(summary);
  if (order === 'layer') return [role];
  return [`${layer}.${head}`, order === 'role' || !summary ? role : metricText(summary, order, kind)];
}

/**
 * All that is known of a head, in one line: `Head 3.7, previous 0.84, entropy 0.80 of 2.40 nats, distance 1.0 tokens,
 * 12 % on special tokens`, and whether it rests on a sink.
 */
export function headLine(layer: number, head: number, summary: HeadSummary | null, kind: MapKind): string {
  if (!summary) return `Head ${layer}.${head}`;
  const phrases = headMetrics.map((metric) => headMeasures[metric].phrase(summary[metric], kind, summary.maxEntropy));
  return [
    `Head ${layer}.${head}`,
    roleText(summary) ?? 'no named pattern',
    ...phrases,
    summary.sink ? `a ${sinkName}` : null,
  ]
    .filter((phrase) => phrase !== null)
    .join(', ');
}
