import type { Sequence, Token } from '../../../../src/core/text/token.ts';

/** How a made-up tokenizer marks what it does: WordPiece's `##` inside words, or byte-level BPE's `Ġ` before them. */
export type Marks = 'wordpiece' | 'byte-level';

const longest = 7;

/** Cuts a text as a tokenizer would: words, punctuation, long words in pieces, and special tokens around. */
export function tokenize(text: string, marks: Marks, analysedTo?: number): Sequence {
  const tokens: Token[] = [];
  let word = 0;
  const special = (name: string, at: number): void => {
    tokens.push({ id: idOf(name), text: name, start: at, end: at, special: true, word: null, segment: 0 });
  };
  if (marks === 'wordpiece') special('[CLS]', 0);
  const end = analysedTo ?? text.length;
  for (const match of text.slice(0, end).matchAll(marks === 'wordpiece' ? /\w+|[^\w\s]/g : /\n| ?\w+| ?[^\w\s]/g)) {
    pieces(match[0]).forEach((piece, index, all) => {
      const start = match.index + all.slice(0, index).join('').length;
      const shown =
        marks === 'wordpiece' ? (index > 0 ? `##${piece}` : piece) : piece.replace(' ', 'Ġ').replace('\n', 'Ċ');
      tokens.push({ id: idOf(shown), text: shown, start, end: start + piece.length, special: false, word, segment: 0 });
    });
    word++;
  }
  if (marks === 'wordpiece') special('[SEP]', end);
  return analysedTo === undefined ? { text, tokens } : { text, tokens, analysedTo };
}

/** Cuts two texts as a BERT does: `[CLS] first [SEP] second [SEP]`, the second with its last token in segment 1. */
export function tokenizePair(first: string, second: string): Sequence {
  const one = tokenize(first, 'wordpiece');
  const words = 1 + Math.max(...one.tokens.map(({ word }) => word ?? -1));
  const two = tokenize(second, 'wordpiece')
    .tokens.slice(1)
    .map((token): Token => ({ ...token, word: token.word === null ? null : token.word + words, segment: 1 }));
  return { text: first, pair: second, tokens: [...one.tokens, ...two] };
}

/** A text of exactly so many WordPiece tokens, special ones included. */
export function textOfTokens(count: number): string {
  const words = (
    'The old lighthouse keeper remembered every storm that had crossed the bay , ' +
    'and wrote them down in a small book .'
  ).split(' ');
  let text = '';
  let tokens = 2;
  for (let index = 0; tokens < count; index++) {
    const word = words[index % words.length] ?? '';
    const cost = pieces(word).length;
    if (tokens + cost > count) continue;
    text += (text === '' || /\W/.test(word) ? '' : ' ') + word;
    tokens += cost;
  }
  return text;
}

function pieces(word: string): string[] {
  return word.length > longest ? [word.slice(0, longest - 2), word.slice(longest - 2)] : [word];
}

function idOf(text: string): number {
  return [...text.toLowerCase()].reduce((id, character) => (id * 31 + (character.codePointAt(0) ?? 0)) % 30_000, 7);
}
