import { itemAt } from '../../core/item-at.ts';
import type { Tensor } from '@huggingface/transformers';

/** The number of rows of logits `[1, rows, vocabulary]`. */
export function rowCount(logits: Tensor): number {
  return logits.dims.at(-2) ?? 0;
}

/**
 * One row of logits `[1, rows, vocabulary]`, `row` counted from the end when negative. A view without a copy where the
 * numbers are 32-bit: all logits of a long text are never copied. Null when there is no such row or no floating-point
 * numbers.
 */
export function rowOf(logits: Tensor | undefined, row: number): Float32Array | null {
  if (!logits || logits.dims.length !== 3) return null;
  const [size, index] = [itemAt(logits.dims, 2), row < 0 ? rowCount(logits) + row : row];
  if (size < 1 || index < 0 || index >= rowCount(logits)) return null;
  const { data } = logits;
  if (data instanceof Float32Array) return data.subarray(index * size, (index + 1) * size);
  return logits.type === 'float16' || logits.type === 'float64'
    ? numbersOf(logits.slice(null, [index, index + 1]))
    : null;
}

/** All numbers of a small tensor as 32-bit ones; null when they are none. */
export function numbersOf(tensor: Tensor): Float32Array | null {
  const { data } = tensor.type === 'float32' ? tensor : tensor.to('float32');
  return data instanceof Float32Array ? data : null;
}
