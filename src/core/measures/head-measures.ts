import * as v from 'valibot';
import { distance } from './distance.ts';
import { entropy } from './entropy.ts';
import type { HeadMeasure, MeasuredHead } from './measure.ts';
import { specialShare } from './special-share.ts';

/**
 * What is measured of every head on a text, in the order in which it is offered and told. A row here is in messages,
 * orders, the chart of layers, tables, links and exports.
 */
const table = { entropy, distance, special: specialShare } satisfies Readonly<Record<string, HeadMeasure>>;

export type HeadMetric = keyof typeof table;

/** Every measure by its name. */
export const headMeasures: Readonly<Record<HeadMetric, HeadMeasure>> = table;

/** The names of all measures. */
export const headMetrics = Object.keys(table) as readonly HeadMetric[];

/** The entries of all measures in a schema. */
export const measureEntries = Object.fromEntries(headMetrics.map((name) => [name, v.number()])) as Record<
  HeadMetric,
  v.NumberSchema<undefined>
>;

/** All measures of one head. */
export function measured(head: MeasuredHead): Record<HeadMetric, number> {
  const entries = headMetrics.map((name) => [name, headMeasures[name].of(head)] as const);
  return Object.fromEntries(entries) as Record<HeadMetric, number>;
}
