/** The base of the polynomial; odd, so that no character is lost in the 32 bits. */
const base = 0x01000193;

/**
 * A short name of a text by which it is recognised in a document, 1 to 7 letters and digits: a polynomial over its
 * UTF-16 code units modulo 2³² (Karp & Rabin 1987). No secret: a text with a given name is easily made.
 */
export function fingerprint(text: string): string {
  let sum = 0;
  for (let at = 0; at < text.length; at++) sum = step(sum, text.charCodeAt(at));
  return nameOf(sum);
}

/**
 * Where a text of `length` code units with this fingerprint begins in a document, nearest to `near`; null when it is
 * nowhere. Takes one pass over the document.
 */
export function findFingerprint(document: string, print: string, length: number, near: number): number | null {
  if (length < 1 || length > document.length) return null;
  const wanted = Number.parseInt(print, 36) | 0;
  let power = 1;
  for (let count = 1; count < length; count++) power = Math.imul(power, base);
  let sum = 0;
  let best: number | null = null;
  for (let end = 0; end < document.length; end++) {
    const start = end - length + 1;
    if (start > 0) sum = (sum - Math.imul(document.charCodeAt(start - 1), power)) | 0;
    sum = step(sum, document.charCodeAt(end));
    if (start < 0 || sum !== wanted) continue;
    if (best === null || Math.abs(start - near) < Math.abs(best - near)) best = start;
  }
  return best;
}

function step(sum: number, code: number): number {
  return (Math.imul(sum, base) + code) | 0;
}

function nameOf(sum: number): string {
  return (sum >>> 0).toString(36);
}
