import type { JsonObject } from '../json.ts';
import { words } from '../../words/words.ts';

/** Looks up the replacement of the shortest beginning of a text that the map holds; undefined when it holds none. */
export type Charsmap = (text: Uint8Array | readonly number[]) => string | undefined;

/**
 * Reads SentencePiece's compiled rules: the byte length of a double-array trie (little-endian), the trie (32-bit units,
 * as in Darts-clone), then the replacements as UTF-8, each ended by NUL; a trie value is the place of its replacement.
 */
export function readCharsmap(part: JsonObject): Charsmap {
  const base64 = part.string('precompiled_charsmap');
  if (base64.length > maxBase64)
    throw part.invalid(words().details.tokenizer.long('precompiled_charsmap', base64.length));
  const bytes = fromBase64(base64);
  const view = bytes === undefined || bytes.length < 8 ? undefined : new DataView(bytes.buffer);
  const trieBytes = view?.getUint32(0, true) ?? 0;
  if (bytes === undefined || view === undefined || trieBytes < 4 || trieBytes > bytes.length - 4)
    throw part.invalid(words().details.tokenizer.damaged('precompiled_charsmap'));
  const units = Uint32Array.from({ length: trieBytes >>> 2 }, (_, at) => view.getUint32(4 + 4 * at, true));
  const texts = bytes.subarray(4 + trieBytes);
  const decoded = new Map<number, string>();
  return (text) => {
    const place = shortestMatch(units, text);
    if (place < 0) return undefined;
    let known = decoded.get(place);
    if (known === undefined) {
      known = textAt(texts, place);
      decoded.set(place, known);
    }
    return known;
  };
}

/** The value of the shortest key that the text begins with, -1 for none. */
function shortestMatch(units: Uint32Array, text: Uint8Array | readonly number[]): number {
  let node = offsetOf(units[0] ?? 0);
  for (const byte of text) {
    if (byte === 0) break;
    node ^= byte;
    const unit = units[node];
    if (unit === undefined || (unit & 0x800000ff) >>> 0 !== byte) return -1;
    node ^= offsetOf(unit);
    if (((unit >>> 8) & 1) === 1) return (units[node] ?? 0) & 0x7fffffff;
  }
  return -1;
}

function offsetOf(unit: number): number {
  return (unit >>> 10) << ((unit & 0x200) >>> 6);
}

/** Decodes UTF-8 up to the next NUL. */
function textAt(bytes: Uint8Array, start: number): string {
  let text = '';
  for (let at = start; at < bytes.length && bytes[at] !== 0;) {
    const lead = bytes[at] ?? 0;
    const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    let codePoint = length === 1 ? lead : lead & (0xff >> (length + 1));
    for (let more = 1; more < length; more++) codePoint = (codePoint << 6) | ((bytes[at + more] ?? 0) & 63);
    text += codePoint > 0x10ffff ? '\ufffd' : String.fromCodePoint(codePoint);
    at += length;
  }
  return text;
}

/** Characters of the largest map that is read: SentencePiece's own have 320,000. */
const maxBase64 = 4_000_000;
const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  const characters = text.replace(/=+$/, '');
  const bytes = new Uint8Array(Math.floor((characters.length * 3) / 4));
  let bits = 0;
  let held = 0;
  let length = 0;
  for (const character of characters) {
    const digit = digits.indexOf(character);
    if (digit < 0) return undefined;
    held = ((held << 6) | digit) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[length++] = (held >> bits) & 255;
  }
  return bytes;
}
