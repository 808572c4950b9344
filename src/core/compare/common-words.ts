import { textOf, type Sequence, type Token } from '../text/token.ts';
import { wordsOf, type TokenSpan } from '../text/words.ts';

/** A stretch of characters of one of the texts of a sequence, [start, end). */
interface Stretch {
  readonly segment: Token['segment'];
  readonly start: number;
  readonly end: number;
}

/**
 * Sequences of the same text with their words numbered alike: a word is the shortest stretch of characters that all of
 * them part from the next, so that “don't” is as many words in all as in the one that has fewest. Tokens without
 * characters keep a place of their own.
 */
export function withCommonWords(sequences: readonly Sequence[]): readonly Sequence[] {
  const stretches = joined(
    sequences.flatMap((sequence) => wordStretches(sequence).flatMap(({ stretch }) => stretch ?? [])),
  );
  return sequences.map((sequence) => {
    const tokens = [...sequence.tokens];
    for (const [at, { span, stretch }] of wordStretches(sequence).entries()) {
      const found = stretch ? stretches.findIndex((one) => holds(one, stretch)) : -1;
      for (let index = span.first; index < span.end; index++) {
        const token = tokens[index];
        if (token && token.word !== null)
          tokens[index] = { ...token, word: found >= 0 ? found : stretches.length + at };
      }
    }
    return { ...sequence, tokens };
  });
}

/** The characters of a span of tokens without the white space around them; null where they have none. */
export function stretchOf(sequence: Sequence, { first, end }: TokenSpan): Stretch | null {
  const tokens = sequence.tokens.slice(first, end).filter((token) => !token.special && token.end > token.start);
  const [head] = tokens;
  if (!head) return null;
  const from = Math.min(...tokens.map((token) => token.start));
  const text = textOf(sequence, head).slice(from, Math.max(...tokens.map((token) => token.end)));
  const start = from + text.length - text.trimStart().length;
  const length = text.trim().length;
  return length === 0 ? null : { segment: head.segment, start, end: start + length };
}

function wordStretches(sequence: Sequence): readonly { readonly span: TokenSpan; readonly stretch: Stretch | null }[] {
  return wordsOf(sequence.tokens).map((span) => ({ span, stretch: stretchOf(sequence, span) }));
}

/** Stretches in the order of the text; those that share characters are one. */
function joined(stretches: readonly Stretch[]): readonly Stretch[] {
  const all: Stretch[] = [];
  for (const next of [...stretches].sort((a, b) => a.segment - b.segment || a.start - b.start)) {
    const last = all.at(-1);
    if (last && last.segment === next.segment && next.start < last.end)
      all[all.length - 1] = { ...last, end: Math.max(last.end, next.end) };
    else all.push(next);
  }
  return all;
}

function holds(outer: Stretch, inner: Stretch): boolean {
  return outer.segment === inner.segment && outer.start <= inner.start && inner.end <= outer.end;
}
