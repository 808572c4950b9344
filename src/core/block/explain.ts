import type { Block } from './block.ts';
import {
  dot,
  rowCount,
  vectorAt,
  type AttentionSizes,
  type Cell,
  type FeatureAxis,
  type Numbers,
  type RunNumbers,
} from './numbers.ts';
import { namedSteps, scoreParts, softmaxOf, type ScoreParts } from './score.ts';

/** The query, key and value of one cell, its row of scores, and what they give when they are computed once more. */
export interface CellReading {
  readonly q: Float64Array;
  readonly k: Float64Array;
  readonly v: Float64Array;
  readonly parts: ScoreParts;
  /** What the softmax reads and gives for the query, over the keys that are tokens. */
  readonly scores: Float64Array;
  /** The same, computed once more. */
  readonly recomputed: { readonly scores: Float64Array; readonly weights: Float64Array };
}

/** A block whose queries, keys, values and score steps were found. */
export interface ReadableBlock extends Block {
  readonly query: string;
  readonly key: string;
  readonly value: string;
  readonly scores: string;
  readonly steps: NonNullable<Block['steps']>;
}

/** Whether a score of a block can be taken apart. */
export function isReadable(block: Block): block is ReadableBlock {
  const { query, key, value, scores, steps } = block;
  return query !== null && key !== null && value !== null && scores !== null && steps !== null;
}

/** The names of the tensors that a run has to give for {@link readCell}, each once. */
export function cellTensors({ query, key, value, scores, steps }: ReadableBlock): readonly string[] {
  const operands = steps.flatMap((step) => {
    if (step.kind === 'tanh') return [];
    return step.kind === 'choice' ? [step.condition, step.other] : [step.operand];
  });
  const tensors = operands.flatMap((operand) => ('tensor' in operand ? [operand.tensor] : []));
  return [...new Set([query, key, value, scores, ...tensors])];
}

/**
 * Reads one cell of an attention from the tensors of a run, and computes its row once more from queries, keys and what
 * is added, in double precision. `keys` are the tokens of the row; what fills a text up is left out.
 */
export function readCell(
  block: ReadableBlock,
  numbers: RunNumbers,
  cell: Cell,
  { keys, ...sizes }: AttentionSizes & { readonly keys: number },
): CellReading {
  const { head, query } = cell;
  const keyAxis: FeatureAxis = block.keyTransposed ? -2 : -1;
  const q = vectorAt(numbers.of(block.query), head, query, sizes);
  const steps = namedSteps(block.steps, numbers);
  const all = rowCount(numbers.of(block.key), keyAxis);
  const row = Array.from({ length: all }, (_, key) => {
    const k = vectorAt(numbers.of(block.key), head, key, sizes, keyAxis);
    return scoreParts(steps, dot(q, k), { head, query, key }, sizes, numbers);
  });
  const parts = row[cell.key];
  if (parts === undefined) throw new RangeError(`The run has ${all} keys, none is ${cell.key}.`);
  const recomputed = Float64Array.from(row, ({ value }) => value);
  return {
    q,
    k: vectorAt(numbers.of(block.key), head, cell.key, sizes, keyAxis),
    v: vectorAt(numbers.of(block.value), head, cell.key, sizes),
    parts,
    scores: scoreRow(numbers.of(block.scores), cell, sizes).subarray(0, keys),
    recomputed: {
      scores: recomputed.subarray(0, keys),
      weights: softmaxOf(recomputed, parts.further).subarray(0, keys),
    },
  };
}

/** The values of a head at all keys, a row each. */
export function valueRows(
  block: ReadableBlock,
  numbers: RunNumbers,
  head: number,
  sizes: AttentionSizes & { readonly keys: number },
): readonly Float64Array[] {
  const values = numbers.of(block.value);
  return Array.from({ length: sizes.keys }, (_, key) => vectorAt(values, head, key, sizes));
}

/** A row of scores: of a head’s queries, or with the heads behind the queries, `[batch, queries, heads, keys]`. */
export function scoreRow(scores: Numbers, { head, query }: Cell, sizes: AttentionSizes): Float64Array {
  if (!sizes.headsInside || scores.dims.length !== 4) return vectorAt(scores, head, query, sizes);
  const { dims, data } = scores;
  const [heads = 0, keys = 0] = dims.slice(-2);
  const start = (query * heads + head) * keys;
  return Float64Array.from({ length: keys }, (_, key) => data[start + key] ?? NaN);
}
