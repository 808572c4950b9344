import type { Piece } from './added-tokens.ts';
import type { Model } from './models/model.ts';
import type { Draft } from './post-processors/draft.ts';
import type { PreTokenizer } from './pre-tokenizers/build.ts';
import type { Span } from './span.ts';

/** Lone surrogates cannot be written in UTF-8: models see U+FFFD in their place, of the same length. */
const loneSurrogate = /\p{Surrogate}/gu;

/** Runs normalizer, pre-tokenizer and model over one text; stops early once there are `limit` tokens. */
export function drafter(split: (original: string) => Piece[], preTokenizer: PreTokenizer | undefined, model: Model): (text: string, limit: number) => Draft[] {
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
          drafts.push({ id, raw: model.tokenOf(id) ?? '', special: false, word, ...rangeOf(span, tokens[at + 1] ?? 0, tokens[at + 2] ?? 0) });
        }
        if (tokens.length > 0) word++;
      }
    }
    return drafts;
  };
}

function rangeOf(span: Span, from: number, to: number): { start: number; end: number } {
  return { start: span.startOf(from), end: span.endOf(to - 1) };
}
