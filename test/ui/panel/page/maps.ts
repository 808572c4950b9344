import {
  seenKeys,
  weightCount,
  type AttentionMap,
  type MapInfo,
  type MapShape,
} from '../../../../src/core/attention/map.ts';
import { maskOf, type SeenKeys } from '../../../../src/core/attention/mask.ts';
import type { Sequence } from '../../../../src/core/text/token.ts';

/** Numbers from 0 to 1 that are the same on every run (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

type Score = (query: number, key: number) => number;

/** What heads are seen to do in real models, as scores before the softmax; `queries` and `keys` are the tokens. */
function patterns(queries: Sequence, keys: Sequence, random: () => number): Score[] {
  const last = keys.tokens.length - 1;
  const favourite = queries.tokens.map(() => Math.floor(random() * keys.tokens.length));
  return [
    (query, key) => (key === query + 1 ? 4.2 : 0),
    (_, key) => (key === 0 ? 4.4 : 0),
    (_, key) => (key === last ? 3.6 : 0),
    (query, key) => (key === query - 1 ? 4.5 : 0),
    () => 0.2,
    (query, key) => (key !== query && queries.tokens[query]?.id === keys.tokens[key]?.id ? 4 : key === last ? 2 : 0),
    (query, key) => -0.5 * Math.abs(query - key),
    (query, key) => (key === favourite[query] ? 4 : key === last ? 1.8 : 0),
  ];
}

/** A map of softmaxed scores: a pattern for each head, noise on it, causal where the map is. */
export function mapOf(
  info: Omit<MapInfo, 'shape'>,
  sequences: readonly Sequence[],
  layers: number,
  heads: number,
  seed: number,
): AttentionMap {
  const queries = sequences[info.queries] ?? { text: '', tokens: [] };
  const keys = sequences[info.keys] ?? { text: '', tokens: [] };
  const shape: MapShape = [layers, heads, queries.tokens.length, keys.tokens.length];
  const weights = new Float32Array(weightCount(shape));
  const random = randomFrom(seed);
  let row = 0;
  for (let layer = 0; layer < layers; layer++) {
    const scores = patterns(queries, keys, random);
    const sight = { kind: info.kind, mask: maskOf(info, layer) };
    const seen = (query: number): SeenKeys => seenKeys(sight, query, shape[3]);
    for (let head = 0; head < heads; head++) {
      const score = scores[(head + 3 * layer) % scores.length] ?? (() => 0);
      for (let query = 0; query < shape[2]; query++, row++)
        softmaxRow(weights, row * shape[3], shape[3], query, seen(query), score, random);
    }
  }
  return { ...info, shape, weights };
}

function softmaxRow(
  weights: Float32Array,
  start: number,
  keys: number,
  query: number,
  { first, end }: SeenKeys,
  score: Score,
  random: () => number,
): void {
  let sum = 0;
  for (let key = 0; key < keys; key++) {
    const weight = first <= key && key < end ? Math.exp(score(query, key) + random()) : 0;
    weights[start + key] = weight;
    sum += weight;
  }
  for (let key = 0; key < keys; key++) weights[start + key] = (weights[start + key] ?? 0) / sum;
}
