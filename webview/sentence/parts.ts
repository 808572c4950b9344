import { continuesWord } from '../../src/core/text/label.ts';
import { textOf, type Sequence } from '../../src/core/text/token.ts';
import { labelAt } from '../words/label.ts';

/**
 * A stretch of a sentence: characters of one token (or of several that share them), a special token, what stands
 * between tokens, or what the model did not take. Put in order, the texts of all but `special` are the analysed text
 * itself; `second` stands where the second text of a pair begins.
 */
export type SentencePart =
  | { readonly kind: 'token'; readonly tokens: readonly number[]; readonly text: string; readonly joined: boolean }
  | { readonly kind: 'special'; readonly tokens: readonly [number]; readonly text: string }
  | { readonly kind: 'gap'; readonly text: string }
  | { readonly kind: 'rest'; readonly text: string }
  | { readonly kind: 'second'; readonly text: '' };

/** Cuts a sequence into parts, in the order of its tokens. */
export function partsOf(sequence: Sequence): SentencePart[] {
  const parts: SentencePart[] = [];
  let segment: 0 | 1 = 0;
  let at = 0;
  for (const [index, token] of sequence.tokens.entries()) {
    if (token.segment !== segment) {
      parts.push(...tail(sequence.text, at, sequence.analysedTo), { kind: 'second', text: '' });
      segment = token.segment;
      at = 0;
    }
    if (token.start === token.end) {
      if (token.special) parts.push({ kind: 'special', tokens: [index], text: labelAt(sequence, index) });
      continue;
    }
    const text = textOf(sequence, token);
    if (token.start > at) parts.push({ kind: 'gap', text: text.slice(at, token.start) });
    if (token.end <= at) {
      share(parts, index);
      continue;
    }
    parts.push({
      kind: 'token',
      tokens: [index],
      text: text.slice(Math.max(at, token.start), token.end),
      joined: continuesWord(sequence, index),
    });
    at = token.end;
  }
  const text = segment === 1 ? (sequence.pair ?? '') : sequence.text;
  parts.push(...tail(text, at, segment === 0 ? sequence.analysedTo : sequence.pairAnalysedTo));
  // A second text of which nothing was taken has no token that leads to it.
  if (segment === 0 && sequence.pair !== undefined && sequence.pairAnalysedTo === 0)
    parts.push({ kind: 'second', text: '' }, ...tail(sequence.pair, 0, 0));
  return parts;
}

/** Gives a token whose characters are all taken to the part that has them. */
function share(parts: SentencePart[], token: number): void {
  const last = parts.findLastIndex((part) => part.kind === 'token');
  const part = parts[last];
  if (part?.kind === 'token') parts[last] = { ...part, tokens: [...part.tokens, token] };
}

function tail(text: string, at: number, analysedTo: number | undefined): SentencePart[] {
  const end = analysedTo ?? text.length;
  const parts: SentencePart[] = [];
  if (end > at) parts.push({ kind: 'gap', text: text.slice(at, end) });
  if (end < text.length) parts.push({ kind: 'rest', text: text.slice(Math.max(at, end)) });
  return parts;
}
