import type { MapKind } from '../attention/map.ts';
import { amountText } from '../attention/number-words.ts';
import { plainTick, type HeadMeasure } from './measure.ts';

/**
 * Σ a |i − j| / Σ a, in tokens (Vig & Belinkov 2019, W19-4808); for cross-attention it is 0, since its positions belong
 * to different sequences.
 */
export const distance: HeadMeasure = {
  name: 'Distance',
  column: 'Distance',
  axis: 'mean distance, tokens',
  meaning: 'How far a head looks on average, in tokens, each link by its weight.',
  order: 'by distance',
  first: 'farthest first',
  of: ({ weights, queries, keys, kind }) => {
    if (kind === 'cross') return 0;
    let far = 0;
    let mass = 0;
    for (let query = 0; query < queries; query++) {
      for (let key = 0; key < keys; key++) {
        const weight = weights[query * keys + key] ?? 0;
        if (weight <= 0) continue;
        far += weight * Math.abs(query - key);
        mass += weight;
      }
    }
    return mass === 0 ? 0 : far / mass;
  },
  text: textOf,
  phrase: (value, kind) => (kind === 'cross' ? null : `distance ${textOf(value, kind)}`),
  tick: plainTick,
};

function textOf(value: number, kind: MapKind): string {
  return kind === 'cross' ? 'no distance' : `${amountText(value, 1)} tokens`;
}
