import { combiningRanges, nonspacingRanges, punctuationRanges, removedRanges } from './ranges.ts';

/** One bit per class; a code point's classes are their sum. */
export const PUNCTUATION = 1;
export const NONSPACING = 2;
export const COMBINING = 4;
export const REMOVED = 8;
export const WHITESPACE = 16;
export const IDEOGRAPH = 32;

/** The property White_Space of Unicode, which has not changed since version 6.3. */
const whitespaceRanges = rangesOf([
  [0x9, 0xd],
  [0x20, 0x20],
  [0x85, 0x85],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
]);

/** The CJK blocks that BERT's reference tokenizer puts spaces around. */
const ideographRanges = rangesOf([
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xf900, 0xfaff],
  [0x20000, 0x2a6df],
  [0x2a700, 0x2b73f],
  [0x2b740, 0x2b81f],
  [0x2b920, 0x2ceaf],
  [0x2f800, 0x2fa1f],
]);

const pageSize = 256;
const pages: Uint8Array[] = [];
const empty = new Uint8Array(pageSize);

mark(PUNCTUATION, unpack(punctuationRanges));
mark(NONSPACING, unpack(nonspacingRanges));
mark(COMBINING, unpack(combiningRanges));
mark(REMOVED, unpack(removedRanges));
mark(WHITESPACE, whitespaceRanges);
mark(IDEOGRAPH, ideographRanges);

/** The classes of a code point, as a sum of the bits above. */
export function classesOf(codePoint: number): number {
  return (pages[codePoint >> 8] ?? empty)[codePoint & 255] ?? 0;
}

/** Whether a code point has the property White_Space. */
export function isWhitespace(codePoint: number): boolean {
  return (classesOf(codePoint) & WHITESPACE) !== 0;
}

/** Unpacks ranges written as in `ranges.ts`: first and last code point, in turn. */
export function unpack(packed: string): readonly number[] {
  const bounds: number[] = [];
  let next = 0;
  for (const item of packed.split(' ')) {
    const [gap = '0', length = '0'] = item.split('.');
    const first = next + parseInt(gap, 36);
    const last = first + parseInt(length, 36);
    bounds.push(first, last);
    next = last + 1;
  }
  return bounds;
}

/** The inside of a regular expression's bracket for unpacked ranges. */
export function characterSet(bounds: readonly number[]): string {
  let set = '';
  for (let at = 0; at + 1 < bounds.length; at += 2) {
    set += `\\u{${(bounds[at] ?? 0).toString(16)}}-\\u{${(bounds[at + 1] ?? 0).toString(16)}}`;
  }
  return set;
}

function rangesOf(ranges: readonly (readonly [number, number])[]): readonly number[] {
  return ranges.flat();
}

/** Private-use planes are whole pages: pages of one value are shared. */
function mark(bit: number, bounds: readonly number[]): void {
  for (let at = 0; at + 1 < bounds.length; at += 2) {
    const last = bounds[at + 1] ?? 0;
    for (let codePoint = bounds[at] ?? 0; codePoint <= last; codePoint++) {
      const page = (pages[codePoint >> 8] ??= new Uint8Array(pageSize));
      page[codePoint & 255] = (page[codePoint & 255] ?? 0) | bit;
    }
  }
}
