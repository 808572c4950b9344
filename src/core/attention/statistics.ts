import * as v from 'valibot';
import type { Data } from '../schema.ts';
import { seenKeys, type LocalWindow, type MapKind } from './map.ts';

/**
 * What one head does on this text, without regard to meaning.
 *
 * `entropy` is the mean over queries of −Σ p ln p, in nats, where p is a row's shares a / Σ a (the row itself where it
 * sums to 1), and `maxEntropy` the mean of ln(number of visible keys), which it cannot exceed (Clark et al. 2019,
 * W19-4828). `distance` is Σ a |i − j| / Σ a, in tokens (Vig & Belinkov 2019, W19-4808); for cross-attention it is 0,
 * since its positions belong to different sequences.
 */
export type HeadStatistics = Data<v.ObjectSchema<typeof statisticsEntries, undefined>>;

/** The entries of {@link HeadStatistics} in a schema. */
export const statisticsEntries = { entropy: v.number(), maxEntropy: v.number(), distance: v.number() };

/** Entropy and distance of one head, `[query][key]`; `local` is the window of local attention. */
export function headStatistics(
  weights: Float32Array,
  queries: number,
  keys: number,
  kind: MapKind,
  local?: LocalWindow,
): HeadStatistics {
  let entropy = 0;
  let maxEntropy = 0;
  let distance = 0;
  let mass = 0;
  for (let query = 0; query < queries; query++) {
    const { first, end } = seenKeys(kind, query, keys, local);
    maxEntropy += Math.log(Math.max(1, end - first));
    let plain = 0;
    let sum = 0;
    for (let key = 0; key < keys; key++) {
      const weight = weights[query * keys + key] ?? 0;
      if (weight <= 0) continue;
      plain -= weight * Math.log(weight);
      distance += weight * Math.abs(query - key);
      sum += weight;
    }
    mass += sum;
    if (sum > 0) entropy += plain / sum + Math.log(sum);
  }
  const rows = Math.max(1, queries);
  return {
    entropy: entropy / rows,
    maxEntropy: maxEntropy / rows,
    distance: kind === 'cross' || mass === 0 ? 0 : distance / mass,
  };
}

/**
 * The share of a head's attention that lies on special tokens, Σ over special keys / Σ, from 0 to 1; `weights` is
 * `[query][key]`.
 */
export function specialShare(weights: Float32Array, special: readonly boolean[]): number {
  let on = 0;
  let all = 0;
  for (let cell = 0; cell < weights.length; cell++) {
    const weight = weights[cell] ?? 0;
    all += weight;
    if (special[cell % special.length]) on += weight;
  }
  return all > 0 ? on / all : 0;
}
