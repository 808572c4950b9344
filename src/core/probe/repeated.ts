import type { Pattern } from '../attention/patterns.ts';
import { itemAt } from '../item-at.ts';
import { randomFrom } from '../prediction/random.ts';
import type { SharedPattern } from './pattern-scores.ts';

/** How many random tokens are repeated, at most, and with how many seeds. */
export const repeatedLength = 32;
export const repeatedSeeds: readonly number[] = [1, 2, 3, 4];

/**
 * Random tokens, none of them twice, drawn from a vocabulary: one half of the standard probe for induction heads, which
 * shows a model the same random tokens twice (Olsson et al. 2022, "In-context learning and induction heads",
 * arXiv:2209.11895). The same seed gives the same tokens. Fewer than `count` where the vocabulary has no more.
 */
export function randomTokens(vocabulary: readonly number[], count: number, seed: number): readonly number[] {
  const random = randomFrom(seed);
  const left = [...vocabulary];
  return Array.from({ length: Math.min(count, left.length) }, () => {
    const at = Math.floor(random() * left.length);
    const id = itemAt(left, at);
    left[at] = itemAt(left, left.length - 1);
    left.pop();
    return id;
  });
}

/**
 * What heads may do in the second half of `[first tokens] r₀ … rₙ₋₁ r₀ … rₙ₋₁`: an induction head looks at the token after
 * the earlier occurrence of its own, one for duplicate tokens at that occurrence.
 */
export function repeatedPatterns(first: number, period: number): ReadonlyMap<SharedPattern, Pattern> {
  const isSecond = (query: number): boolean => query >= first + period && query < first + 2 * period;
  return new Map<SharedPattern, Pattern>([
    ['induction', (query, key) => isSecond(query) && key === query - period + 1],
    ['duplicate-token', (query, key) => isSecond(query) && key === query - period],
  ]);
}
