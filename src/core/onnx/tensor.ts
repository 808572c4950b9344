import type { Tensor } from './graph.ts';
import { reading, Wire } from './wire.ts';

const int64 = 7;
const int32 = 6;
/** No shape, axis list or mask width is longer; weights are. */
const longest = 64;

/**
 * The integers of a small stored tensor (a shape, axes), or null when it is large, not of integers, or kept in another file.
 * Reads TensorProto's raw_data (9), int32_data (5) and int64_data (7).
 */
export function integersOf(bytes: Uint8Array, tensor: Tensor): readonly number[] | null {
  const count = tensor.dims.reduce((product, dim) => product * dim, 1);
  if ((tensor.type !== int64 && tensor.type !== int32) || !(count <= longest)) return null;
  return reading(() => storedIntegers(bytes, tensor, count));
}

function storedIntegers(bytes: Uint8Array, tensor: Tensor, count: number): readonly number[] | null {
  const wire = new Wire(bytes);
  const values: number[] = [];
  for (const field of wire.fields(tensor.message)) {
    if (field.no === 9) return rawIntegers(bytes.subarray(field.start, field.end), tensor.type);
    if (field.no === 5 || field.no === 7) for (const value of wire.ints(field)) values.push(value);
  }
  return values.length === count ? values : null;
}

function rawIntegers(raw: Uint8Array, type: number): readonly number[] {
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  const width = type === int64 ? 8 : 4;
  const values: number[] = [];
  for (let at = 0; at + width <= raw.byteLength && values.length < longest; at += width) {
    values.push(width === 8 ? Number(view.getBigInt64(at, true)) : view.getInt32(at, true));
  }
  return values;
}
