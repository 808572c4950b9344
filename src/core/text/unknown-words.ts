import { textName } from './cut-words.ts';
import { labelOf, visibleText } from './label.ts';
import type { Sequence, Token } from './token.ts';
import { wordsOf } from './words.ts';
import { words } from '../words/words.ts';

/** Unknown words that a sentence names. */
const maxNamed = 8;
const punctuation = /^\p{P}+$/u;

/**
 * How many words a sequence has (punctuation that is known is none), how many of them the model does not know, wholly
 * or in part.
 */
export interface UnknownWords {
  readonly words: number;
  readonly unknown: number;
  readonly partly: number;
  /** The words that are not known, as people read them, each once. */
  readonly labels: readonly string[];
}

/**
 * Counts the words of a sequence that the tokenizer has no tokens for: the model reads one and the same token for all
 * of them.
 */
export function unknownWordsOf(sequence: Sequence): UnknownWords {
  let [words, unknown, partly] = [0, 0, 0];
  const labels = new Set<string>();
  for (const { first, end } of wordsOf(sequence.tokens)) {
    const tokens = sequence.tokens.slice(first, end);
    const [head] = tokens;
    const strange = tokens.filter((token) => token.unknown).length;
    if (!head || head.special || tokens.every(({ start, end: to }) => start === to)) continue;
    const label = labelOf(sequence, {
      ...head,
      start: Math.min(...tokens.map(({ start }) => start)),
      end: Math.max(...tokens.map(({ end: to }) => to)),
    });
    if (strange === 0 && punctuation.test(label)) continue;
    words++;
    if (strange === 0) continue;
    if (strange === tokens.length) unknown++;
    else partly++;
    labels.add(label);
  }
  return { words, unknown, partly, labels: [...labels] };
}

/** One line a sequence with unknown words: `5 of 9 words are unknown to this model: it reads [UNK] in their place.` */
export function unknownSentences(sequences: readonly Sequence[]): string[] {
  return sequences.flatMap((sequence, index) => {
    const { words: count, unknown, partly } = unknownWordsOf(sequence);
    if (unknown + partly === 0) return [];
    const name = sequences.length > 1 ? textName(sequences, index, 0) : '';
    const read = visibleText(sequence.tokens.find((token) => token.unknown)?.text ?? '');
    return [words().texts.unknown(count, unknown, partly, name, read)];
  });
}

/** The unknown words of all sequences in quotation marks, the first few of them: `“wyvern” and “🐉”`. */
export function unknownNames(sequences: readonly Sequence[]): string {
  const labels = [...new Set(sequences.flatMap((sequence) => unknownWordsOf(sequence).labels))];
  return words().texts.quotedList(labels.slice(0, maxNamed), Math.max(0, labels.length - maxNamed));
}

/** What the title of an unknown token says; nothing of one that is known. */
export function unknownTitle({ unknown, text }: Pick<Token, 'unknown' | 'text'>): string {
  return unknown ? words().texts.unknownToken(visibleText(text)) : '';
}

/**
 * A label where nothing but text can mark it: an unknown token with what the model reads in its place, `wyvern [UNK]`.
 */
export function markedLabelOf(sequence: Sequence, token: Token): string {
  const label = labelOf(sequence, token);
  const read = visibleText(token.text);
  return token.unknown && label !== read ? `${label} ${read}` : label;
}
