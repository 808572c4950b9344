import * as v from 'valibot';
import { mapNames } from '../attention/map.ts';
import { finiteSchema, indexSchema, type Data } from '../schema.ts';
import { cellSchema } from './explanation.ts';
import { dot, floats } from './numbers.ts';
import { byPlace, partKey, partNameSchema, type PartName } from './part-name.ts';
import { biasNames } from './score.ts';

/** How heads are told: each as one part, or a part for each token that it takes from. */
export const partsBy = ['head', 'token'] as const;
export type PartsBy = (typeof partsBy)[number];

const numbers = v.instance(ArrayBuffer);

/**
 * A score of scaled dot-product attention as a sum over what wrote the residual stream: q = Σ q_a and k = Σ k_b, so
 * that scale · q·k = Σ terms[a][b] with terms[a][b] = scale · q_a·k_b. Norms keep the statistics of the run.
 */
export type ScoreParts = Data<typeof scorePartsSchema>;

/** The schema of {@link ScoreParts}; numbers by part are little-endian float32, tables `[query part][key part]`. */
export const scorePartsSchema = v.object({
  ...cellSchema.entries,
  map: v.picklist(mapNames),
  parts: v.array(partNameSchema),
  /** What each part gives as a part of the query, and as one of the key: the sums of rows and of columns. */
  queryBy: numbers,
  keyBy: numbers,
  terms: numbers,
  /** The terms less their mean over the keys that the query attends to: what all keys share moves no weight. */
  centred: numbers,
  /** scale · q·k: what the terms sum to, before a soft cap and what is added. */
  score: finiteSchema,
  /** The mean of that over the keys that the query attends to, and how many these are. */
  mean: finiteSchema,
  keys: indexSchema,
  scale: finiteSchema,
  softcap: v.nullable(finiteSchema),
  /** What is added to the score and not taken apart, and the score that the softmax reads. */
  biases: v.array(v.object({ name: v.picklist(biasNames), value: v.number() })),
  total: v.number(),
  /** The score that the softmax of the model reads, and the mean of these over the same keys. */
  read: v.object({ score: v.number(), mean: finiteSchema }),
  /** |Σ terms − score|, relative to the size of the score where that is above 1. */
  difference: finiteSchema,
  /** Sides that are one part as a whole, and why. */
  whole: v.array(v.object({ side: v.picklist(['query', 'key']), why: v.string() })),
});

/** A part of a query, or of a key: its vector. */
export interface VectorPart {
  readonly name: PartName;
  readonly vector: Float64Array;
}

/** The terms of a score, for the parts of both sides in one order. */
export interface Terms {
  readonly parts: readonly PartName[];
  readonly queryBy: ArrayBuffer;
  readonly keyBy: ArrayBuffer;
  readonly terms: ArrayBuffer;
  readonly centred: ArrayBuffer;
  readonly sum: number;
}

/** Sums the terms of a query with several keys, of which one is told and all have a part in the mean. */
export class TermSums {
  readonly #scale: number;
  readonly #query: readonly VectorPart[];
  readonly #told = new Map<string, Float64Array>();
  readonly #sums = new Map<string, Float64Array>();
  readonly #names = new Map<string, PartName>();

  constructor(scale: number, query: readonly VectorPart[]) {
    this.#scale = scale;
    this.#query = query;
    for (const { name } of query) this.#names.set(partKey(name), name);
  }

  /** Takes in the parts of a key; `share` is its share in the mean, `isTold` says that it is the key of the score. */
  add(key: readonly VectorPart[], share: number, isTold: boolean): void {
    for (const { name, vector } of key) {
      const at = partKey(name);
      this.#names.set(at, name);
      const column = Float64Array.from(this.#query, (part) => this.#scale * dot(part.vector, vector));
      if (isTold) this.#told.set(at, column);
      const sums = this.#sums.get(at) ?? new Float64Array(column.length);
      for (const [row, value] of column.entries()) sums[row] = (sums[row] ?? NaN) + share * value;
      this.#sums.set(at, sums);
    }
  }

  /** The terms of the key that is told. */
  done(): Terms {
    const parts = [...this.#names.values()].sort(byPlace);
    const rows = new Map(this.#query.map(({ name }, row) => [partKey(name), row]));
    const keys = parts.map(partKey);
    const count = parts.length;
    const [terms, centred] = [new Float64Array(count * count), new Float64Array(count * count)];
    const [queryBy, keyBy] = [new Float64Array(count), new Float64Array(count)];
    for (const [a, query] of keys.entries()) {
      const row = rows.get(query);
      for (const [b, key] of keys.entries()) {
        const term = row === undefined ? 0 : (this.#told.get(key)?.[row] ?? 0);
        terms[a * count + b] = term;
        centred[a * count + b] = row === undefined ? 0 : term - (this.#sums.get(key)?.[row] ?? 0);
        queryBy[a] = (queryBy[a] ?? NaN) + term;
        keyBy[b] = (keyBy[b] ?? NaN) + term;
      }
    }
    const sum = terms.reduce((total, term) => total + term, 0);
    return {
      parts,
      sum,
      queryBy: floats(queryBy),
      keyBy: floats(keyBy),
      terms: floats(terms),
      centred: floats(centred),
    };
  }
}

/**
 * A logit as a sum over what wrote the residual stream, through the final norm at the statistics of the run and the
 * unembedding (direct logit attribution; Elhage et al. 2021, “A Mathematical Framework for Transformer Circuits”).
 */
export type LogitParts = Data<typeof logitPartsSchema>;

/** The schema of {@link LogitParts}. */
export const logitPartsSchema = v.object({
  token: indexSchema,
  position: indexSchema,
  parts: v.array(partNameSchema),
  /** A number a part, little-endian float32. */
  values: numbers,
  /** What the values sum to: the logit, before a soft cap where there is one. */
  logit: finiteSchema,
  /** The soft cap c of logits that are c · tanh(logit / c), and what comes of it. */
  softcap: v.nullable(v.object({ cap: finiteSchema, logit: finiteSchema })),
  difference: finiteSchema,
});
