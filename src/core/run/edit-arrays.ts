import { itemAt } from '../item-at.ts';
import { neutral, type EditInputs } from '../onnx/editable.ts';
import type { LayerEdits } from './edit-plan.ts';

/** Numbers of an input, `[heads, queries, keys]`, where an axis of 1 stands for all of it. */
export interface EditArray {
  readonly dims: readonly [heads: number, queries: number, keys: number];
  readonly data: Float32Array;
}

/** The part of a map that a step computes: rows from `past` on, and the keys so far. */
export interface StepSize {
  readonly past: number;
  readonly queries: number;
  readonly keys: number;
}

/**
 * The inputs that make the edits of a layer in one step, those alone that are not neutral. What lies outside the step is
 * left out: it belongs to another one.
 */
export function editArrays(
  { factor, gate, cells, zeros, rows }: LayerEdits,
  size: StepSize,
): Partial<Record<keyof EditInputs, EditArray>> {
  const heads = factor.length;
  const { queries, keys } = size;
  const byHead = (values: readonly number[]): EditArray => ({ dims: [heads, 1, 1], data: Float32Array.from(values) });
  const isInside = ({ query }: { readonly query: number }): boolean =>
    query >= size.past && query < size.past + queries;
  const own = cells.filter((cell) => isInside(cell) && cell.key < keys);
  const patterns = rows.filter(isInside);
  const noValues = zeros.filter((key) => key < keys);
  const rowOf = (head: number, query: number): number => (head * queries + query - size.past) * keys;
  const filled = (kind: keyof EditInputs): EditArray => ({
    dims: [heads, queries, keys],
    data: new Float32Array(heads * queries * keys).fill(neutral[kind]),
  });
  const arrays: Partial<Record<keyof EditInputs, EditArray>> = {};
  if (factor.some((value) => value !== 1)) arrays.factor = byHead(factor);
  if (gate.some((value) => value !== 1)) arrays.gate = byHead(gate);
  if (own.length > 0) {
    const bias = (arrays.bias = filled('bias'));
    for (const { head: only, query, key, value } of own)
      for (let head = only ?? 0; head < (only === null ? heads : only + 1); head += 1)
        bias.data[rowOf(head, query) + key] = itemAt(bias.data, rowOf(head, query) + key) + value;
  }
  if (patterns.length > 0) {
    const [keep, pattern] = [(arrays.keep = filled('keep')), (arrays.pattern = filled('pattern'))];
    for (const { head, query, weights } of patterns) {
      const start = rowOf(head, query);
      keep.data.fill(0, start, start + keys);
      pattern.data.set(weights.slice(0, keys), start);
    }
  }
  if (noValues.length > 0) {
    const keep = (arrays.keep ??= { dims: [1, 1, keys], data: new Float32Array(keys).fill(1) });
    for (const { data } of [keep, ...(arrays.pattern ? [arrays.pattern] : [])])
      for (let start = 0; start < data.length; start += keys) for (const key of noValues) data[start + key] = 0;
  }
  return arrays;
}
