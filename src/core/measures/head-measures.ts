import * as v from 'valibot';
import { distance } from './distance.ts';
import { effect } from './effect.ts';
import { entropy } from './entropy.ts';
import type { HeadMeasure, MeasuredHead, WeightMeasure } from './measure.ts';
import { specialShare } from './special-share.ts';

/**
 * What is measured of every head on a text, in the order in which it is offered and told. A row here is in messages,
 * orders, the chart of layers, tables, links and exports.
 */
const weightTable = { entropy, distance, special: specialShare } satisfies Readonly<Record<string, WeightMeasure>>;
/** What takes runs of its own: a head has such a number only after it was asked for. */
const askedTable = { effect } satisfies Readonly<Record<string, HeadMeasure>>;

/** A measure that every head has. */
export type WeightMetric = keyof typeof weightTable;
/** A measure that heads have after it was asked for. */
export type AskedMetric = keyof typeof askedTable;
export type HeadMetric = WeightMetric | AskedMetric;

/** Every measure by its name. */
export const headMeasures: Readonly<Record<HeadMetric, HeadMeasure>> = { ...weightTable, ...askedTable };

const weightMetrics = Object.keys(weightTable) as readonly WeightMetric[];
const askedMetrics = Object.keys(askedTable) as readonly AskedMetric[];

/** The names of all measures. */
export const headMetrics: readonly HeadMetric[] = [...weightMetrics, ...askedMetrics];

/** The entries of all measures in a schema. */
export const measureEntries = {
  ...(Object.fromEntries(weightMetrics.map((name) => [name, v.number()])) as Record<
    WeightMetric,
    v.NumberSchema<undefined>
  >),
  ...(Object.fromEntries(askedMetrics.map((name) => [name, v.exactOptional(v.number())])) as Record<
    AskedMetric,
    v.ExactOptionalSchema<v.NumberSchema<undefined>, undefined>
  >),
};

/** All measures of the weights of one head. */
export function measured(head: MeasuredHead): Record<WeightMetric, number> {
  const entries = weightMetrics.map((name) => [name, weightTable[name].of(head)] as const);
  return Object.fromEntries(entries) as Record<WeightMetric, number>;
}

/** Whether a measure takes runs of its own, and so is there only after it was asked for. */
export function isAsked(metric: string): metric is AskedMetric {
  return Object.hasOwn(askedTable, metric);
}
