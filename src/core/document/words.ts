import type { MapInfo } from '../attention/map.ts';
import { rowNames, rowText, type RowChoice } from '../attention/row-names.ts';
import type { Link } from '../attention/rows.ts';
import { labelOf, visibleText } from '../text/label.ts';
import type { Sequence } from '../text/token.ts';
import { wordsOf as groupTokens, type TokenSpan } from '../text/words.ts';

/** Tokens that make up one word; a special token, and every token that no word claims, stands alone. */
export interface Word {
  /** The word as people read it: see {@link labelOf}. */
  readonly label: string;
  /** Where its tokens stand in the sequence. */
  readonly tokens: TokenSpan;
  /** UTF-16 code units of the text of `segment`. */
  readonly start: number;
  readonly end: number;
  readonly segment: 0 | 1;
  /** What the model reads in place of characters that it does not know; absent where it knows them all. */
  readonly unknown?: string;
}

/** The words of a sequence, in its order. */
export function wordsOf(sequence: Sequence): Word[] {
  return groupTokens(sequence.tokens).flatMap((span) => wordFrom(sequence, span) ?? []);
}

function wordFrom(sequence: Sequence, span: TokenSpan): Word | null {
  const tokens = sequence.tokens.slice(span.first, span.end);
  const [first] = tokens;
  if (!first) return null;
  const start = Math.min(...tokens.map((token) => token.start));
  const end = Math.max(...tokens.map((token) => token.end));
  const unknown = tokens.some((token) => token.unknown)
    ? visibleText(tokens.map(({ text }) => text).join(''))
    : undefined;
  return {
    label: labelOf(sequence, { ...first, start, end }),
    tokens: span,
    start,
    end,
    segment: first.segment,
    ...(unknown === undefined ? {} : { unknown }),
  };
}

/**
 * The word whose characters hold the UTF-16 offset of the first text (of a pair's second, segment 1), or null between
 * words.
 */
export function wordAt(words: readonly Word[], offset: number, segment: Word['segment'] = 0): Word | null {
  return words.find((word) => word.segment === segment && word.start <= offset && offset < word.end) ?? null;
}

/** The label of the word that begins with a token; nothing where none does. */
export function labelIn(words: readonly Word[], token: number): string {
  return words.find(({ tokens }) => tokens.first === token)?.label ?? '';
}

/** The words of a map's queries; those of a decoder are called by what is read and written at their step. */
export function rowWordsOf(
  words: readonly Word[],
  map: Pick<MapInfo, 'rows' | 'queries'>,
  sequences: readonly Sequence[],
  choice: RowChoice,
): readonly Word[] {
  const names = rowNames(map, sequences, 'words');
  return words.map((word, index) => (names?.[index] ? { ...word, label: rowText(names[index], choice) } : word));
}

/** A link to or from a word: `index` counts the words. */
export interface WordLink extends Link {
  readonly word: Word;
}
