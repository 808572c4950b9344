/**
 * The byte alphabet of byte-level BPE (GPT-2): one printable character for each byte value; printable Latin-1 stands
 * for itself.
 */
export const byteCharacters: readonly string[] = alphabet();

/** The byte value of each character of the byte alphabet. */
export const byteValues: ReadonlyMap<string, number> = new Map(
  byteCharacters.map((character, byte) => [character, byte]),
);

/** The UTF-8 bytes of a code point. */
export function bytesOf(codePoint: number): readonly number[] {
  if (codePoint < 0x80) return [codePoint];
  if (codePoint < 0x800) return [0xc0 | (codePoint >> 6), 0x80 | (codePoint & 63)];
  if (codePoint < 0x10000) return [0xe0 | (codePoint >> 12), 0x80 | ((codePoint >> 6) & 63), 0x80 | (codePoint & 63)];
  return [
    0xf0 | (codePoint >> 18),
    0x80 | ((codePoint >> 12) & 63),
    0x80 | ((codePoint >> 6) & 63),
    0x80 | (codePoint & 63),
  ];
}

function alphabet(): string[] {
  const characters: string[] = [];
  let spare = 256;
  for (let byte = 0; byte < 256; byte++) {
    const itself = (byte > 0x20 && byte < 0x7f) || (byte > 0xa0 && byte !== 0xad);
    characters.push(String.fromCharCode(itself ? byte : spare++));
  }
  return characters;
}
