import { isWhitespace } from './characters/classes.ts';
import type { Piece } from './added-tokens.ts';
import type { Model } from './models/model.ts';
import type { Draft } from './post-processors/draft.ts';
import type { PreTokenizer } from './pre-tokenizers/build.ts';
import type { Span } from './span.ts';

/** Lone surrogates cannot be written in UTF-8: models see U+FFFD in their place, of the same length. */
const loneSurrogate = /\p{Surrogate}/gu;

/**
 * Runs normalizer, pre-tokenizer and model over one text; stops early once there are `limit` tokens.
 * Words are numbered by the pre-tokenizer's pieces; with `spacedWords` also whitespace in the text begins one.
 */
export function drafter(split: (original: string) => Piece[], preTokenizer: PreTokenizer | undefined, model: Model, spacedWords: boolean): (text: string, limit: number) => Draft[] {
  return (text, limit) => {
    const drafts: Draft[] = [];
    let word = 0;
    for (const piece of split(text.replace(loneSurrogate, '\ufffd'))) {
      if (piece.added !== undefined) {
        const { id, special } = piece.added;
        drafts.push({ id, raw: piece.span.text, special, word: special ? null : word++, ...rangeOf(piece.span, 0, piece.span.text.length) });
        continue;
      }
      for (const span of preTokenizer === undefined ? [piece.span] : preTokenizer(piece.span)) {
        if (span.text === '') continue;
        if (drafts.length >= limit) return drafts;
        const tokens = model.tokenize(span.text);
        for (let at = 0; at + 2 < tokens.length; at += 3) {
          const id = tokens[at] ?? 0;
          const range = rangeOf(span, tokens[at + 1] ?? 0, tokens[at + 2] ?? 0);
          if (spacedWords && at > 0 && beginsWord(text, range.start, drafts.at(-1)?.start)) word++;
          drafts.push({ id, raw: model.tokenOf(id) ?? '', special: false, word, ...range });
        }
        if (tokens.length > 0) word++;
      }
    }
    return drafts;
  };
}

/** Pieces of one character (the same start) never part. */
function beginsWord(text: string, start: number, before: number | undefined): boolean {
  return start !== before && (isWhitespace(text.charCodeAt(start)) || isWhitespace(text.charCodeAt(start - 1)));
}

function rangeOf(span: Span, from: number, to: number): { start: number; end: number } {
  return { start: span.startOf(from), end: span.endOf(to - 1) };
}
