import type { MapKind } from '../attention/map.ts';
import { plainTick, type WeightMeasure } from './measure.ts';
import { words } from '../words/words.ts';

/**
 * Σ a |i − j| / Σ a, in tokens (Vig & Belinkov 2019, W19-4808); for cross-attention it is 0, since its positions belong
 * to different sequences.
 */
export const distance: WeightMeasure = {
  says: () => words().metrics.distance,
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
  phrase: (value, kind) => (kind === 'cross' ? null : words().metrics.distance.phrase(value)),
  tick: plainTick,
};

function textOf(value: number, kind: MapKind): string {
  const { none, text } = words().metrics.distance;
  return kind === 'cross' ? none : text(value);
}
