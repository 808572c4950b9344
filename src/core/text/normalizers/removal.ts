import { Rewriter, type Span } from '../span.ts';

/** Removes characters; what remains keeps its own range. */
export function without(span: Span, removed: (codePoint: number) => boolean): Span {
  const text = span.text;
  let rewriter: Rewriter | undefined;
  for (let at = 0; at < text.length;) {
    const codePoint = text.codePointAt(at) ?? 0;
    const next = at + (codePoint > 0xffff ? 2 : 1);
    if (removed(codePoint)) {
      rewriter ??= new Rewriter(span);
      rewriter.copyTo(at);
      rewriter.skipTo(next);
    }
    at = next;
  }
  if (rewriter === undefined) return span;
  rewriter.copyTo(text.length);
  return rewriter.done();
}
