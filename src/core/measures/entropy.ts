import { seenKeys } from '../attention/map.ts';
import { countOf } from '../attention/mask.ts';
import { plainTick, type WeightMeasure, type MeasuredHead } from './measure.ts';
import { words } from '../words/words.ts';

/**
 * The mean over queries of −Σ p ln p, in nats, where p is a row's shares a / Σ a (the row itself where it sums to 1);
 * it cannot exceed {@link maxEntropy} (Clark et al. 2019, W19-4828).
 */
export const entropy: WeightMeasure = {
  says: () => words().metrics.entropy,
  of: ({ weights, queries, keys }) => {
    let total = 0;
    for (let query = 0; query < queries; query++) {
      let plain = 0;
      let sum = 0;
      for (let cell = query * keys, end = cell + keys; cell < end; cell++) {
        const weight = weights[cell] ?? 0;
        if (weight <= 0) continue;
        plain -= weight * Math.log(weight);
        sum += weight;
      }
      if (sum > 0) total += plain / sum + Math.log(sum);
    }
    return total / Math.max(1, queries);
  },
  text: (value) => words().metrics.entropy.text(value),
  phrase: (value, _, max) => words().metrics.entropyOf(value, max),
  tick: plainTick,
};

/**
 * The highest entropy that a head could have on a text: the mean over queries of ln(number of visible keys), in nats.
 */
export function maxEntropy({ queries, keys, ...sight }: Omit<MeasuredHead, 'weights' | 'special'>): number {
  let total = 0;
  for (let query = 0; query < queries; query++) {
    total += Math.log(Math.max(1, countOf(seenKeys(sight, query, keys))));
  }
  return total / Math.max(1, queries);
}
