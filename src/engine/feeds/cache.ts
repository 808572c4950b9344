import type { Tensor } from '@huggingface/transformers';
import type { Cache } from './step.ts';
import { cacheKey, type FixedSizes } from './graph-input.ts';

/**
 * Whether a graph takes the keys and values of earlier steps and gives its own, so that it can be fed one token at a
 * time.
 */
export function hasCache({ sizes }: { readonly sizes: FixedSizes }): boolean {
  return sizes.cached;
}

/** The cache of the next step, from a step's outputs; what belongs to the source stays as the first step gave it. */
export function nextCache(outputs: Readonly<Record<string, Tensor>>, before: Cache | null): Cache {
  const entries = Object.entries(outputs).filter(([name]) => name.startsWith('present'));
  return Object.fromEntries(
    entries.map(([name, { ort_tensor: tensor }]) => {
      const key = cacheKey(name);
      return [key, /\.(encoder|cross)\./.test(key) ? (before?.[key] ?? tensor) : tensor];
    }),
  );
}
