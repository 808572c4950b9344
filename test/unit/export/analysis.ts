import type { Analysis } from '../../../src/core/attention/analysis.ts';
import type { Token } from '../../../src/core/text/token.ts';

/** A token of a test. */
export function token(id: number, text: string, start: number, end: number, more: Partial<Token> = {}): Token {
  return { id, text, start, end, special: start === end, word: null, segment: 0, ...more };
}

/** Two layers of two heads over "a <b>": layer 0 looks at itself, layer 1 head 1 at the token before. */
export function smallAnalysis(): Analysis {
  const weights = Float32Array.of(
    1,
    0,
    0,
    0,
    1,
    0,
    0,
    0,
    1,
    1,
    0,
    0,
    0,
    1,
    0,
    0,
    0,
    1,
    0.5,
    0.25,
    0.25,
    0.25,
    0.5,
    0.25,
    0.25,
    0.25,
    0.5,
    1,
    0,
    0,
    1,
    0,
    0,
    0,
    1,
    0,
  );
  return {
    model: { id: 'small', family: 'encoder', layers: 2, heads: 2 },
    sequences: [{ text: 'a <b>', tokens: [token(101, '[CLS]', 0, 0), token(7, 'a', 0, 1), token(8, '##<b>', 2, 5)] }],
    maps: [{ name: 'attention', kind: 'self', queries: 0, keys: 0, shape: [2, 2, 3, 3], weights }],
    timing: { load: 0, run: 3.2 },
    notes: ['Read from a test.'],
  };
}

/** The small analysis as that of a hybrid: its two layers are layers 2 and 4 of 6. */
export function hybridAnalysis(): Analysis {
  const { maps, ...rest } = smallAnalysis();
  const layers = ['convolution', 'convolution', 'attention', 'feed-forward', 'attention', 'state-space'] as const;
  return { ...rest, maps: maps.map((map) => ({ ...map, layers })) };
}

/**
 * A source of three words and a target of two under local attention: rows that a Gaussian has thinned, and their
 * scores.
 */
export function localAnalysis(): Analysis {
  return {
    model: { id: 'local', family: 'recurrent', layers: 1, heads: 1 },
    sequences: [
      { text: 'a b c', tokens: [token(5, 'a', 0, 1), token(6, 'b', 2, 3), token(7, 'c', 4, 5)] },
      { text: 'x', tokens: [token(8, 'x', 0, 1), token(1, '</s>', 1, 1)] },
    ],
    maps: [
      {
        name: 'cross',
        kind: 'cross',
        queries: 1,
        keys: 0,
        shape: [1, 1, 2, 3],
        normalised: false,
        scoring: 'general',
        local: { centres: [0.25, 2], halfWidth: 1.5, sigma: 0.75 },
        weights: Float32Array.of(0.5, 0.25, 0, 0, 0.125, 0.75),
        scores: Float32Array.of(2, 1, -3, -1, 0, 2),
      },
    ],
    timing: { load: 0, run: 1 },
    notes: [],
  };
}
