import type { MapInfo } from '../../../../src/core/attention/map.ts';
import type { Evidence, ProbeExample, ProbeResult } from '../../../../src/core/probe/evidence.ts';
import { classicalScaling } from '../../../../src/core/probe/classical-scaling.ts';

const text = 'The chair that was in the kitchen broke.';
const examples: ProbeExample[] = [
  { text, query: { start: 34, end: 39 }, key: { start: 4, end: 9 }, weight: 0.97 },
  {
    text: 'Nobody saw the old horse again.',
    query: { start: 7, end: 10 },
    key: { start: 0, end: 6 },
    weight: 0.91,
  },
];
const subject: Evidence = {
  kind: 'grammar',
  name: 'verb-to-subject',
  cases: 196,
  score: 0.93,
  baseline: 0.44,
  offset: { by: -1, of: 'nouns' },
  chance: 0.11,
  notNeighbours: { cases: 156, score: 0.92, baseline: 0.41, offset: { by: -2, of: 'words' }, chance: 0.1 },
  examples,
};
const induction: Evidence = {
  kind: 'pattern',
  name: 'induction',
  score: 0.94,
  baseline: 0.02,
  cases: 128,
  examples: [],
};
const separator: Evidence = {
  kind: 'pattern',
  name: 'separator',
  score: 0.75,
  baseline: 0.06,
  cases: 7572,
  examples: [],
};

const noOp: Evidence = {
  kind: 'no-op',
  name: 'no-op',
  score: 0.92,
  baseline: 0.14,
  normShare: 0.31,
  length: 0.12,
  cases: 86,
  examples: [{ text, query: { start: 4, end: 9 }, key: { start: 40, end: 40, token: '[SEP]' }, weight: 0.99 }],
};

/** Heads on a spiral: each nearest to its neighbours, all of them at different places. */
function spiral(count: number): ProbeResult['similarity'] {
  const points = Array.from({ length: count }, (_, at) => {
    const [angle, radius] = [2.4 * at, 0.08 * Math.sqrt(at)];
    return [radius * Math.cos(angle), radius * Math.sin(angle)] as const;
  });
  const distance = (a: number, b: number): number => {
    const [[x, y] = [NaN, NaN], [u, v] = [NaN, NaN]] = [points[a], points[b]];
    return Math.min(1, Number(Math.hypot(x - u, y - v).toFixed(4)));
  };
  const { points: places, shown } = classicalScaling(count, distance);
  return {
    sentences: 32,
    distances: points.flatMap((_, a) => points.slice(a + 1).map((__, by) => distance(a, a + 1 + by))),
    places: places.map(([x, y]): [number, number] => [x, y]),
    shown,
  };
}

/** What the heads of a map might have been measured to do: something else for each of four in turn. */
export function measuredOf({ name, shape: [layers, heads] }: MapInfo): ProbeResult {
  const kinds: readonly (readonly Evidence[])[] = [[subject, separator], [induction], [], [noOp, separator]];
  return {
    language: 'en',
    sentences: 419,
    map: name,
    heads: Array.from({ length: layers }, () =>
      Array.from({ length: heads }, (_, head) => [...(kinds[head % kinds.length] ?? [])]),
    ),
    asked: [],
    unread: [5],
    similarity: spiral(layers * heads),
  };
}
