import { classesOf, PUNCTUATION, WHITESPACE } from '../characters/classes.ts';
import type { JsonObject } from '../json.ts';
import { wordSet, whitespaceSet } from '../patterns/character-sets.ts';
import { soughtBy } from '../patterns/pattern.ts';
import type { Span } from '../span.ts';
import { behaviorOf, splitAt, type Matches } from './splitting.ts';
import { words } from '../../words/words.ts';

const wordOrSign = new RegExp(`${wordSet}+|[^${wordSet}${whitespaceSet}]+`, 'gv');
const numeric = /\p{N}/gu;

/** Whitespace: runs of word characters, and runs of what is neither word nor whitespace. */
export function wordsAndSigns(span: Span): Span[] {
  return splitAt(span, found(span.text, wordOrSign), 'Removed', true);
}

/** WhitespaceSplit: what stands between whitespace. */
export function whitespaceSplit(span: Span): Span[] {
  return splitAt(span, classed(span.text, WHITESPACE), 'Removed');
}

/** Punctuation: splits at punctuation, which goes where the file says. */
export function punctuation(part: JsonObject): (span: Span) => Span[] {
  const behavior = behaviorOf(part, 'Isolated');
  return (span) => splitAt(span, classed(span.text, PUNCTUATION), behavior);
}

/** Digits: numbers apart from the rest, as runs or digit by digit. */
export function digits(part: JsonObject): (span: Span) => Span[] {
  const behavior = part.boolean('individual_digits', false) ? 'Isolated' : 'Contiguous';
  return (span) => splitAt(span, found(span.text, numeric), behavior);
}

/** Split: splits at a string or regular expression, which goes where the file says. */
export function patternSplit(part: JsonObject): (span: Span) => Span[] {
  const pattern = soughtBy(part);
  const behavior = behaviorOf(part);
  const invert = part.boolean('invert', false);
  return (span) => splitAt(span, pattern(span.text), behavior, invert);
}

/** CharDelimiterSplit: what stands between a character. */
export function delimiterSplit(part: JsonObject): (span: Span) => Span[] {
  const delimiter = part.short('delimiter');
  return (span) => {
    const matches: number[] = [];
    for (
      let at = span.text.indexOf(delimiter);
      at >= 0 && delimiter !== '';
      at = span.text.indexOf(delimiter, at + delimiter.length)
    ) {
      matches.push(at, at + delimiter.length);
    }
    return splitAt(span, matches, 'Removed');
  };
}

/** FixedLength: pieces of so many characters. */
export function fixedLength(part: JsonObject): (span: Span) => Span[] {
  const length = part.index('length', 5);
  if (length === 0) throw part.invalid(words().details.tokenizer.length);
  return (span) => {
    const pieces: Span[] = [];
    let start = 0;
    let end = 0;
    let count = 0;
    for (const character of span.text) {
      end += character.length;
      if (++count % length !== 0) continue;
      pieces.push(span.slice(start, end));
      start = end;
    }
    if (start < end) pieces.push(span.slice(start, end));
    return pieces;
  };
}

function found(text: string, expression: RegExp): Matches {
  const matches: number[] = [];
  for (const match of text.matchAll(expression)) matches.push(match.index, match.index + match[0].length);
  return matches;
}

function classed(text: string, bits: number): Matches {
  const matches: number[] = [];
  for (let at = 0; at < text.length;) {
    const codePoint = text.codePointAt(at) ?? 0;
    const next = at + (codePoint > 0xffff ? 2 : 1);
    if ((classesOf(codePoint) & bits) !== 0) matches.push(at, next);
    at = next;
  }
  return matches;
}
