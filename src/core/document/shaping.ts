import type { Span } from './tracked-range.ts';

/** The blocks of scripts written from right to left, and the controls that begin such text. */
const rightToLeft =
  /[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
/**
 * So many UTF-16 units on either side of a place decide whether it stands inside a cluster: longer clusters are no
 * text.
 */
const around = 32;

const clusters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * Whether a stretch of `text` can be set apart from its neighbours and still look the same: an editor that gives it a
 * colour of its own lays it out by itself.
 *
 * Not in a line with right-to-left text, whose parts would change their order, nor where an end of the stretch lies
 * inside what a reader takes for one character (extended grapheme clusters, UAX #29). `span` is in UTF-16 units of
 * `text`.
 */
export function standsApart(text: string, { start, end }: Span): boolean {
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, endOfLine(text, end));
  return !rightToLeft.test(line) && isBoundary(text, start) && isBoundary(text, end);
}

function endOfLine(text: string, from: number): number {
  const found = text.indexOf('\n', from);
  return found < 0 ? text.length : found;
}

function isBoundary(text: string, at: number): boolean {
  if (at <= 0 || at >= text.length) return true;
  const from = Math.max(0, at - around);
  return clusters.segment(text.slice(from, at + around)).containing(at - from)?.index === at - from;
}
