import type { LayerNumber } from '../attention/layers.ts';
import type { MapName } from '../attention/map.ts';
import type { MissingPart } from './block.ts';
import { scoreRow, type ReadableBlock } from './explain.ts';
import { rowCount, vectorAt, type AttentionSizes, type FeatureAxis, type RunNumbers } from './numbers.ts';

/**
 * What can be read of the attention of a layer. `q`, `k` (as they meet, after rotary embedding) and `v` are
 * `[heads, tokens, features]`, `scores` what the softmax reads, `[heads, queries, keys]`. `context` is what a head sums
 * up, Σ α v, `[heads, queries, features]`, and `output` the same after the output projection without its bias,
 * `[heads, queries, width of the model]`. Keys that heads share stand under each of them.
 */
export const layerPartNames = ['q', 'k', 'v', 'scores', 'context', 'output'] as const;
export type LayerPartName = (typeof layerPartNames)[number];

/** Numbers in C order. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** What is asked for of a layer: its place in a map, the heads, queries and keys by their indices, and the parts. */
export interface LayerQuestion {
  readonly map: number;
  readonly layer: number;
  readonly parts: readonly LayerPartName[];
  readonly heads: readonly number[];
  readonly queries: readonly number[];
  readonly keys: readonly number[];
}

/** Parts of a layer, of the heads, queries and keys that were asked for, in their order. */
export interface LayerParts extends Omit<LayerQuestion, 'map' | 'layer' | 'parts'> {
  readonly map: MapName;
  readonly layer: LayerNumber;
  readonly parts: Readonly<Partial<Record<LayerPartName, Tensor>>>;
  /** Parts of the block that were not found: what rests on them is left out. */
  readonly missing: readonly MissingPart[];
}

/** One run of the block, and the rows of weights that the model gave to its queries. */
export interface LayerRun {
  readonly block: ReadableBlock;
  readonly numbers: RunNumbers;
  readonly sizes: AttentionSizes;
  /** Tokens whose keys and values come from earlier runs; queries are counted without them. */
  readonly past: number;
  /** The values of a head at all keys that are tokens, those of earlier runs among them; read once. */
  values(head: number): readonly Float64Array[];
  /** The weights of a head's query over all keys. */
  weights(head: number, query: number): ArrayLike<number>;
}

type Vectors = readonly Float64Array[];

/** The query of each head, a vector each. */
export function queryVectors(
  { block, numbers, sizes, past }: LayerRun,
  heads: readonly number[],
  query: number,
): Vectors {
  return heads.map((head) => vectorAt(numbers.of(block.query), head, query - past, sizes));
}

/** The key of each head at a token. */
export function keyVectors({ block, numbers, sizes }: LayerRun, heads: readonly number[], key: number): Vectors {
  const axis: FeatureAxis = block.keyTransposed ? -2 : -1;
  return heads.map((head) => vectorAt(numbers.of(block.key), head, key, sizes, axis));
}

/** The value of each head at a token. */
export function valueVectors({ block, numbers, sizes }: LayerRun, heads: readonly number[], key: number): Vectors {
  return heads.map((head) => vectorAt(numbers.of(block.value), head, key, sizes));
}

/** The scores of each head's query at some keys; −∞ for a key that did not exist yet. */
export function scoreVectors(
  { block, numbers, sizes, past }: LayerRun,
  heads: readonly number[],
  query: number,
  keys: readonly number[],
): Vectors {
  const all = rowCount(numbers.of(block.key), block.keyTransposed ? -2 : -1);
  return heads.map((head) => {
    const row = scoreRow(numbers.of(block.scores), { head, query: query - past, key: 0 }, sizes);
    return Float64Array.from(keys, (key) => (key < all ? (row[key] ?? NaN) : -Infinity));
  });
}

/** What each head sums up for a query: its values times their weights. */
export function contextVectors(run: LayerRun, heads: readonly number[], query: number): Vectors {
  return heads.map((head) => {
    const values = run.values(head);
    const weights = run.weights(head, query);
    return Float64Array.from(values[0] ?? [], (_, feature) =>
      values.reduce((sum, value, key) => sum + (weights[key] ?? NaN) * (value[feature] ?? NaN), 0),
    );
  });
}

/** Vectors in the columns of their heads, as the output projection reads them: a row each. */
export function inColumns(vectors: readonly ArrayLike<number>[], heads: readonly number[], all: number): Float32Array {
  const features = vectors[0]?.length ?? 0;
  const rows = new Float32Array(vectors.length * all * features);
  for (const [at, vector] of vectors.entries()) rows.set(vector, (at * all + (heads[at] ?? 0)) * features);
  return rows;
}

/** Vectors `[outer][heads]` as a tensor `[heads, outer, features]`. */
export function stacked(vectors: readonly (readonly ArrayLike<number>[])[]): Tensor {
  const [heads, features] = [vectors[0]?.length ?? 0, vectors[0]?.[0]?.length ?? 0];
  const values = new Float32Array(heads * vectors.length * features);
  for (const [outer, each] of vectors.entries())
    for (const [head, vector] of each.entries()) values.set(vector, (head * vectors.length + outer) * features);
  return { shape: [heads, vectors.length, features], values };
}
