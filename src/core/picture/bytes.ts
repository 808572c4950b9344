const littleEndianHere = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** The bytes of `values` as little-endian float32: a view without a copy where the machine is little-endian itself. */
export function littleEndian(values: Float32Array): Uint8Array {
  if (littleEndianHere) return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const bytes = new Uint8Array(values.byteLength);
  const view = new DataView(bytes.buffer);
  values.forEach((value, index) => view.setFloat32(index * 4, value, true));
  return bytes;
}

/** The parts as one array. */
export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
