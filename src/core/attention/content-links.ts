import * as v from 'valibot';
import { indexSchema, type Data } from '../schema.ts';
import { itemAt } from '../item-at.ts';
import { charactersOf, type Sequence } from '../text/token.ts';
import { wordClasses, type WordClass } from '../text/function-words.ts';
import { wordsOf } from '../text/words.ts';
import type { AttentionMap } from './map.ts';
import type { LayerMask } from './mask.ts';
import type { HeadRelation, RelationName } from './relations.ts';
import { isForced, type Sight } from './sight.ts';
import { tokenUnits } from './units.ts';

/**
 * The strongest link of a head from one word to another; `query` and `key` are the first tokens of the words, `weight`
 * the weight between them: sum over key tokens, mean over query tokens.
 */
export type ContentLink = Data<typeof contentLinkSchema>;

/** The schema of a {@link ContentLink}. */
export const contentLinkSchema = v.object({ query: indexSchema, key: indexSchema, weight: v.number() });

/** A word of a sequence that can stand in a link. */
export interface LinkWord {
  readonly first: number;
  readonly end: number;
  readonly text: string;
  readonly kind: WordClass;
}

/** What a link of a head starts from: a content word, but where its relation says otherwise. */
const queryKinds: Readonly<Partial<Record<RelationName, WordClass>>> = {
  antecedent: 'pronoun',
  preposition: 'preposition',
};

/**
 * Finds the strongest link of each head of a map from one content word to another. Left out are special tokens, words
 * without a letter, function words of the text's language ({@link wordClasses}), the word itself and another place of
 * the same word, rows that have no choice and, in causal maps, the first token, on which heads rest. A head that is
 * known to find the antecedent of a pronoun or the object of a preposition is asked for links from those.
 */
export class ContentLinks {
  readonly #keyCount: number;
  readonly #queries: readonly LinkWord[];
  readonly #keys: readonly LinkWord[];
  /** The place in `keys` of the word of each key token, or −1. */
  readonly #wordOfKey: Int32Array;
  readonly #isSelf: boolean;
  /** The queries that have a choice, by the mask of a layer: layers that mask nothing have the same object. */
  readonly #free = new Map<LayerMask, readonly LinkWord[]>();

  constructor(map: AttentionMap, sequences: readonly Sequence[]) {
    this.#keyCount = map.shape[3];
    this.#isSelf = map.queries === map.keys;
    this.#queries = linkWords(sequences[map.queries]);
    this.#keys = linkWords(sequences[map.keys]).filter(
      ({ first, kind }) => kind === 'content' && !(map.kind === 'causal' && first === 0),
    );
    this.#wordOfKey = new Int32Array(this.#keyCount).fill(-1);
    this.#keys.forEach(({ first, end }, at) => this.#wordOfKey.fill(at, first, end));
  }

  /** The words that have a choice in a layer. */
  queriesOf(sight: Sight): readonly LinkWord[] {
    const known = this.#free.get(sight.mask);
    if (known) return known;
    const units = tokenUnits(this.#keyCount);
    const free = this.#queries.filter((word) => !isForced(sight, word, units));
    this.#free.set(sight.mask, free);
    return free;
  }

  /**
   * The strongest link of a head from one of `queries`, `weights` being its `[query][key]`; null where no two words can
   * be linked.
   */
  strongest(
    weights: Float32Array,
    queries: readonly LinkWord[],
    relation: HeadRelation | undefined,
  ): ContentLink | null {
    const kind = (relation && queryKinds[relation.relation]) ?? 'content';
    const sums = new Float32Array(this.#keys.length);
    let best: ContentLink | null = null;
    for (const query of queries) {
      if (query.kind !== kind) continue;
      sums.fill(0);
      for (let cell = query.first * this.#keyCount; cell < query.end * this.#keyCount; cell++) {
        const word = this.#wordOfKey[cell % this.#keyCount] ?? -1;
        if (word >= 0) sums[word] = (sums[word] ?? 0) + (weights[cell] ?? 0);
      }
      for (const [at, key] of this.#keys.entries()) {
        const weight = itemAt(sums, at) / (query.end - query.first);
        if (weight <= (best?.weight ?? 0) || (this.#isSelf && key.text === query.text)) continue;
        best = { query: query.first, key: key.first, weight };
      }
    }
    return best;
  }
}

function linkWords(sequence: Sequence | undefined): LinkWord[] {
  if (!sequence) return [];
  const spans = wordsOf(sequence.tokens).flatMap(({ first, end }) => {
    const tokens = sequence.tokens.slice(first, end);
    if (tokens.some(({ special }) => special)) return [];
    const text = tokens.map((token) => charactersOf(sequence, token)).join('');
    return [{ first, end, text: text.trim().toLowerCase() }];
  });
  const kinds = wordClasses(spans.map(({ text }) => text));
  return spans.flatMap((span, at) => {
    const kind = itemAt(kinds, at);
    return kind ? [{ ...span, kind }] : [];
  });
}
