import { floats } from '../../../src/core/block/numbers.ts';
import type { PartName } from '../../../src/core/block/part-name.ts';
import type { ScoreParts } from '../../../src/core/block/score-parts.ts';
import type { WeightNames } from '../../../src/core/views/arithmetic/names.ts';

/** The tokens of the score. */
export const names: WeightNames = { query: '‘ate’', key: '‘cat’', keys: ['The', 'cat'] };
const head = (at: number): PartName => ({ kind: 'head', map: 'attention', layer: 0, head: at });
const two: readonly PartName[] = [head(0), head(1)];

/** A score of these terms, less their mean over the keys, `[query part][key part]`. */
export function scoreOf(
  centred: readonly (readonly number[])[],
  change: Partial<ScoreParts> = {},
  parts: readonly PartName[] = two,
): ScoreParts {
  const all = centred.flat();
  const excess = all.reduce((sum, value) => sum + value, 0);
  return {
    map: 'attention',
    ...{ layer: 1, head: 2, query: 6, key: 2 },
    parts: [...parts],
    queryBy: floats(centred.map((row) => row.reduce((sum, value) => sum + value, 0))),
    keyBy: floats(parts.map((_, at) => centred.reduce((sum, row) => sum + (row[at] ?? 0), 0))),
    // As if every key shared 1 of each term: none is absent.
    terms: floats(all.map((value) => value + 1)),
    centred: floats(all),
    score: 2 + excess,
    mean: 2,
    keys: 11,
    scale: 1,
    softcap: null,
    biases: [{ name: 'mask', value: 0 }],
    total: 2 + excess,
    read: { score: 2 + excess, mean: 2 },
    difference: 0,
    whole: [],
    ...change,
  };
}
