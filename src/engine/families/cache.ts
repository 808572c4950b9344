import type { Tensors } from '../network.ts';

/** Whether a graph takes the keys and values of earlier steps, so that it can be fed one token at a time. */
export function hasCache(inputs: readonly string[]): boolean {
  return inputs.some((name) => name.startsWith('past_key_values.'));
}

/** The cache of the next step: `present.*` becomes `past_key_values.*`; what belongs to the source stays as the first step gave it. */
export function nextCache(outputs: Tensors, before: Tensors | null): Tensors {
  const entries = Object.entries(outputs).filter(([name]) => name.startsWith('present.'));
  return Object.fromEntries(entries.map(([name, tensor]) => {
    const past = name.replace('present.', 'past_key_values.');
    return [past, name.includes('.encoder.') ? (before?.[past] ?? tensor) : tensor];
  }));
}
