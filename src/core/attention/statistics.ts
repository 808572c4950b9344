import type { MapKind } from './map.ts';

/**
 * What one head does on this text, without regard to meaning.
 *
 * `entropy` is the mean over queries of −Σ a ln a, in nats, and `maxEntropy` the mean of ln(number of visible keys), which it
 * cannot exceed (Clark et al. 2019, W19-4828). `distance` is Σ a |i − j| / Σ a, in tokens (Vig & Belinkov 2019, W19-4808);
 * for cross-attention it is 0, since its positions belong to different sequences.
 */
export interface HeadStatistics {
  readonly entropy: number;
  readonly maxEntropy: number;
  readonly distance: number;
}

/** The number of keys that query `query` may see. */
export function visibleKeys(kind: MapKind, query: number, keys: number): number {
  return kind === 'causal' ? Math.min(query + 1, keys) : keys;
}

/** Entropy and distance of one head, `[query][key]`. */
export function headStatistics(weights: Float32Array, queries: number, keys: number, kind: MapKind): HeadStatistics {
  let entropy = 0;
  let maxEntropy = 0;
  let distance = 0;
  let mass = 0;
  for (let query = 0; query < queries; query++) {
    maxEntropy += Math.log(visibleKeys(kind, query, keys));
    for (let key = 0; key < keys; key++) {
      const weight = weights[query * keys + key] ?? 0;
      if (weight <= 0) continue;
      entropy -= weight * Math.log(weight);
      distance += weight * Math.abs(query - key);
      mass += weight;
    }
  }
  const rows = Math.max(1, queries);
  return {
    entropy: entropy / rows,
    maxEntropy: maxEntropy / rows,
    distance: kind === 'cross' || mass === 0 ? 0 : distance / mass,
  };
}
