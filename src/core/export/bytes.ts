const littleEndianHere = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** The bytes of `values` as little-endian float32: a view without a copy where the machine is little-endian itself. */
export function littleEndian(values: Float32Array): Uint8Array {
  if (littleEndianHere) return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const bytes = new Uint8Array(values.byteLength);
  const view = new DataView(bytes.buffer);
  values.forEach((value, index) => view.setFloat32(index * 4, value, true));
  return bytes;
}
