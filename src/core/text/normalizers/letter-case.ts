import { Rewriter, type Span } from '../span.ts';

/**
 * Lower case character by character, as the original library does: no final sigma, and the capital I with a dot is the
 * only character that grows (to two, which share its range).
 */
export function lowerCased(span: Span): Span {
  const text = span.text;
  const lower = text.replaceAll('Σ', 'σ').toLowerCase();
  if (lower.length === text.length) return lower === text ? span : span.rewritten(lower);
  const rewriter = new Rewriter(span);
  for (const character of text) {
    let change = 0;
    for (const written of character === 'Σ' ? 'σ' : character.toLowerCase()) {
      rewriter.write(written, change);
      change = 1;
    }
  }
  return rewriter.done();
}
