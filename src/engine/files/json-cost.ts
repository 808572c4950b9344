import { words } from '../../core/words/words.ts';

/** Texts below this are parsed as they are: whatever they hold takes little memory. */
const harmless = 1_000_000;
/** Lists and objects inside one another: files of models nest some ten deep. */
const maxDepth = 500;
/** Values of all kinds: the largest vocabularies, with scores, have three million. */
const maxValues = 6_000_000;

/** Bytes of a model's tokenizer.json that are read, and of its other descriptions. */
export const maxTokenizerBytes = 128 << 20;
export const maxDescriptionBytes = 16 << 20;

const quote = 0x22;
const backslash = 0x5c;

/**
 * What is wrong with a text as JSON before it is parsed: nesting or numbers of values that would take memory out of
 * proportion. Null where there is nothing, or where the text is short. Says nothing of whether it is JSON.
 */
export function jsonCost(text: string): string | null {
  if (text.length < harmless) return null;
  let depth = 0;
  let values = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === quote) {
      at = endOfString(text, at);
    } else if (unit === 0x5b || unit === 0x7b) {
      values++;
      if (++depth > maxDepth) return words().details.files.nested(maxDepth);
    } else if (unit === 0x5d || unit === 0x7d) {
      depth--;
    } else if (unit === 0x2c && ++values > maxValues) {
      return words().details.files.values(maxValues);
    }
  }
  return null;
}

/** Where the string that begins at a quotation mark ends. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let escapes = 0;
    while (text.charCodeAt(at - 1 - escapes) === backslash) escapes++;
    if (escapes % 2 === 0) return at;
  }
  return text.length;
}
