import type { HeadSummary, RoleName } from '../../src/core/attention/roles.ts';
import { equallyStrongest, looksAt } from '../../src/core/attention/rows.ts';
import { sequenceOn } from '../../src/core/scene/frame.ts';
import type { Frame } from '../state/frame.ts';
import { isForcedRow } from '../../src/core/scene/sight.ts';
import { words } from '../../src/core/words/words.ts';

/** Statistics and role of the head that numbers speak of; null for heads or layers that are merged. */
export function spokenSummary({ layer, selection: { head }, summaries }: Frame): HeadSummary | null {
  return head === null || typeof layer !== 'number' ? null : (summaries?.[layer]?.[head] ?? null);
}

/** One plain sentence on what the head in focus does on this text; `frame` has all its tokens. */
export function patternSentence(frame: Frame, summary: HeadSummary): string {
  const name = summary.role?.name;
  const says = words().roles;
  if (!name) return says.noneFits;
  if (name === 'broad') return says.spreads(summary.entropy / summary.maxEntropy);
  const [, , queries, keys] = frame.map.shape;
  let rows = 0;
  let fitting = 0;
  for (let query = 0; query < queries; query++) {
    // Where there is no choice, nothing is seen of the head.
    if (isForcedRow(frame, query)) continue;
    rows++;
    const top = equallyStrongest(looksAt(frame.spoken, query, keys));
    if (top.length > 0 && top.every(({ index }) => fits(name, frame, query, index))) fitting++;
  }
  return says.fits(name, fitting, rows);
}

function fits(name: Exclude<RoleName, 'broad'>, frame: Frame, query: number, key: number): boolean {
  const looking = sequenceOn(frame, 'query').tokens[query];
  const lookedAt = sequenceOn(frame, 'key').tokens[key];
  switch (name) {
    case 'previous':
      return key === query - 1;
    case 'next':
      return key === query + 1;
    case 'self':
      return key === query;
    case 'same token':
      return key !== query && lookedAt?.special === false && looking?.id === lookedAt.id;
    case 'first':
      return key === 0;
    case 'separator':
      return key > 0 && lookedAt?.special === true;
  }
}
