const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const codes = Uint8Array.from(alphabet, (letter) => letter.charCodeAt(0));
const pad = '='.charCodeAt(0);
/** Bytes that are encoded at a time: a multiple of 3, and few enough code units for one call of String.fromCharCode. */
const piece = 3 * 4096;

/** The base64 text of `bytes` (RFC 4648 §4, with padding), in pieces that only have to be joined. */
export function* base64Of(bytes: Uint8Array): Generator<string> {
  for (let start = 0; start < bytes.length; start += piece) yield encode(bytes.subarray(start, start + piece));
}

function encode(bytes: Uint8Array): string {
  const out = new Uint8Array(Math.ceil(bytes.length / 3) * 4);
  let at = 0;
  for (let start = 0; start < bytes.length; start += 3) {
    const left = bytes.length - start;
    const three = ((bytes[start] ?? 0) << 16) | ((bytes[start + 1] ?? 0) << 8) | (bytes[start + 2] ?? 0);
    out[at++] = codes[three >> 18] ?? pad;
    out[at++] = codes[(three >> 12) & 63] ?? pad;
    out[at++] = left > 1 ? (codes[(three >> 6) & 63] ?? pad) : pad;
    out[at++] = left > 2 ? (codes[three & 63] ?? pad) : pad;
  }
  return String.fromCharCode(...out);
}
