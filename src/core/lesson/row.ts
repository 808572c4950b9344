import type { AnalysisInfo } from '../attention/analysis.ts';
import { mergeHeads } from '../attention/merge.ts';
import type { Cell, Explanation } from '../block/explanation.ts';
import type { Word } from '../document/words.ts';
import { itemAt } from '../item-at.ts';
import type { RunSpec } from '../run/run-spec.ts';
import type { Sequence } from '../text/token.ts';
import { weightBetween, type TokenSpan } from '../text/words.ts';
import { words } from '../words/words.ts';
import type { HeadPlace, WordPlace } from './fields.ts';
import { choicesOf, findHead, findWord, LessonError, type FoundHead } from './places.ts';

/** The numbers of a run, wherever they lie. */
export interface RunNumbers {
  readonly info: AnalysisInfo;
  /** One layer of a map, `[head][query][key]`. */
  layer(map: number, layer: number): Promise<Float32Array>;
  /** One weight taken apart. */
  explain(cell: Cell): Promise<Explanation>;
}

/** Runs models for a lesson. Rejects with an AttentionError. */
export interface LessonModels {
  run(run: RunSpec): Promise<RunNumbers>;
}

/** A word that a row gives a weight to. */
export interface RankedWord {
  readonly word: Word;
  readonly weight: number;
}

/** The row of a word in a head (or the mean of all heads of a layer). */
export class Row {
  readonly place: FoundHead;
  readonly query: TokenSpan;
  readonly keys: Sequence;
  readonly #weights: Float32Array;

  private constructor(place: FoundHead, query: TokenSpan, keys: Sequence, weights: Float32Array) {
    this.place = place;
    this.query = query;
    this.keys = keys;
    this.#weights = weights;
  }

  /** Reads a row. Rejects with LessonError where a run has no such head or word, and with an AttentionError. */
  static async of(numbers: RunNumbers, head: HeadPlace | null, query: WordPlace | null): Promise<Row> {
    const says = words().lesson;
    if (head === null) throw new LessonError(says.needs(says.needsHead));
    if (query === null) throw new LessonError(says.needs(says.needsQuery));
    const place = findHead(numbers.info, head);
    const { at, map, layer } = place;
    const [, heads, queries, keys] = map.shape;
    const own = findWord(itemAt(numbers.info.sequences, map.queries), query);
    const weights = await numbers.layer(at, layer);
    const chosen = place.head === null ? Array.from({ length: heads }, (_, index) => index) : [place.head];
    const merged = mergeHeads(weights, queries, keys, chosen, 'mean');
    return new Row(place, own, itemAt(numbers.info.sequences, map.keys), merged);
  }

  /** The tokens of a word of the keys; throws LessonError. */
  key(place: WordPlace | null): TokenSpan {
    const says = words().lesson;
    if (place === null) throw new LessonError(says.needs(says.needsKey));
    return findWord(this.keys, place);
  }

  /** The weight of a word, merged as the panel merges words. */
  weight(key: TokenSpan): number {
    return weightBetween(this.#weights, this.keys.tokens.length, this.query, key);
  }

  /** The words with their weights, strongest first; special tokens are left out, as where roles of heads are measured. */
  get ranking(): readonly RankedWord[] {
    return choicesOf(this.keys)
      .map((word) => ({ word, weight: this.weight(word.tokens) }))
      .sort((a, b) => b.weight - a.weight);
  }

  /** The entropy of the row over all tokens, in nats. */
  get entropy(): number {
    const row = this.keys.tokens.map((_, key) => this.weight({ first: key, end: key + 1 }));
    const sum = row.reduce((all, weight) => all + weight, 0);
    return row.reduce((all, weight) => (weight > 0 ? all - (weight / sum) * Math.log(weight / sum) : all), 0);
  }
}
