/**
 * Reads UTF-8; every maximal part that is not well-formed becomes one U+FFFD (Unicode 3.9, as in the WHATWG encoding
 * standard).
 */
export function textFromUtf8(bytes: readonly number[]): string {
  let text = '';
  for (let at = 0; at < bytes.length;) {
    const { codePoint, length } = characterAt(bytes, at);
    text += String.fromCodePoint(codePoint);
    at += length;
  }
  return text;
}

/** Whether bytes are well-formed UTF-8. */
export function isUtf8(bytes: readonly number[]): boolean {
  return lengthOfUtf8(bytes) === bytes.length;
}

/** The number of bytes at the beginning that are well-formed UTF-8: the position of the first that is not, or all. */
export function lengthOfUtf8(bytes: ArrayLike<number>): number {
  for (let at = 0; at < bytes.length;) {
    const { wellFormed, length } = characterAt(bytes, at);
    if (!wellFormed) return at;
    at += length;
  }
  return bytes.length;
}

interface Decoded {
  readonly codePoint: number;
  readonly length: number;
  readonly wellFormed: boolean;
}

function characterAt(bytes: ArrayLike<number>, at: number): Decoded {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return { codePoint: lead, length: 1, wellFormed: true };
  const expected =
    lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
  let codePoint = lead & (0xff >> (expected + 1));
  for (let more = 1; more < expected; more++) {
    const byte = bytes[at + more] ?? 0;
    const [least, most] = more === 1 ? secondBytes(lead) : [0x80, 0xbf];
    if (byte < least || byte > most) return { codePoint: 0xfffd, length: more, wellFormed: false };
    codePoint = (codePoint << 6) | (byte & 63);
  }
  return expected === 0
    ? { codePoint: 0xfffd, length: 1, wellFormed: false }
    : { codePoint, length: expected, wellFormed: true };
}

/** The second byte is limited further after some leads: no overlong forms, no surrogates, nothing above U+10FFFF. */
function secondBytes(lead: number): readonly [number, number] {
  if (lead === 0xe0) return [0xa0, 0xbf];
  if (lead === 0xed) return [0x80, 0x9f];
  if (lead === 0xf0) return [0x90, 0xbf];
  return lead === 0xf4 ? [0x80, 0x8f] : [0x80, 0xbf];
}
