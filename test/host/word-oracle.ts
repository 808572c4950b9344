import type { WordLink, Word } from '../../src/core/document/words.ts';
import { weightBetween } from '../../src/core/text/words.ts';

/** The strongest links of a word in `[query][key]` between tokens, by the definition: what hovers are compared with. */
export function linksOfWord(
  side: 'looks at' | 'is looked at by',
  weights: ArrayLike<number>,
  keys: number,
  word: Word,
  words: readonly Word[],
  count: number,
): WordLink[] {
  return words
    .map((other, index) => {
      const [query, key] = side === 'looks at' ? [word, other] : [other, word];
      return { word: other, index, weight: weightBetween(weights, keys, query.tokens, key.tokens) };
    })
    .filter(({ weight }) => weight >= 0.005)
    .sort((a, b) => b.weight - a.weight || a.index - b.index)
    .slice(0, count);
}
