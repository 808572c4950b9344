import { seenKeys } from '../attention/map.ts';
import { amountText } from '../attention/number-words.ts';
import { plainTick, type HeadMeasure, type MeasuredHead } from './measure.ts';

/**
 * The mean over queries of −Σ p ln p, in nats, where p is a row's shares a / Σ a (the row itself where it sums to 1);
 * it cannot exceed {@link maxEntropy} (Clark et al. 2019, W19-4828).
 */
export const entropy: HeadMeasure = {
  name: 'Entropy',
  column: 'Entropy',
  axis: 'entropy, nats',
  meaning:
    'How widely a head spreads its attention: 0 when every token looks at one token alone. Mean over the text, ' +
    'in nats.',
  order: 'by entropy',
  first: 'highest first',
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
  text: (value) => `${amountText(value, 2)} nats`,
  phrase: (value, _, most) => `entropy ${amountText(value, 2)} of ${amountText(most, 2)} nats`,
  tick: plainTick,
};

/** The highest entropy that a head could have on a text: the mean over queries of ln(number of visible keys), in nats. */
export function maxEntropy({ queries, keys, kind, local }: Omit<MeasuredHead, 'weights' | 'special'>): number {
  let total = 0;
  for (let query = 0; query < queries; query++) {
    const { first, end } = seenKeys(kind, query, keys, local);
    total += Math.log(Math.max(1, end - first));
  }
  return total / Math.max(1, queries);
}
