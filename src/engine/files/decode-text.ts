import { lengthOfUtf8 } from '../../core/text/characters/utf8.ts';
import { words } from '../../core/words/words.ts';

/**
 * Bytes that are not the text that they should be; the message says which and where, fit for the middle of a sentence.
 */
export class EncodingError extends Error {}

/**
 * The text of a file, an answer or a stream: UTF-8, or UTF-16 where a byte order mark says so; the mark itself is not
 * part of the text. Throws {@link EncodingError} for bytes that are not valid there.
 */
export function decodeText(bytes: Uint8Array): string {
  const [a, b, c, d] = bytes;
  if (a === 0xff && b === 0xfe && c === 0 && d === 0) throw new EncodingError(words().details.files.utf32);
  if (a === 0xff && b === 0xfe) return utf16(bytes, 'little-endian');
  if (a === 0xfe && b === 0xff) return utf16(bytes, 'big-endian');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (thrown) {
    const at = lengthOfUtf8(bytes);
    throw new EncodingError(
      words().details.files.utf8((bytes[at] ?? 0).toString(16).toUpperCase().padStart(2, '0'), at),
      { cause: thrown },
    );
  }
}

/** A text that was handed over as a string, without the byte order mark that its file began with. */
export function withoutMark(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

/** Not every Node decodes both orders of bytes: big-endian ones are swapped first. */
function utf16(bytes: Uint8Array, order: 'little-endian' | 'big-endian'): string {
  const own = order === 'little-endian' ? bytes : Uint8Array.from(bytes, (_, at) => bytes[at ^ 1] ?? 0);
  try {
    if (bytes.length % 2 !== 0) throw new RangeError('half a character is left over');
    return new TextDecoder('utf-16le', { fatal: true }).decode(own);
  } catch (thrown) {
    throw new EncodingError(words().details.files.utf16(order), { cause: thrown });
  }
}
