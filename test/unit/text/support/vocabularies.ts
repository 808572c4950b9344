import { byteCharacters } from '../../../../src/core/text/characters/bytes.ts';
import { hardTexts } from './texts.ts';

const sample = (
  `${hardTexts.join(' ')} the attention of a transformer is a soft look at other tokens, they're looking; ` +
  `it doesn't end. `
)
  .replace(/\p{Surrogate}/gu, '')
  .repeat(3);

/** The 256 byte tokens of byte fallback. */
export const byteTokens: readonly string[] = Array.from(
  { length: 256 },
  (_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`,
);

/** A vocabulary and merges learned from words by counting pairs (Sennrich et al. 2016). */
export interface Merged {
  readonly vocab: Record<string, number>;
  readonly merges: [string, string][];
}

/**
 * Learns `count` merges from the sample's words. `first` are tokens in front of the vocabulary; `inner` is written
 * before every symbol but a word's first, `final` after its last.
 */
export function learned(
  words: readonly string[],
  count: number,
  first: readonly string[],
  inner = '',
  final = '',
): Merged {
  let sequences = words.map((word) =>
    Array.from(word).map(
      (character, at, all) => (at > 0 ? inner : '') + character + (at === all.length - 1 ? final : ''),
    ),
  );
  const tokens = new Set([...first, ...sequences.flat()]);
  const merges: [string, string][] = [];
  while (merges.length < count) {
    const best = mostFrequentPair(sequences);
    if (best === undefined) break;
    const made = best[0] + best[1].slice(inner.length);
    merges.push(best);
    tokens.add(made);
    sequences = sequences.map((symbols) => joined(symbols, best, made));
  }
  return { vocab: Object.fromEntries([...tokens].map((token, id) => [token, id])), merges };
}

/** Words of the sample, cut at spaces; `before` is written in front of each. */
export function sampleWords(before = ''): readonly string[] {
  return sample
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => before + word);
}

/** Words of the sample in the byte alphabet, with a leading space each. */
export function sampleByteWords(): readonly string[] {
  return sampleWords(' ').map((word) => Array.from(Buffer.from(word), (byte) => byteCharacters[byte] ?? '').join(''));
}

function mostFrequentPair(sequences: readonly (readonly string[])[]): [string, string] | undefined {
  const counts = new Map<string, number>();
  for (const symbols of sequences) {
    for (let at = 0; at + 1 < symbols.length; at++) {
      const pair = `${symbols[at] ?? ''}\u0000${symbols[at + 1] ?? ''}`;
      if (!pair.startsWith('\u0000') && pair.split('\u0000').length === 2)
        counts.set(pair, (counts.get(pair) ?? 0) + 1);
    }
  }
  const [best] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const [left, right] = best?.[0].split('\u0000') ?? [];
  return left === undefined || right === undefined ? undefined : [left, right];
}

function joined(symbols: readonly string[], [left, right]: readonly [string, string], made: string): string[] {
  const result: string[] = [];
  for (let at = 0; at < symbols.length; at++) {
    if (symbols[at] === left && symbols[at + 1] === right) {
      result.push(made);
      at++;
    } else {
      result.push(symbols[at] ?? '');
    }
  }
  return result;
}
