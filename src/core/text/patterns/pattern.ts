import type { JsonObject } from '../json.ts';
import type { Matches } from '../pre-tokenizers/splitting.ts';
import { translated } from './translate.ts';
import { words } from '../../words/words.ts';

/** Characters of the longest pattern that is read: those that list ranges of characters have some hundred. */
const maxSource = 4096;
/** Characters of the longest translation: every set is written out. */
const maxTranslation = 1_000_000;

/** Finds all matches of a pattern in a text. */
export type Pattern = (text: string) => Matches;

/**
 * Compiles a regular expression of the original library (Oniguruma, Ruby syntax); refuses what cannot be said in
 * JavaScript.
 */
export function patternOf(part: JsonObject, source: string): Pattern {
  if (source.length > maxSource) throw part.unsupported(words().details.tokenizer.longPattern(source.length));
  const expression = compiled(source);
  if (expression === undefined) throw part.unsupported(words().details.tokenizer.pattern(source));
  return (text) => matchesOf(expression, text);
}

/** Finds a literal string; an empty one is found nowhere. */
export function literal(sought: string): Pattern {
  return (text) => {
    const matches: number[] = [];
    for (let at = sought === '' ? -1 : text.indexOf(sought); at >= 0; at = text.indexOf(sought, at + sought.length)) {
      matches.push(at, at + sought.length);
    }
    return matches;
  };
}

/** The pattern of a component: a literal string or a regular expression. */
export function soughtBy(part: JsonObject): Pattern {
  const pattern = part.part('pattern');
  const sought = pattern.text('String');
  if (sought !== undefined) return literal(sought);
  part.reading.hasPatterns = true;
  return patternOf(pattern, pattern.string('Regex'));
}

function compiled(source: string): RegExp | undefined {
  const pattern = translated(source);
  if (pattern === undefined || pattern.length > maxTranslation) return undefined;
  try {
    return new RegExp(pattern, 'gv');
  } catch {
    return undefined;
  }
}

/** An empty match directly after the match before it does not count. */
function matchesOf(expression: RegExp, text: string): Matches {
  const matches: number[] = [];
  let end = -1;
  expression.lastIndex = 0;
  for (let match = expression.exec(text); match !== null; match = expression.exec(text)) {
    const start = match.index;
    const stop = start + match[0].length;
    // V8 finds empty matches between the two halves of a character.
    if (stop === start && (text.codePointAt(start - 1) ?? 0) > 0xffff) {
      expression.lastIndex = start + 1;
      continue;
    }
    if (stop > start || start !== end) {
      matches.push(start, stop);
      end = stop;
    }
    if (stop === start) expression.lastIndex = stop + ((text.codePointAt(stop) ?? 0) > 0xffff ? 2 : 1);
  }
  return matches;
}
