import type { TextBudget } from './budget.ts';
import type { Piece } from './added-tokens.ts';
import type { Model } from './models/model.ts';
import type { Draft, Drafts } from './post-processors/draft.ts';
import type { PreTokenizer } from './pre-tokenizers/build.ts';
import { Span } from './span.ts';
import { beginsWord } from './word-boundary.ts';

/** Lone surrogates cannot be written in UTF-8: models see U+FFFD in their place, of the same length. */
const loneSurrogate = /\p{Surrogate}/gu;

/** Makes the tokens of one text (`segment` tells which), up to about `limit`. */
export type Drafter = (text: string, segment: 0 | 1, limit: number, budget: TextBudget) => Drafts;

/**
 * Runs normalizer, pre-tokenizer and model over one text; stops early once there are `limit` tokens.
 * Words are numbered by the pre-tokenizer's pieces; whitespace that it leaves inside one begins a word, too.
 */
export function drafter(
  split: (original: Span) => Piece[],
  preTokenizer: PreTokenizer | undefined,
  model: Model,
): Drafter {
  return (text, segment, limit, budget) => {
    const drafts: Draft[] = [];
    const matched = new Map<number, string>();
    let word = 0;
    for (const piece of split(Span.of(text.replace(loneSurrogate, '\ufffd'), budget))) {
      if (piece.added !== undefined) {
        const { id, content, special } = piece.added;
        const { span } = piece;
        matched.set(drafts.length, span.text);
        drafts.push({
          id,
          text: content,
          start: span.startOf(0),
          end: span.endOf(span.text.length - 1),
          special,
          word: special ? null : word++,
          segment,
        });
        continue;
      }
      const spans = preTokenizer === undefined ? [piece.span] : preTokenizer(piece.span);
      budget.part = 'vocabulary';
      for (const span of spans) {
        if (span.text === '') continue;
        if (drafts.length >= limit) return { tokens: drafts, matched };
        const tokens = model.tokenize(span.text, budget);
        for (let at = 0; at + 2 < tokens.length; at += 3) {
          const id = tokens[at] ?? 0;
          const start = span.startOf(tokens[at + 1] ?? 0);
          const end = span.endOf((tokens[at + 2] ?? 0) - 1);
          const before = at > 0 ? drafts.at(-1) : undefined;
          if (before && beginsWord(text, before, { start, end })) word++;
          drafts.push({
            id,
            text: model.tokenOf(id) ?? '',
            start,
            end,
            special: false,
            word,
            segment,
            ...(id === model.unknown ? { unknown: true } : {}),
          });
        }
        if (tokens.length > 0) word++;
      }
    }
    return { tokens: drafts, matched };
  };
}
