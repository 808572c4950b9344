import * as v from 'valibot';
import { shareSchema, type Data } from '../schema.ts';
import type { Sequence } from '../text/token.ts';
import { wordWeights } from '../text/words.ts';
import type { MapInfo } from './map.ts';
import { keepMass, keepTop, renormalise } from './thin.ts';
import { allUnits, shownUnits, unitEntries, type ShownUnit, type Unit, type UnitOptions } from './units.ts';

/** Which attention of a sentence pair is shown: all, or from one text (first letter) to one (second letter). */
export type Pairs = (typeof pairFilters)[number];

/** Every filter of a text of two sentences. */
export const pairFilters = ['all', 'aa', 'ab', 'ba', 'bb'] as const;

/** What of a map's weights is shown. `mass` is a share above 0 and up to 1, `topK` at least 1; null leaves them out. */
export type ShownOptions = Data<typeof shownOptionsSchema>;

/** The entries of {@link ShownOptions} in a schema. */
export const shownEntries = {
  ...unitEntries,
  mass: v.nullable(shareSchema),
  topK: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1))),
  renormalise: v.boolean(),
  pairs: v.picklist(pairFilters),
};

/** The schema of {@link ShownOptions}; of an object that has more, the rest is left behind. */
export const shownOptionsSchema = v.object(shownEntries);

/** The units on both sides of the picture. Either side may be empty, when everything on it is hidden. */
export interface Sides {
  readonly query: readonly ShownUnit[];
  readonly key: readonly ShownUnit[];
}

/** The units of a map that are shown. */
export function sidesOf(map: MapInfo, sequences: readonly Sequence[], options: ShownOptions): Sides {
  const [query, key] = segmentsOf(options.pairs);
  const side = (index: number, segment: 0 | 1 | null): readonly ShownUnit[] => {
    const sequence = sequences[index];
    return sequence ? shownUnits(sequence, options, segment) : [];
  };
  return { query: side(map.queries, query), key: side(map.keys, key) };
}

/** The two halves of what is drawn, both `[head][query unit][key unit]`. */
export interface ShownWeights {
  /** Before the threshold and the top-k: what exact numbers are read from. */
  readonly whole: Float32Array;
  /** What is drawn and listed. */
  readonly weights: Float32Array;
}

/**
 * From weights `[head][query][key]` over tokens to what is shown of them, `[head][query unit][key unit]`. With the
 * options' defaults both halves are the weights themselves, not copies.
 *
 * The order is fixed: **aggregate → hide → renormalise → threshold → top-k**.
 * 1. Aggregate to words first, while rows are whole: the sum over a key word's tokens, the mean over a query word's,
 *    keeps rows summing to 1. (Layers and heads are merged before all this, for the same reason.)
 * 2. Hide rows and columns: special tokens, punctuation, the other text of a pair.
 * 3. Renormalise what is left of each row, only when asked: otherwise the numbers stay those of the model.
 * 4. Threshold by mass: the fewest keys that hold that share of what is left of the row. After hiding, so that a
 *    separator which takes most of a row cannot use up the share; after renormalising it is the same set.
 * 5. Top-k, of what the threshold kept.
 */
export function shownWeights(
  weights: Float32Array,
  map: MapInfo,
  sequences: readonly Sequence[],
  sides: Sides,
  options: ShownOptions,
): ShownWeights {
  const arranged = arrange(weights, map, sequences, sides, options.unit);
  const length = sides.key.length;
  const whole = options.renormalise ? (arranged === weights ? arranged.slice() : arranged) : arranged;
  if (options.renormalise) renormalise(whole, length);
  if (options.mass === null && options.topK === null) return { whole, weights: whole };
  const thinned = whole.slice();
  if (options.mass !== null) keepMass(thinned, length, options.mass);
  if (options.topK !== null) keepTop(thinned, length, options.topK);
  return { whole, weights: thinned };
}

/** Aggregates to the units and takes out the hidden ones; the weights themselves when nothing changes. */
function arrange(
  weights: Float32Array,
  { queries, keys, shape }: MapInfo,
  sequences: readonly Sequence[],
  sides: Sides,
  unit: UnitOptions['unit'],
): Float32Array {
  const [, , rows, columns] = shape;
  const units = [queries, keys].map((index) => allUnits(sequences[index] ?? { text: '', tokens: [] }, unit));
  const [queryUnits = [], keyUnits = []] = units;
  const isToken = queryUnits.length === rows && keyUnits.length === columns;
  const grouped = isToken ? weights : groupHeads(weights, rows * columns, queryUnits, keyUnits);
  const isWhole = sides.query.length === queryUnits.length && sides.key.length === keyUnits.length;
  return isWhole ? grouped : pick(grouped, queryUnits.length, keyUnits.length, sides);
}

function groupHeads(
  weights: Float32Array,
  size: number,
  queries: readonly Unit[],
  keys: readonly Unit[],
): Float32Array {
  const heads = Math.floor(weights.length / size);
  const grouped = new Float32Array(heads * queries.length * keys.length);
  for (let head = 0; head < heads; head++) {
    grouped.set(
      wordWeights(weights.subarray(head * size, (head + 1) * size), queries, keys),
      head * queries.length * keys.length,
    );
  }
  return grouped;
}

function pick(weights: Float32Array, rows: number, columns: number, { query, key }: Sides): Float32Array {
  const heads = Math.floor(weights.length / (rows * columns));
  const picked = new Float32Array(heads * query.length * key.length);
  let to = 0;
  for (let head = 0; head < heads; head++) {
    for (const row of query) {
      const start = (head * rows + row.at) * columns;
      for (const column of key) picked[to++] = weights[start + column.at] ?? 0;
    }
  }
  return picked;
}

function segmentsOf(pairs: Pairs): readonly [query: 0 | 1 | null, key: 0 | 1 | null] {
  switch (pairs) {
    case 'all':
      return [null, null];
    case 'aa':
      return [0, 0];
    case 'ab':
      return [0, 1];
    case 'ba':
      return [1, 0];
    case 'bb':
      return [1, 1];
  }
}
