/** Words of the generator's state. */
const stateWords = 4;

/**
 * Numbers from 0 to 1 (1 excluded) that are the same for the same seed on every machine: xoshiro128** (Blackman and
 * Vigna, "Scrambled linear pseudorandom number generators", 2018), its state filled from the seed by SplitMix32. Only
 * sampling uses it.
 */
export function randomFrom(seed: number): () => number {
  const next = xoshiro128(filled(seed));
  return () => next() / 2 ** 32;
}

/** The generator itself: unsigned 32-bit numbers from a state of four words, not all of them 0. */
export function xoshiro128(state: Uint32Array): () => number {
  let [a = 0, b = 0, c = 0, d = 0] = state;
  return () => {
    const result = Math.imul(rotated(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotated(d, 11);
    return result;
  };
}

function rotated(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

/** SplitMix32: every seed gives another state, and none of zeros alone. */
function filled(seed: number): Uint32Array {
  let counter = Math.trunc(seed / 2 ** 32) ^ seed;
  return Uint32Array.from({ length: stateWords }, () => {
    counter = (counter + 0x9e3779b9) | 0;
    let mixed = Math.imul(counter ^ (counter >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return mixed ^ (mixed >>> 15);
  });
}
