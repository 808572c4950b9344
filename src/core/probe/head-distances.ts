import { headOf, type AttentionMap } from '../attention/map.ts';
import { forcedRows, sightOf } from '../attention/sight.ts';
import { itemAt } from '../item-at.ts';
import { classicalScaling } from './classical-scaling.ts';
import { pairIndex, type Similarity } from './similarity.ts';

/** More heads than these have too many pairs to keep: those of 1,600 are 1.3 million. */
const maxHeads = 1600;
/** Pairs of weights that are compared at most, some seconds; sentences after that are left out. */
const maxCells = 2e9;
/**
 * Steps that a weight is rounded to, so that the term of the sum of two weights is looked up: a fifth of the time that
 * its logarithm takes, and the divergence is exact for the rounded weights.
 */
const steps = 1 << 16;
/** Digits after the point that are kept. */
const digits = 4;

/** The rows of every head in one text that can be compared. */
interface Rows {
  readonly queries: number;
  readonly keys: number;
  /** `[head][query][key]` in {@link steps}, of rows that sum to 1. */
  readonly weights: Int32Array;
  /** The entropy of every row in bits, `[head][query]`; NaN where a row is not compared. */
  readonly entropy: Float64Array;
}

/**
 * Sums the Jensen–Shannon divergence of every two heads of a model, text by text; see {@link Similarity}. Rows without
 * a choice (the first one of a causal map, one that a mask leaves a single key) say nothing of a head and are left out,
 * and so are rows without any weight.
 */
export class HeadDistances {
  readonly #heads: number;
  readonly #sums: Float64Array;
  readonly #rows: Float64Array;
  #sentences = 0;
  #cells = 0;

  constructor(heads: number) {
    this.#heads = heads;
    const pairs = heads > maxHeads ? 0 : (heads * (heads - 1)) / 2;
    this.#sums = new Float64Array(pairs);
    this.#rows = new Float64Array(pairs);
  }

  /** Compares the heads on one text, unless enough was compared. */
  add(map: AttentionMap): void {
    const [, , queries, keys] = map.shape;
    const cells = this.#sums.length * queries * keys;
    if (cells === 0 || this.#cells + cells > maxCells) return;
    this.#cells += cells;
    this.#sentences += 1;
    const rows = rowsOf(map, this.#heads);
    for (let a = 0, pair = 0; a < this.#heads; a++)
      for (let b = a + 1; b < this.#heads; b++, pair++) this.#compare(rows, a, b, pair);
  }

  /** What was found; null where nothing could be compared. */
  result(): Similarity | null {
    if (this.#sentences === 0 || this.#rows.every((count) => count === 0)) return null;
    const distances = Array.from(this.#sums, (sum, pair) => {
      const rows = itemAt(this.#rows, pair);
      return rounded(Math.sqrt(Math.min(1, rows > 0 ? sum / rows : 0)));
    });
    const of = (a: number, b: number): number =>
      a === b ? 0 : itemAt(distances, pairIndex(this.#heads, Math.min(a, b), Math.max(a, b)));
    const { points, shown } = classicalScaling(this.#heads, of);
    const places = points.map(([x, y]): [number, number] => [rounded(x), rounded(y)]);
    return { sentences: this.#sentences, distances, places, shown: rounded(shown) };
  }

  /** The divergence of two rows is the entropy of their mean less the mean of their entropies. */
  #compare({ queries, keys, weights, entropy }: Rows, a: number, b: number, pair: number): void {
    let [sum, rows] = [0, 0];
    for (let query = 0; query < queries; query++) {
      const own = ((entropy[a * queries + query] ?? NaN) + (entropy[b * queries + query] ?? NaN)) / 2;
      if (Number.isNaN(own)) continue;
      let mixed = 0;
      const [ofA, ofB] = [(a * queries + query) * keys, (b * queries + query) * keys];
      for (let key = 0; key < keys; key++) mixed += terms[(weights[ofA + key] ?? 0) + (weights[ofB + key] ?? 0)] ?? NaN;
      sum += mixed - own;
      rows += 1;
    }
    this.#sums[pair] = itemAt(this.#sums, pair) + sum;
    this.#rows[pair] = itemAt(this.#rows, pair) + rows;
  }
}

/** −p·log₂ p, by the sum of two weights of which p is the mean, in {@link steps}. */
const terms = Float32Array.from({ length: 2 * steps + 1 }, (_, sum) => {
  const mean = sum / (2 * steps);
  return sum === 0 ? 0 : -mean * Math.log2(mean);
});

function rowsOf(map: AttentionMap, count: number): Rows {
  const [, heads, queries, keys] = map.shape;
  const weights = new Int32Array(count * queries * keys);
  const entropy = new Float64Array(count * queries).fill(NaN);
  const units = (size: number) => Array.from({ length: size }, (_, first) => ({ first, end: first + 1 }));
  for (let head = 0; head < count; head++) {
    const layer = Math.floor(head / heads);
    const forced = forcedRows(sightOf(map, layer), units(queries), units(keys));
    const own = headOf(map, layer, head % heads);
    for (let query = 0; query < queries; query++) {
      const row = own.subarray(query * keys, (query + 1) * keys);
      const sum = row.reduce((all, weight) => all + weight, 0);
      if (!(sum > 0) || forced.has(query)) continue;
      let bits = 0;
      for (let key = 0; key < keys; key++) {
        const weight = Math.round(((row[key] ?? NaN) / sum) * steps);
        weights[(head * queries + query) * keys + key] = weight;
        bits += itemAt(terms, 2 * weight);
      }
      entropy[head * queries + query] = bits;
    }
  }
  return { queries, keys, weights, entropy };
}

function rounded(value: number): number {
  return Number(value.toFixed(digits));
}
