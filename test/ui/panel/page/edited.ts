import type { Analysis } from '../../../../src/core/attention/analysis.ts';
import { headOf, type AttentionMap } from '../../../../src/core/attention/map.ts';
import type { Change } from '../../../../src/core/prediction/change.ts';
import type { Edit, EditOf } from '../../../../src/core/run/edits.ts';

/**
 * An analysis as it is with edits. Of what edits do to weights the blocks are here: a score of −∞ leaves the other keys
 * of the row what they are to each other.
 */
export function editedOf(analysis: Analysis, edits: readonly Edit[]): Analysis {
  const blocks = edits.filter((edit) => edit.kind === 'block');
  return { ...analysis, edits: [...edits], maps: analysis.maps.map((map) => blocked(map, blocks)) };
}

function blocked(map: AttentionMap, blocks: readonly EditOf<'block'>[]): AttentionMap {
  const weights = Float32Array.from(map.weights);
  const changed = { ...map, weights };
  const [layers, heads, , keys] = map.shape;
  for (const { layer, head, query, key } of blocks)
    for (let one = 0; one < layers * heads; one++) {
      const [ofLayer, ofHead] = [Math.floor(one / heads), one % heads];
      if ((layer !== null && layer !== ofLayer) || (head !== null && head !== ofHead)) continue;
      const row = headOf(changed, ofLayer, ofHead).subarray(query * keys, (query + 1) * keys);
      row[key] = 0;
      const left = row.reduce((sum, weight) => sum + weight, 0);
      for (const [at, weight] of row.entries()) row[at] = weight / left;
    }
  return changed;
}

const edits: Edit[] = [
  { kind: 'off', layer: 1, head: 2 },
  { kind: 'block', layer: 1, head: null, query: 6, key: 2 },
];
const change: Change = {
  kind: 'masked',
  sequence: 0,
  token: 8,
  kl: 0.31,
  before: [],
  after: [],
  moved: [
    { id: 1, text: 'food', before: 0.13, after: 0.16, ranks: [1, 0] },
    { id: 2, text: 'fish', before: 0.21, after: 0.06, ranks: [0, 3] },
  ],
};

/** What a run of two edits is shown with: they, and what they did to a prediction. */
export const editedRun = { edits, change };
