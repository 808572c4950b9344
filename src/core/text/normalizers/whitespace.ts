import { isWhitespace } from '../characters/classes.ts';
import type { JsonObject } from '../json.ts';
import type { Span } from '../span.ts';
import { without } from './removal.ts';

/** Strip: takes whitespace off the left end, the right end or both. */
export function strip(part: JsonObject): (span: Span) => Span {
  const left = part.boolean('strip_left');
  const right = part.boolean('strip_right');
  return (span) => {
    let start = 0;
    let end = span.text.length;
    while (left && start < end && isWhitespace(span.text.charCodeAt(start))) start++;
    while (right && end > start && isWhitespace(span.text.charCodeAt(end - 1))) end--;
    return span.trimmed(start, end);
  };
}

const spaces = /[\t\n\f\r\u1680\u200b-\u200f\u2028\u2029\u2581\ufeff\ufffd]/g;

/** Nmt: drops control characters and writes other separators as spaces, as SentencePiece's rules for translation do. */
export function nmt(span: Span): Span {
  const kept = without(span, isControl);
  return kept.rewritten(kept.text.replace(spaces, ' '));
}

function isControl(codePoint: number): boolean {
  if (codePoint < 0x20)
    return codePoint > 0 && codePoint !== 0x9 && codePoint !== 0xa && codePoint !== 0xc && codePoint !== 0xd;
  return codePoint === 0x7f || codePoint === 0x8f || codePoint === 0x9f;
}
