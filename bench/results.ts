import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';

const positive = v.pipe(v.number(), v.finite(), v.minValue(0));

/**
 * One figure of a run: medians of its rounds. The ratio is the median of the rounds' own ratios, so that a slow moment
 * of the machine, which both sides of a round share, cancels out.
 */
export const entrySchema = v.strictObject({
  name: v.pipe(v.string(), v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)),
  value: positive,
  unit: v.picklist(['ms', 'MB', 'nodes', 'copies']),
  baseline: v.optional(positive),
  ratio: v.optional(positive),
  limit: v.optional(positive),
  better: v.picklist(['lower', 'higher']),
});

/** A whole run, and what of the machine may matter to it. */
export const resultsSchema = v.strictObject({
  mode: v.picklist(['full', 'quick']),
  node: v.pipe(v.string(), v.regex(/^v\d+\.\d+\.\d+$/)),
  cpus: v.pipe(v.number(), v.integer(), v.minValue(1)),
  entries: v.pipe(v.array(entrySchema), v.minLength(1)),
});

export type Entry = v.InferOutput<typeof entrySchema>;
export type Results = v.InferOutput<typeof resultsSchema>;

/** Where the last run is written. */
export const resultsFile = join(import.meta.dirname, 'results.json');

/** The last run. Throws when the file is not there or is not one of a run. */
export function readResults(): Results {
  return v.parse(resultsSchema, JSON.parse(readFileSync(resultsFile, 'utf8')));
}

export function writeResults(results: Results): void {
  writeFileSync(resultsFile, `${JSON.stringify(results, null, 2)}\n`);
}

/** Whether a figure keeps its limit: the ratio where there is one, else the value. */
export function meetsLimit({ value, ratio, limit, better }: Entry): boolean {
  if (limit === undefined) return true;
  const figure = ratio ?? value;
  return better === 'lower' ? figure <= limit : figure >= limit;
}
