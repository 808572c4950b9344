import type { Sequence, Token } from '../../../src/core/text/token.ts';

/** A token of a word, or a special one without. */
export const token = (text: string, start: number, end: number, word: number | null): Token => ({
  id: 1,
  text,
  start,
  end,
  word,
  special: word === null,
  segment: 0,
});

/** Five tokens, of which the second and third are one word. */
export const unhappyCats: Sequence = {
  text: 'unhappy cats',
  tokens: [
    token('[CLS]', 0, 0, null),
    token('un', 0, 2, 0),
    token('##happy', 2, 7, 0),
    token('cats', 8, 12, 1),
    token('[SEP]', 12, 12, null),
  ],
};
