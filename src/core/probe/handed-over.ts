import { itemAt } from '../item-at.ts';

/** How long the vectors are that one head moves on one text, after the output projection and without its bias. */
export interface HandedOver {
  /** Of every key, ‖v·W_O‖: what it would hand over with a weight of 1 (Kobayashi et al. 2020, their f). */
  readonly values: Float64Array;
  /** Of every query, the length of the sum of all keys with their weights. */
  readonly outputs: Float64Array;
}

/**
 * The lengths of a head: `projected` has the value of every key after the output projection, `[key][feature]`, and
 * `weights` is `[query][key]`.
 */
export function handedOver(projected: ArrayLike<number>, weights: Float32Array, keys: number): HandedOver {
  const features = projected.length / keys;
  const values = new Float64Array(keys);
  for (let key = 0; key < keys; key++) values[key] = lengthOf(projected, key * features, features);
  const outputs = new Float64Array(weights.length / keys);
  const sum = new Float64Array(features);
  for (let query = 0; query < outputs.length; query++) {
    sum.fill(0);
    for (let key = 0; key < keys; key++) {
      const weight = weights[query * keys + key] ?? NaN;
      if (weight === 0) continue;
      for (let at = 0; at < features; at++)
        sum[at] = (sum[at] ?? NaN) + weight * (projected[key * features + at] ?? NaN);
    }
    outputs[query] = lengthOf(sum, 0, features);
  }
  return { values, outputs };
}

function lengthOf(numbers: ArrayLike<number>, first: number, count: number): number {
  let square = 0;
  for (let at = first; at < first + count; at++) square += itemAt(numbers, at) ** 2;
  return Math.sqrt(square);
}
