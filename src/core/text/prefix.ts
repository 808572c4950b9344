import { Rewriter, type Span } from './span.ts';

/** Writes `prefix` in front; it shares the range of the first character. An empty span stays empty. */
export function withPrefix(span: Span, prefix: string): Span {
  const first = String.fromCodePoint(span.text.codePointAt(0) ?? 0);
  if (span.text === '') return span;
  const rewriter = new Rewriter(span);
  let change = 0;
  for (const character of prefix + first) {
    rewriter.write(character, change);
    change = 1;
  }
  rewriter.copyTo(span.text.length);
  return rewriter.done();
}
