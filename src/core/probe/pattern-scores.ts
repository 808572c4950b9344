import { headOf, type AttentionMap } from '../attention/map.ts';
import { fullMask } from '../attention/mask.ts';
import type { Pattern } from '../attention/patterns.ts';
import { sightOf, type Sight } from '../attention/sight.ts';
import { itemAt } from '../item-at.ts';
import { entropy, maxEntropy } from '../measures/entropy.ts';
import type { Sequence } from '../text/token.ts';
import type { ProbeExample } from './evidence.ts';
import { Examples } from './examples.ts';
import type { PatternRole } from './roles.ts';
import { uniformHead } from './uniform-head.ts';

/** A role of a pattern, with its distance where it has one; `broad` is an entropy, and `no-op` is of lengths. */
export type SharedPattern = Exclude<PatternRole, Distant | 'broad' | 'no-op'> | `${Distant} ${number}`;
type Distant = 'n-back' | 'n-ahead';

/** The role of a pattern, and its distance in tokens. */
export function roleOfPattern(pattern: SharedPattern): {
  readonly name: Exclude<PatternRole, 'broad' | 'no-op'>;
  readonly n?: number;
} {
  const distant = /^(n-back|n-ahead) (\d+)$/.exec(pattern);
  const name = distant?.[1];
  if (name === 'n-back' || name === 'n-ahead') return { name, n: Number(distant?.[2]) };
  return { name: pattern as Exclude<SharedPattern, `${string} ${number}`> };
}

/** What tells the patterns of a layer. */
export type PatternsOf = (sight: Sight) => ReadonlyMap<SharedPattern, Pattern>;

/** The rows in which a pattern can be followed, and its cells in them. */
interface Ones {
  readonly rows: readonly number[];
  readonly cells: readonly number[];
}

interface Sums {
  rows: number;
  readonly on: Float64Array;
  readonly all: Float64Array;
}

/**
 * The share of attention that lies on a pattern, over many texts: Σ (A ∘ P) / Σ A over the rows where P has a one, for
 * every head, layer by layer, and behind them for a head with equal weights. The first row of a causal map is left out:
 * it can look nowhere but at itself.
 */
export class PatternScores {
  readonly #heads: number;
  readonly #sums = new Map<SharedPattern, Sums>();
  readonly #entropy: Float64Array;
  readonly #most: Float64Array;
  readonly #examples = new Examples();
  #rows = 0;

  constructor(heads: number) {
    this.#heads = heads;
    this.#entropy = new Float64Array(heads + 1);
    this.#most = new Float64Array(heads + 1);
  }

  /** Adds a map with the patterns that are asked about; examples are of texts that can be shown. */
  add(map: AttentionMap, patternsOf: PatternsOf, shown?: Sequence): void {
    if (shown) this.addExamples(map, patternsOf({ ...sightOf(map, 0), mask: fullMask }), shown);
    const [layers, heads, queries, keys] = map.shape;
    const firstRow = map.kind === 'causal' ? 1 : 0;
    const onesOf = (sight: Sight): ReadonlyMap<SharedPattern, Ones> =>
      new Map([...patternsOf(sight)].map(([name, pattern]) => [name, ones(pattern, firstRow, queries, keys)]));
    const unmasked = onesOf({ ...sightOf(map, 0), mask: fullMask });
    for (const [name, { rows }] of unmasked) this.#sumsOf(name).rows += rows.length;
    this.#addHead(this.#heads, uniformHead(map.kind, keys), keys, unmasked);
    for (let layer = 0; layer < layers; layer++) {
      const own = map.masks ? onesOf(sightOf(map, layer)) : unmasked;
      for (let head = 0; head < heads; head++) this.#addHead(layer * heads + head, headOf(map, layer, head), keys, own);
    }
  }

  /** Adds what a text shows of patterns as examples, and counts nothing. */
  addExamples(map: AttentionMap, patterns: ReadonlyMap<SharedPattern, Pattern>, shown: Sequence): void {
    for (const [name, pattern] of patterns) this.#examples.add(name, shown, map, pattern);
  }

  /** The texts that show a pattern of a head best. */
  examples(name: SharedPattern, head: number): ProbeExample[] {
    return [...this.#examples.of(name, head)];
  }

  /** Adds the entropy of a map, for the role `broad`. */
  addEntropy(map: AttentionMap, sequence: Sequence): void {
    const { tokens } = sequence;
    const [layers, heads, queries, keys] = map.shape;
    const everywhere: Pattern = (query, key) => key !== query && tokens[key]?.special === false;
    this.#examples.add('broad', sequence, map, everywhere);
    const special = tokens.map((token) => token.special);
    this.#rows += queries;
    for (let layer = 0; layer < layers; layer++) {
      const sight = { ...sightOf(map, layer), queries, keys };
      const most = maxEntropy(sight) * queries;
      for (let head = 0; head < heads; head++) {
        const weights = headOf(map, layer, head);
        add(this.#entropy, layer * heads + head, entropy.of({ ...sight, weights, special }) * queries);
        add(this.#most, layer * heads + head, most);
      }
    }
  }

  /** The patterns that were asked about. */
  get names(): readonly SharedPattern[] {
    return [...this.#sums.keys()];
  }

  /** The share of a head on a pattern, and that of a head with equal weights. */
  share(
    name: SharedPattern,
    head: number,
  ): { readonly cases: number; readonly score: number; readonly baseline: number } {
    const { rows, on, all } = this.#sumsOf(name);
    const of = (at: number): number => (itemAt(all, at) > 0 ? Math.min(1, itemAt(on, at) / itemAt(all, at)) : 0);
    return { cases: rows, score: of(head), baseline: of(this.#heads) };
  }

  /** The entropy of a head as a share of the highest that it could have, and the rows that it was measured in. */
  breadth(head: number): { readonly cases: number; readonly score: number; readonly examples: ProbeExample[] } {
    const most = itemAt(this.#most, head);
    const score = most > 0 ? Math.min(1, itemAt(this.#entropy, head) / most) : 0;
    return { cases: this.#rows, score, examples: [...this.#examples.of('broad', head)] };
  }

  #addHead(at: number, weights: Float32Array, keys: number, patterns: ReadonlyMap<SharedPattern, Ones>): void {
    const rowSums = Array.from({ length: weights.length / keys }, (_, row) => {
      let sum = 0;
      for (let cell = row * keys; cell < (row + 1) * keys; cell++) sum += weights[cell] ?? 0;
      return sum;
    });
    for (const [name, { rows, cells }] of patterns) {
      const { on, all } = this.#sumsOf(name);
      for (const cell of cells) add(on, at, weights[cell] ?? 0);
      for (const row of rows) add(all, at, itemAt(rowSums, row));
    }
  }

  #sumsOf(name: SharedPattern): Sums {
    const size = this.#heads + 1;
    const sums = this.#sums.get(name) ?? { rows: 0, on: new Float64Array(size), all: new Float64Array(size) };
    this.#sums.set(name, sums);
    return sums;
  }
}

function add(sums: Float64Array, at: number, value: number): void {
  sums[at] = itemAt(sums, at) + value;
}

function ones(pattern: Pattern, firstRow: number, queries: number, keys: number): Ones {
  const found: { rows: number[]; cells: number[] } = { rows: [], cells: [] };
  for (let query = firstRow; query < queries; query++) {
    const before = found.cells.length;
    for (let key = 0; key < keys; key++) if (pattern(query, key)) found.cells.push(query * keys + key);
    if (found.cells.length > before) found.rows.push(query);
  }
  return found;
}
