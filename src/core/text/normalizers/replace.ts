import type { JsonObject } from '../json.ts';
import { soughtBy, type Pattern } from '../patterns/pattern.ts';
import { Rewriter, type Span } from '../span.ts';

/**
 * Replace: every match of a string or regular expression becomes `content`, which takes the range of the last character
 * replaced.
 */
export function replacement(part: JsonObject): (span: Span) => Span {
  const content = part.string('content');
  const sought = part.part('pattern').text('String');
  if (sought?.length === 1 && content.length === 1)
    return (span) => span.rewritten(span.text.replaceAll(sought, () => content));
  const pattern = soughtBy(part);
  return (span) => replaced(span, pattern, content);
}

function replaced(span: Span, pattern: Pattern, content: string): Span {
  const matches = pattern(span.text);
  if (matches.length === 0) return span;
  const rewriter = new Rewriter(span);
  for (let at = 0; at + 1 < matches.length; at += 2) {
    rewriter.copyTo(matches[at] ?? 0);
    rewriter.skipTo(matches[at + 1] ?? 0);
    rewriter.insert(content);
  }
  rewriter.copyTo(span.text.length);
  return rewriter.done();
}
