import type { MapKind } from './map.ts';
import { amountText, shareText } from './number-words.ts';
import type { HeadMetric, HeadOrder } from './order.ts';
import { roleDefinition } from './role-titles.ts';
import { roleCaption, roleText } from './role-words.ts';
import type { HeadSummary } from './roles.ts';

/** What a metric is called and what it means. */
export const metricNames: Readonly<
  Record<HeadMetric, { readonly name: string; readonly axis: string; readonly meaning: string }>
> = {
  entropy: {
    name: 'Entropy',
    axis: 'entropy, nats',
    meaning:
      'How widely a head spreads its attention: 0 when every token looks at one token alone. Mean over the text, ' +
      'in nats.',
  },
  distance: {
    name: 'Distance',
    axis: 'mean distance, tokens',
    meaning: 'How far a head looks on average, in tokens, each link by its weight.',
  },
  special: {
    name: 'Share on special tokens',
    axis: 'share on special tokens',
    meaning: 'How much of its attention a head puts on special tokens such as [CLS] and [SEP].',
  },
};

/** What the orders of heads are called. */
export const orderNames: Readonly<Record<HeadOrder, string>> = {
  layer: 'by layer',
  role: 'by role',
  entropy: 'by entropy',
  distance: 'by distance',
  special: 'by share on special tokens',
};

/** What the orders of heads mean, each in a sentence. */
export const orderMeanings: Readonly<Record<HeadOrder, string>> = {
  layer: 'Order of the heads: by layer, a line for each, as the model computes them.',
  role: `Order of the heads: by role, best score first. ${roleDefinition}`,
  entropy: `Order of the heads: by entropy, highest first. ${metricNames.entropy.meaning}`,
  distance: `Order of the heads: by distance, farthest first. ${metricNames.distance.meaning}`,
  special: `Order of the heads: by share on special tokens, highest first. ${metricNames.special.meaning}`,
};

/**
 * The value of a metric as it is read: `1.31 nats`, `2.4 tokens`, `12 %`. Between two sequences there is no distance.
 */
export function metricText(summary: HeadSummary, metric: HeadMetric, kind: MapKind): string {
  switch (metric) {
    case 'entropy':
      return `${amountText(summary.entropy, 2)} nats`;
    case 'distance':
      return kind === 'cross' ? 'no distance' : `${amountText(summary.distance, 1)} tokens`;
    case 'special':
      return shareText(summary.special);
  }
}

/** A number on the axis of a metric: `1.5`, `40 %`. */
export function tickText(value: number, metric: HeadMetric): string {
  return metric === 'special' ? `${Math.round(value * 100)} %` : String(Number(value.toFixed(2)));
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
 * 12 % on special tokens`.
 */
export function headLine(layer: number, head: number, summary: HeadSummary | null, kind: MapKind): string {
  if (!summary) return `Head ${layer}.${head}`;
  const { entropy, maxEntropy } = summary;
  return [
    `Head ${layer}.${head}`,
    roleText(summary) ?? 'no named pattern',
    `entropy ${amountText(entropy, 2)} of ${amountText(maxEntropy, 2)} nats`,
    ...(kind === 'cross' ? [] : [`distance ${metricText(summary, 'distance', kind)}`]),
    `${metricText(summary, 'special', kind)} on special tokens`,
  ].join(', ');
}
