import { classesOf, PUNCTUATION, WHITESPACE } from '../characters/classes.ts';
import type { Span } from '../span.ts';

/** BertPreTokenizer: whitespace is dropped, each punctuation character stands alone. */
export function bertWords(span: Span): Span[] {
  const text = span.text;
  const words: Span[] = [];
  let start = 0;
  for (let at = 0; at < text.length;) {
    const codePoint = text.codePointAt(at) ?? 0;
    const next = at + (codePoint > 0xffff ? 2 : 1);
    const classes = classesOf(codePoint);
    if ((classes & (WHITESPACE | PUNCTUATION)) !== 0) {
      if (start < at) words.push(span.slice(start, at));
      if ((classes & WHITESPACE) === 0) words.push(span.slice(at, next));
      start = next;
    }
    at = next;
  }
  if (start < text.length) words.push(span.slice(start, text.length));
  return words;
}
