import { spellingOf } from './label.ts';
import type { Token } from './token.ts';
import type { Tokenizer } from './tokenizer.ts';
import { beginsWord } from './word-boundary.ts';

/** What stands for bytes that are no whole character yet. */
const broken = /\ufffd+$/;
/** Tokens before a written one that its text may depend on: spaces, joined pieces, bytes of one character. */
const context = 8;

/**
 * What a token adds to the text when it is written after the tokens `before`, its space before it included. A special
 * token is given by its name, a piece of a character by its bytes: never a mark of the vocabulary.
 */
export function addedText(tokenizer: Tokenizer, before: readonly number[], id: number): string {
  const name = tokenizer.tokenText(id);
  if (tokenizer.decode([id]) === '' && tokenizer.decode([id], { skipSpecialTokens: false }) !== '') return name;
  const near = before.slice(-context);
  const [without, written] = [tokenizer.decode(near).replace(broken, ''), tokenizer.decode([...near, id])];
  const added = written.startsWith(without) ? written.slice(without.length) : tokenizer.decode([id]);
  return added.includes('\ufffd') ? spellingOf(name) : added;
}

/** Tokens that a model wrote after others, and the text that they make. */
export interface WrittenText {
  readonly text: string;
  readonly tokens: readonly Token[];
}

/**
 * The text of the tokens `ids` after the tokens `before`, and where in it each token stands, counted from `offset`.
 * Tokens that make one character together share its range; words are numbered on from `word`, a new one after every
 * space.
 */
export function writtenText(
  tokenizer: Tokenizer,
  before: readonly number[],
  ids: readonly number[],
  offset = 0,
  word = 0,
): WrittenText {
  const near = before.slice(-context);
  const begin = tokenizer.decode(near).replace(broken, '').length;
  const text = tokenizer.decode([...near, ...ids]).slice(begin);
  const ends = ids.map((_, index) => {
    const sofar = tokenizer.decode([...near, ...ids.slice(0, index + 1)]);
    return index === ids.length - 1
      ? text.length
      : Math.min(Math.max(0, sofar.replace(broken, '').length - begin), text.length);
  });
  let reached = 0;
  let number = word - 1;
  let last: { readonly start: number; readonly end: number } | null = null;
  const tokens = ids.map((id, index): Token => {
    const start = reached;
    const own = (ends[index] ?? 0) > start;
    const end = own ? (ends[index] ?? start) : sharedEnd(tokenizer, id, ends.slice(index), start);
    if (own) reached = end;
    const special = end === start;
    if (!special && (last === null || beginsWord(text, last, { start, end }))) number++;
    if (!special) last = { start, end };
    return {
      id,
      text: tokenizer.tokenText(id),
      start: offset + start,
      end: offset + end,
      special,
      word: special ? null : number,
      segment: 0,
    };
  });
  return { text, tokens };
}

/** A token that adds nothing yet is a special one, or the first bytes of the character that comes next. */
function sharedEnd(tokenizer: Tokenizer, id: number, ends: readonly number[], start: number): number {
  return tokenizer.decode([id]) === '' ? start : (ends.find((end) => end > start) ?? start);
}
