import { classesOf, IDEOGRAPH, NONSPACING, REMOVED } from '../characters/classes.ts';
import type { JsonObject } from '../json.ts';
import { Rewriter, type Span } from '../span.ts';
import { without } from './removal.ts';
import { lowerCased } from './letter-case.ts';
import { unicodeForm } from './unicode.ts';

const plain = /^[ -~]*$/;
const otherWhitespace = /[\t\n\r\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/g;
const decomposed = unicodeForm('NFD');

/** BertNormalizer: cleaning, spaces around ideographs, accents stripped, lower case, each as the file says. */
export function bertNormalizer(part: JsonObject): (span: Span) => Span {
  const clean = part.boolean('clean_text', true);
  const ideographs = part.boolean('handle_chinese_chars', true);
  const lowercase = part.boolean('lowercase', true);
  const accents = part.value('strip_accents') === null ? lowercase : part.boolean('strip_accents', lowercase);
  return (span) => {
    let result = span;
    if (!plain.test(result.text)) {
      if (clean) result = cleaned(result);
      if (ideographs) result = ideographsApart(result);
      if (accents) result = without(decomposed(result), isNonspacing);
    }
    return lowercase ? lowerCased(result) : result;
  };
}

function cleaned(span: Span): Span {
  const kept = without(span, isRemoved);
  return kept.rewritten(kept.text.replace(otherWhitespace, ' '));
}

function isNonspacing(codePoint: number): boolean {
  return (classesOf(codePoint) & NONSPACING) !== 0;
}

function isRemoved(codePoint: number): boolean {
  return (classesOf(codePoint) & REMOVED) !== 0;
}

function ideographsApart(span: Span): Span {
  const text = span.text;
  let rewriter: Rewriter | undefined;
  for (let at = 0; at < text.length;) {
    const codePoint = text.codePointAt(at) ?? 0;
    const next = at + (codePoint > 0xffff ? 2 : 1);
    if (codePoint > 0x33ff && (classesOf(codePoint) & IDEOGRAPH) !== 0) {
      rewriter ??= new Rewriter(span);
      rewriter.copyTo(at);
      rewriter.write(' ', 0);
      rewriter.insert(text.slice(at, next) + ' ');
    }
    at = next;
  }
  if (rewriter === undefined) return span;
  rewriter.copyTo(text.length);
  return rewriter.done();
}
