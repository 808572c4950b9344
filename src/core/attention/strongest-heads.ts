import * as v from 'valibot';
import { indexSchema, type Data } from '../schema.ts';
import type { Sequence } from '../text/token.ts';
import { weightBetween, wordsOf, type TokenSpan } from '../text/words.ts';
import { headOf, type AttentionMap } from './map.ts';
import type { TokenFocus } from './selection.ts';
import { isForced, sightOf } from './sight.ts';
import { tokenUnits } from './units.ts';

/** The strongest link of a word in one head; `token` is the first of the word at its other end. */
export type HeadLink = Data<typeof headLinkSchema>;

/** The schema of a {@link HeadLink}. */
export const headLinkSchema = v.object({
  layer: indexSchema,
  head: indexSchema,
  token: indexSchema,
  weight: v.number(),
});

/** The entries, in a schema, of the word whose links are asked for: the tokens [first, end) of one side of a map. */
export const askedWordEntries = {
  map: indexSchema,
  side: v.picklist(['query', 'key']),
  first: indexSchema,
  end: indexSchema,
};

/**
 * For every head of a map the strongest link of a word to another word, strongest head first, ties in the order of the
 * heads.
 *
 * `word` counts tokens of the side's sequence; with `query` it is the word that looks, with `key` the one looked at.
 * Weights are those between words (sum over key tokens, mean over query tokens). Special tokens and, in one sequence,
 * the word itself are left out: nearly every word has some head that looks at a separator or at itself. So are words
 * that see one token alone and cannot look elsewhere. Heads without a link are not in the list.
 */
export function strongestHeads(
  map: AttentionMap,
  sequences: readonly Sequence[],
  side: TokenFocus['side'],
  word: TokenSpan,
): HeadLink[] {
  const [layers, heads, , keys] = map.shape;
  const units = tokenUnits(keys);
  const partners = partnersOf(map, sequences, side, word);
  const links: HeadLink[] = [];
  for (let layer = 0; layer < layers; layer++) {
    const sight = sightOf(map, layer);
    const choosing = (query: TokenSpan): boolean => !isForced(sight, query, units);
    if (side === 'query' && !choosing(word)) continue;
    const others = side === 'query' ? partners : partners.filter(choosing);
    for (let head = 0; head < heads; head++) {
      const weights = headOf(map, layer, head);
      let best: HeadLink | null = null;
      for (const other of others) {
        const weight =
          side === 'query' ? weightBetween(weights, keys, word, other) : weightBetween(weights, keys, other, word);
        if (weight > (best?.weight ?? 0)) best = { layer, head, token: other.first, weight };
      }
      if (best) links.push(best);
    }
  }
  return links.sort((a, b) => b.weight - a.weight || a.layer - b.layer || a.head - b.head);
}

function partnersOf(
  map: AttentionMap,
  sequences: readonly Sequence[],
  side: TokenFocus['side'],
  word: TokenSpan,
): TokenSpan[] {
  const tokens = sequences[side === 'query' ? map.keys : map.queries]?.tokens ?? [];
  const isSame = map.queries === map.keys;
  return wordsOf(tokens).filter(({ first }) => tokens[first]?.special === false && !(isSame && first === word.first));
}
