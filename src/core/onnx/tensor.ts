import type { Budget } from '../budget.ts';
import type { Tensor } from './graph.ts';
import { reading, Wire } from './wire.ts';

/** Element types, as TensorProto.DataType numbers them. */
const [float, int32, int64, bool, half, double] = [1, 6, 7, 9, 10, 11];
/** No shape, axis list or mask width is longer; weights are. */
const longest = 64;

/**
 * The integers of a small stored tensor (a shape, axes), or null when it is large, not of integers, or kept in another
 * file. Reads TensorProto's raw_data (9), int32_data (5) and int64_data (7).
 */
export function integersOf(bytes: Uint8Array, tensor: Tensor, budget: Budget): readonly number[] | null {
  const count = tensor.dims.reduce((product, dim) => product * dim, 1);
  if ((tensor.type !== int64 && tensor.type !== int32) || !(count <= longest)) return null;
  return reading(() => storedIntegers(new Wire(bytes, budget), tensor, count));
}

/**
 * The one number of a stored tensor of one element, or null when it has more, is of another type than float16, float32,
 * float64, int32, int64 and bool, or is kept in another file. Reads raw_data (9), float_data (4), double_data (10) and
 * the integers' fields.
 */
export function numberOf(bytes: Uint8Array, tensor: Tensor, budget: Budget): number | null {
  if (tensor.dims.some((dim) => dim !== 1)) return null;
  if (tensor.type === int32 || tensor.type === int64) return integersOf(bytes, tensor, budget)?.[0] ?? null;
  return reading(() => storedNumber(new Wire(bytes, budget), tensor));
}

function storedNumber(wire: Wire, tensor: Tensor): number | null {
  const { bytes } = wire;
  for (const field of wire.fields(tensor.message)) {
    const isWanted =
      field.no === 9 || (field.no === 4 && tensor.type === float) || (field.no === 10 && tensor.type === double);
    if (isWanted)
      return rawNumber(
        new DataView(bytes.buffer, bytes.byteOffset + field.start, field.end - field.start),
        tensor.type,
      );
    // 16-bit floats that stand as integers hold their bits.
    if (field.no === 5 && tensor.type === half) return halfFloat(wire.ints(field)[0] ?? 0);
    if (field.no === 5 && tensor.type === bool) return wire.ints(field)[0] ?? 0;
  }
  return null;
}

function rawNumber(view: DataView, type: number): number | null {
  if (type === float && view.byteLength >= 4) return view.getFloat32(0, true);
  if (type === double && view.byteLength >= 8) return view.getFloat64(0, true);
  if (type === bool && view.byteLength >= 1) return view.getUint8(0);
  if (type === half && view.byteLength >= 2) return halfFloat(view.getUint16(0, true));
  return null;
}

/** IEEE 754 binary16. */
function halfFloat(bits: number): number {
  const [sign, exponent, fraction] = [bits & 0x8000 ? -1 : 1, (bits >> 10) & 31, bits & 1023];
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
}

function storedIntegers(wire: Wire, tensor: Tensor, count: number): readonly number[] | null {
  const values: number[] = [];
  for (const field of wire.fields(tensor.message)) {
    if (field.no === 9) return rawIntegers(wire.bytes.subarray(field.start, field.end), tensor.type);
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
