import type { MapInfo } from '../../../../src/core/attention/map.ts';
import type { Evidence, ProbeResult } from '../../../../src/core/probe/evidence.ts';

const subject: Evidence = {
  kind: 'grammar',
  name: 'verb-to-subject',
  cases: 196,
  score: 0.93,
  baseline: 0.44,
  offset: { by: -1, of: 'nouns' },
  chance: 0.11,
  notNeighbours: { cases: 156, score: 0.92, baseline: 0.41, offset: { by: -2, of: 'words' }, chance: 0.1 },
  examples: [],
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

/** What the heads of a map might have been measured to do: something else for each of four in turn. */
export function measuredOf({ name, shape: [layers, heads] }: MapInfo): ProbeResult {
  const kinds: readonly (readonly Evidence[])[] = [[subject, separator], [induction], [], [separator]];
  return {
    language: 'en',
    sentences: 419,
    map: name,
    heads: Array.from({ length: layers }, () =>
      Array.from({ length: heads }, (_, head) => [...(kinds[head % kinds.length] ?? [])]),
    ),
    asked: [],
    unread: [],
    similarity: null,
  };
}
