import type { Budget } from '../../budget.ts';
import type { JsonObject } from '../json.ts';
import { PairTable } from './pair-table.ts';
import type { Vocabulary } from './vocabulary.ts';
import { words } from '../../words/words.ts';

/** A rank is exact in the queue up to this number. */
const maxMerges = 2 ** 21;
const charactersInStep = 32;

/** Merges the symbols of a word (ids and ranges in turn) as far as the merge list goes. */
export type Merges = (symbols: readonly number[]) => readonly number[];

/**
 * Reads the merge list and returns the merging.
 *
 * The pair of the lowest rank goes first, the leftmost of equals before the others (Sennrich et al. 2016). A queue
 * holds the candidates; like the original library's it takes a candidate whose pair has changed meanwhile, if the pair
 * now there makes the same token: vocabularies with several merges for one token depend on that.
 */
export function mergeQueue(part: JsonObject, vocabulary: Vocabulary, prefix: string): Merges {
  const list = part.list('merges');
  if (list.length > maxMerges) throw part.invalid(words().details.tokenizer.merges(list.length));
  const ranks = new PairTable(list.length);
  const made = new Int32Array(list.length);
  for (const [rank, item] of list.entries()) {
    const pair = pairOf(item, vocabulary, part.reading.budget);
    if (pair === undefined) throw part.invalid(words().details.tokenizer.noPair(rank));
    if (pair.length === 0) continue;
    const [left, right] = pair.map((token) => vocabulary.ids.get(token));
    const id = vocabulary.ids.get(pair[0] + pair[1].slice(prefix.length));
    if (left === undefined || right === undefined || id === undefined)
      throw part.invalid(words().details.tokenizer.mergeOutside(rank));
    ranks.set(left, right, rank);
    made[rank] = id;
  }
  return (symbols) => new SymbolList(symbols).merged(ranks, made);
}

/**
 * Both tokens of a merge; an empty pair for the version line of older files. Where tokens hold spaces, the vocabulary
 * tells where the pair parts.
 */
function pairOf(
  item: unknown,
  vocabulary: Vocabulary,
  budget: Budget,
): readonly [string, string] | readonly [] | undefined {
  if (typeof item === 'string') {
    if (item.startsWith('#version')) return [];
    for (let at = item.indexOf(' '); at >= 0; at = item.indexOf(' ', at + 1)) {
      budget.spend(1 + item.length / charactersInStep);
      const left = item.slice(0, at);
      const right = item.slice(at + 1);
      if (vocabulary.ids.has(left) && vocabulary.ids.has(right) && vocabulary.ids.has(left + right))
        return [left, right];
    }
    return undefined;
  }
  if (!Array.isArray(item) || item.length !== 2) return undefined;
  const [left, right] = item as readonly unknown[];
  return typeof left === 'string' && typeof right === 'string' ? [left, right] : undefined;
}

/**
 * The symbols of a word as a linked list, with the queue of candidate merges (a binary heap ordered by rank, then
 * position).
 */
class SymbolList {
  readonly #ids: Int32Array;
  readonly #starts: Int32Array;
  readonly #ends: Int32Array;
  readonly #before: Int32Array;
  readonly #after: Int32Array;
  readonly #heap: number[] = [];

  constructor(symbols: readonly number[]) {
    const count = symbols.length / 3;
    this.#ids = new Int32Array(count);
    this.#starts = new Int32Array(count);
    this.#ends = new Int32Array(count);
    this.#before = new Int32Array(count);
    this.#after = new Int32Array(count);
    for (let at = 0; at < count; at++) {
      this.#ids[at] = symbols[at * 3] ?? 0;
      this.#starts[at] = symbols[at * 3 + 1] ?? 0;
      this.#ends[at] = symbols[at * 3 + 2] ?? 0;
      this.#before[at] = at - 1;
      this.#after[at] = at + 1;
    }
  }

  merged(ranks: PairTable, made: Int32Array): number[] {
    const count = this.#ids.length;
    for (let at = 0; at + 1 < count; at++) this.#offer(at, ranks);
    for (let top = this.#pop(); top !== undefined; top = this.#pop()) {
      const at = top % positions;
      const rank = (top - at) / positions;
      const right = this.#after[at] ?? count;
      if (this.#ids[at] === gone || right >= count) continue;
      const now = ranks.get(this.#ids[at] ?? gone, this.#ids[right] ?? gone);
      if (now < 0 || made[now] !== made[rank]) continue;
      this.#join(at, right, made[rank] ?? gone);
      const before = this.#before[at] ?? -1;
      if (before >= 0) this.#offer(before, ranks);
      this.#offer(at, ranks);
    }
    return this.#symbols();
  }

  #join(at: number, right: number, id: number): void {
    const next = this.#after[right] ?? this.#ids.length;
    this.#ids[at] = id;
    this.#ends[at] = Math.max(this.#ends[at] ?? 0, this.#ends[right] ?? 0);
    this.#ids[right] = gone;
    this.#after[at] = next;
    if (next < this.#ids.length) this.#before[next] = at;
  }

  #symbols(): number[] {
    const symbols: number[] = [];
    for (let at = 0; at < this.#ids.length; at = this.#after[at] ?? this.#ids.length) {
      symbols.push(this.#ids[at] ?? 0, this.#starts[at] ?? 0, this.#ends[at] ?? 0);
    }
    return symbols;
  }

  /** Queues the pair at a position, if there is a merge for it. */
  #offer(at: number, ranks: PairTable): void {
    const right = this.#after[at] ?? this.#ids.length;
    if (right >= this.#ids.length) return;
    const rank = ranks.get(this.#ids[at] ?? gone, this.#ids[right] ?? gone);
    if (rank >= 0) this.#push(rank * positions + at);
  }

  #push(key: number): void {
    const heap = this.#heap;
    let at = heap.length;
    heap.push(key);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent] ?? 0;
      if (above <= key) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = key;
  }

  #pop(): number | undefined {
    const heap = this.#heap;
    const top = heap[0];
    const key = heap.pop();
    if (key === undefined || heap.length === 0) return top;
    let at = 0;
    for (let child = 1; child < heap.length; child = 2 * at + 1) {
      if (child + 1 < heap.length && (heap[child + 1] ?? 0) < (heap[child] ?? 0)) child++;
      const below = heap[child] ?? 0;
      if (below >= key) break;
      heap[at] = below;
      at = child;
    }
    heap[at] = key;
    return top;
  }
}

/**
 * A queue entry is `rank * positions + position`, one number: exact for ranks up to 2^21 and words up to 2^32 symbols.
 */
const positions = 2 ** 32;
const gone = -2;
