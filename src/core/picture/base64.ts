import { strFromU8 } from 'fflate';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const codes = Uint8Array.from(alphabet, (letter) => letter.charCodeAt(0));
const pad = '='.charCodeAt(0);
/** The two letters of every 12 bits, as this machine lays out a 16-bit number. */
const pairs = new Uint16Array(
  Uint8Array.from({ length: 2 << 12 }, (_, at) => codes[at % 2 === 0 ? at >> 7 : (at >> 1) & 63] ?? pad).buffer,
);
/** Bytes that are encoded at a time: a multiple of 3. */
const piece = 3 * 16384;

/** The base64 text of `bytes` (RFC 4648 §4, with padding), in pieces that only have to be joined. */
export function* base64Of(bytes: Uint8Array): Generator<string> {
  // One room for all pieces: only what is made of it is kept.
  const room = new Uint16Array(((Math.min(bytes.length + 2, piece) / 3) | 0) * 2);
  for (let start = 0; start < bytes.length; start += piece)
    yield strFromU8(encode(bytes.subarray(start, start + piece), room));
}

/** Encodes into `room`, which holds two pairs of letters for every three bytes or a part of them. */
function encode(bytes: Uint8Array, room: Uint16Array): Uint8Array {
  let at = 0;
  for (let start = 0; start < bytes.length; start += 3) {
    const three = ((bytes[start] ?? 0) << 16) | ((bytes[start + 1] ?? 0) << 8) | (bytes[start + 2] ?? 0);
    room[at++] = pairs[three >> 12] ?? pad;
    room[at++] = pairs[three & 4095] ?? pad;
  }
  const letters = new Uint8Array(room.buffer, 0, at * 2);
  const missing = (3 - (bytes.length % 3)) % 3;
  return missing > 0 ? letters.fill(pad, -missing) : letters;
}
