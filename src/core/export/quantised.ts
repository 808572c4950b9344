/** Bits that a weight is kept in. */
export type Bits = 8 | 16;

/**
 * Weights from 0 to 1 in 8 or 16 bits each, little-endian, by their square root: small weights, which pictures show
 * too, keep more of their digits. A weight w comes back within √w / (2ᵇ − 1) of what it was.
 */
export function quantised(weights: Float32Array, bits: Bits): Uint8Array {
  const most = 2 ** bits - 1;
  const bytes = new Uint8Array((weights.length * bits) / 8);
  weights.forEach((weight, index) => {
    const level = Math.round(Math.sqrt(Math.min(1, Math.max(0, weight))) * most);
    if (bits === 8) {
      bytes[index] = level;
    } else {
      bytes[2 * index] = level & 255;
      bytes[2 * index + 1] = level >> 8;
    }
  });
  return bytes;
}

/** The weights behind {@link quantised} bytes. */
export function restored(bytes: Uint8Array, bits: Bits): Float32Array {
  const most = 2 ** bits - 1;
  return Float32Array.from({ length: (bytes.length * 8) / bits }, (_, index) => {
    const level = bits === 8 ? (bytes[index] ?? 0) : (bytes[2 * index] ?? 0) | ((bytes[2 * index + 1] ?? 0) << 8);
    return (level / most) ** 2;
  });
}
