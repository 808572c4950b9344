import type * as Ort from 'onnxruntime-node';

/** Element types that numbers can be given in, and the least and the greatest whole number that each holds exactly. */
const ranges: Readonly<Record<string, readonly [least: number, most: number]>> = {
  int64: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  uint64: [0, Number.MAX_SAFE_INTEGER],
  int32: [-(2 ** 31), 2 ** 31 - 1],
  uint32: [0, 2 ** 32 - 1],
  int16: [-32768, 32767],
  uint16: [0, 65535],
  int8: [-128, 127],
  uint8: [0, 255],
  float64: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  float32: [-(2 ** 24), 2 ** 24],
  float16: [-2048, 2048],
  bool: [0, 1],
};

/** Whether numbers can be given as this type. */
export function isWritable(type: string): boolean {
  return type in ranges;
}

/** Whether a type holds these whole numbers as they are. */
export function holds(type: string, values: readonly number[]): boolean {
  const [least, most] = ranges[type] ?? [0, -1];
  return values.every((value) => value >= least && value <= most);
}

/** A tensor of the type that a graph asks for. Throws RangeError for a type that {@link isWritable} does not know. */
export function tensorOf(
  { Tensor }: typeof Ort,
  type: string,
  values: ArrayLike<number>,
  dims: readonly number[],
): Ort.Tensor {
  switch (type) {
    case 'int64':
      return new Tensor(type, BigInt64Array.from(Array.from(values), BigInt), dims);
    case 'uint64':
      return new Tensor(type, BigUint64Array.from(Array.from(values), BigInt), dims);
    case 'int32':
      return new Tensor(type, Int32Array.from(values), dims);
    case 'uint32':
      return new Tensor(type, Uint32Array.from(values), dims);
    case 'int16':
      return new Tensor(type, Int16Array.from(values), dims);
    case 'uint16':
      return new Tensor(type, Uint16Array.from(values), dims);
    case 'int8':
      return new Tensor(type, Int8Array.from(values), dims);
    case 'uint8':
      return new Tensor(type, Uint8Array.from(values), dims);
    case 'bool':
      return new Tensor(
        type,
        Uint8Array.from(values, (value) => (value === 0 ? 0 : 1)),
        dims,
      );
    case 'float64':
      return new Tensor(type, Float64Array.from(values), dims);
    case 'float32':
      return new Tensor(type, Float32Array.from(values), dims);
    case 'float16':
      return asBits(new Tensor(type, new Uint16Array(Uint16Array.from(values, halfBits)), dims));
    default:
      throw new RangeError(`no numbers can be given as ${type}`);
  }
}

/**
 * The same tensor with the bits of its 16-bit floats: where JavaScript knows such numbers, tensors hold them as such,
 * which onnxruntime's binding for Node gives and does not take.
 */
export function asBits(tensor: Ort.Tensor): Ort.Tensor {
  const { data } = tensor;
  const isHalf = tensor.type === 'float16' && !(data instanceof Uint16Array) && ArrayBuffer.isView(data);
  if (isHalf) Object.assign(tensor, { cpuData: new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2) });
  return tensor;
}

const [floats, integers] = sharedView();

function sharedView(): readonly [Float32Array, Uint32Array] {
  const both = new ArrayBuffer(4);
  return [new Float32Array(both), new Uint32Array(both)];
}

/** IEEE 754 binary16, rounded to the nearest, beyond its range to infinity. */
function halfBits(value: number): number {
  floats[0] = value;
  const bits = integers[0] ?? 0;
  const sign = (bits >>> 16) & 0x8000;
  const exponent = ((bits >>> 23) & 0xff) - 112;
  const fraction = bits & 0x7fffff;
  if (Number.isNaN(value)) return 0x7e00;
  if (exponent >= 31) return sign | 0x7c00;
  if (exponent > 0) return sign + roundHalf((exponent << 23) | fraction, 13);
  return exponent < -10 ? sign : sign + roundHalf(fraction | 0x800000, 14 - exponent);
}

/** The upper bits of a number without its `count` lowest, rounded to the nearest, ties to the even one. */
function roundHalf(bits: number, count: number): number {
  const [kept, rest, half] = [bits >>> count, bits & (2 ** count - 1), 2 ** (count - 1)];
  return kept + (rest > half || (rest === half && (kept & 1) === 1) ? 1 : 0);
}

/** The values several times, one after the other. */
export function repeated(values: readonly number[], times: number): readonly number[] {
  return times === 1 ? values : Array.from({ length: times }, () => values).flat();
}

/** One value, so many times. */
export function filledWith(length: number, value: number): number[] {
  return Array.from({ length }, () => value);
}

/** How many elements a tensor of this shape has. */
export function sizeOf(dims: readonly number[]): number {
  return dims.reduce((product, dim) => product * dim, 1);
}
