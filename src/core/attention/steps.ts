import type { MapInfo } from './map.ts';
import type { Sides } from './shown.ts';
import type { ViewOptions } from './view.ts';

/** Whether a map can be shown a step at a time: a decoder's, where each query is a step of writing. */
export function hasSteps({ kind }: Pick<MapInfo, 'kind'>): boolean {
  return kind !== 'self';
}

/** The row of the step that is shown, the nearest one where it is hidden; null for all rows. */
export function stepOf(
  map: Pick<MapInfo, 'kind'>,
  { query }: Sides,
  { step }: Pick<ViewOptions, 'step'>,
): number | null {
  if (step === null || !hasSteps(map)) return null;
  const row = query.findIndex(({ end }) => step < end);
  return row < 0 ? query.length - 1 : row;
}

/** `[head][query][key]` with the weights of one row of every head alone: a copy in which all others are 0. */
export function onlyRow(weights: Float32Array, queries: number, keys: number, row: number): Float32Array {
  const one = new Float32Array(weights.length);
  for (let start = row * keys; start < weights.length; start += queries * keys)
    one.set(weights.subarray(start, start + keys), start);
  return one;
}
