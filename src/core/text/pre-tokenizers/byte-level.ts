import type { JsonObject } from '../json.ts';
import { patternOf } from '../patterns/pattern.ts';
import { withPrefix } from '../prefix.ts';
import { Rewriter, type Span } from '../span.ts';
import { byteCharacters, bytesOf } from '../characters/bytes.ts';
import { splitAt } from './splitting.ts';

const printable = /^[!-~]*$/;
const spacedPrintable = /^ [!-~]*$/;
const gpt2Pattern = "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";

/**
 * ByteLevel: splits as GPT-2 does and writes each UTF-8 byte as one printable character; bytes of a character share its
 * range.
 */
export function byteLevel(part: JsonObject): (span: Span) => Span[] {
  const prefixed = part.boolean('add_prefix_space', true);
  const pattern = part.boolean('use_regex', true) ? patternOf(part, gpt2Pattern) : undefined;
  return (span) => {
    const start = prefixed && !span.text.startsWith(' ') ? withPrefix(span, ' ') : span;
    const words = pattern === undefined ? [start] : splitAt(start, pattern(start.text), 'Isolated');
    return words.map(asBytes);
  };
}

/** Writes a span in the byte alphabet. */
export function asBytes(span: Span): Span {
  const text = span.text;
  if (printable.test(text)) return span;
  if (spacedPrintable.test(text)) return span.rewritten('Ġ' + text.slice(1));
  const rewriter = new Rewriter(span);
  for (const character of text) {
    let change = 0;
    for (const byte of bytesOf(character.codePointAt(0) ?? 0)) {
      rewriter.write(byteCharacters[byte] ?? '', change);
      change = 1;
    }
  }
  return rewriter.done();
}
