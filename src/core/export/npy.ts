import { littleEndian } from '../picture/bytes.ts';

const magic = [0x93, ...ascii('NUMPY'), 1, 0];
/** Magic, version and header together are padded to a multiple of this. */
const alignment = 64;

/**
 * A float32 array as an `.npy` file, version 1.0, little-endian, C order (numpy/lib/format.py, NEP 1). `values` holds
 * as many numbers as `shape` says; throws RangeError otherwise.
 */
export function npyOf(values: Float32Array, shape: readonly number[]): Uint8Array {
  const count = shape.reduce((product, size) => product * size, 1);
  if (count !== values.length)
    throw new RangeError(`The shape holds ${count} numbers, but there are ${values.length}.`);
  const prefix = headerOf(shape);
  const bytes = new Uint8Array(prefix.length + values.byteLength);
  bytes.set(prefix);
  bytes.set(littleEndian(values), prefix.length);
  return bytes;
}

function headerOf(shape: readonly number[]): Uint8Array {
  // Python writes a tuple of one with a comma behind it.
  const tuple = shape.length === 1 ? `${shape.join()},` : shape.join(', ');
  const text = `{'descr': '<f4', 'fortran_order': False, 'shape': (${tuple}), }`;
  const unpadded = magic.length + 2 + text.length + 1;
  const total = Math.ceil(unpadded / alignment) * alignment;
  const length = total - magic.length - 2;
  return Uint8Array.from([...magic, length & 255, length >> 8, ...ascii(`${text.padEnd(length - 1)}\n`)]);
}

function ascii(text: string): number[] {
  return Array.from(text, (letter) => letter.charCodeAt(0));
}
