import type { MapInfo } from '../attention/map.ts';
import { rowNames, type RowName } from '../attention/row-names.ts';
import { shownWeights, sidesOf, type ShownOptions, type ShownWeights, type Sides } from '../attention/shown.ts';
import { onlyRow, stepOf } from '../attention/steps.ts';
import { sameSides, unitSequence } from '../attention/unit-sequence.ts';
import type { ViewOptions } from '../attention/view.ts';
import type { Sequence } from '../text/token.ts';

/** The rows and columns that options leave of a map, and the map and its sequences in their terms; without weights. */
export interface Arrangement {
  /** The map in tokens. */
  readonly source: { readonly map: MapInfo; readonly sequences: readonly Sequence[] };
  readonly sides: Sides;
  /** The map in units: its queries and keys are the last of `sequences`, whose tokens are units. */
  readonly map: MapInfo;
  readonly sequences: readonly Sequence[];
  /** What is read and written at every row, where rows are a decoder's. */
  readonly steps: readonly RowName[] | null;
}

/** Arranges a map. Either side may be empty, when everything on it is hidden. */
export function arrange(map: MapInfo, sequences: readonly Sequence[], options: ShownOptions): Arrangement {
  const sides = sidesOf(map, sequences, options);
  const sequenceFor = (index: number, units: Sides['query']): Sequence =>
    unitSequence(sequences[index] ?? { text: '', tokens: [] }, units);
  const [query, key] = [sequenceFor(map.queries, sides.query), sequenceFor(map.keys, sides.key)];
  const isOne = map.queries === map.keys && sameSides(sides);
  const queries = sequences.length;
  const [layers, heads] = map.shape;
  const names = rowNames(map, sequences, options.unit);
  return {
    source: { map, sequences },
    sides,
    map: {
      ...withoutWindow(map, sides),
      queries,
      keys: isOne ? queries : queries + 1,
      shape: [layers, heads, sides.query.length, sides.key.length],
    },
    sequences: [...sequences, query, ...(isOne ? [] : [key])],
    steps: names && sides.query.flatMap(({ at }) => names[at] ?? []),
  };
}

/** A window counts tokens: it is left out where rows or columns are something else. */
function withoutWindow({ local, ...map }: MapInfo, { query, key }: Sides): Omit<MapInfo, 'queries' | 'keys' | 'shape'> {
  const [, , queries, keys] = map.shape;
  return local && query.length === queries && key.length === keys ? { ...map, local } : map;
}

/** The one row that options show of an arrangement; null for all. */
export function shownStep({ source, sides }: Arrangement, options: Pick<ViewOptions, 'step'>): number | null {
  return sides.query.length === 0 ? null : stepOf(source.map, sides, options);
}

/**
 * What is shown of weights over tokens, `[head][query][key]` with any number of heads, in the units of an arrangement;
 * see {@link shownWeights} for the order of what is done. Heads and layers are merged before.
 */
export function arranged(
  weights: Float32Array,
  { source, sides }: Arrangement,
  options: ShownOptions,
  step: number | null = null,
): ShownWeights {
  const shown = shownWeights(weights, source.map, source.sequences, sides, options);
  return step === null ? shown : onlyStep(shown, sides, step);
}

/** The weights of one row of every head; all others are 0. */
export function onlyStep({ whole, weights }: ShownWeights, { query, key }: Sides, step: number): ShownWeights {
  return {
    whole: onlyRow(whole, query.length, key.length, step),
    weights: onlyRow(weights, query.length, key.length, step),
  };
}
