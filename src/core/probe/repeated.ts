import type { Pattern } from '../attention/patterns.ts';
import { randomFrom } from '../prediction/random.ts';
import type { Token } from '../text/token.ts';
import type { SharedPattern } from './pattern-scores.ts';

/** How many random tokens are repeated, at most, and with how many seeds. */
export const repeatedLength = 32;
export const repeatedSeeds: readonly number[] = [1, 2, 3, 4];

/** Draws that are made for each token at most, where many tokens of a vocabulary do not count. */
const draws = 50;

/**
 * Random tokens below `end`, none of them twice, of those that `counts`: one half of the standard probe for induction
 * heads, which shows a model the same random tokens twice (Olsson et al. 2022, "In-context learning and induction
 * heads", arXiv:2209.11895). The same seed gives the same tokens. Fewer than `count` where there are no more.
 */
export function randomTokens(
  end: number,
  counts: (id: number) => boolean,
  count: number,
  seed: number,
): readonly number[] {
  const random = randomFrom(seed);
  const found = new Set<number>();
  for (let draw = 0; draw < draws * count && found.size < count; draw++) {
    const id = Math.floor(random() * end);
    if (counts(id)) found.add(id);
  }
  return [...found];
}

/**
 * What heads may do in the second half of `[first tokens] r₀ … rₙ₋₁ r₀ … rₙ₋₁`: an induction head looks at the token
 * after the earlier occurrence of its own, one for duplicate tokens at that occurrence.
 */
export function repeatedPatterns(first: number, period: number): ReadonlyMap<SharedPattern, Pattern> {
  const isSecond = (query: number): boolean => query >= first + period && query < first + 2 * period;
  return new Map<SharedPattern, Pattern>([
    ['induction', (query, key) => isSecond(query) && key === query - period + 1],
    ['duplicate-token', (query, key) => isSecond(query) && key === query - period],
  ]);
}

/**
 * The same in a text whose sentence comes twice, by its tokens: the key is the token after an earlier occurrence of the
 * query, or that occurrence.
 */
export function occurrencePatterns(tokens: readonly Token[]): ReadonlyMap<SharedPattern, Pattern> {
  const isSame = (query: number, key: number): boolean =>
    key < query && tokens[key]?.special === false && tokens[key].id === tokens[query]?.id;
  return new Map<SharedPattern, Pattern>([
    ['induction', (query, key) => key < query && tokens[key]?.special === false && isSame(query, key - 1)],
    ['duplicate-token', isSame],
  ]);
}
