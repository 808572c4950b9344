import type { LayerChoice, Merge } from '../../src/core/attention/merge.ts';
import type { HeadSummary, RoleName } from '../../src/core/attention/roles.ts';
import { looksAt, strongest } from '../../src/core/attention/rows.ts';
import { sequenceOn, type Frame } from '../state/frame.ts';

/** What a role means, as the title of its name. */
export const roleMeaning: Readonly<Record<RoleName, string>> = {
  previous: 'Looks mostly at the token before.',
  next: 'Looks mostly at the token after.',
  self: 'Looks mostly at the token itself.',
  'same token': 'Looks mostly at other places of the same token.',
  first: 'Looks mostly at the first token.',
  separator: 'Looks mostly at special tokens such as [SEP].',
  broad: 'Spreads its attention over many tokens.',
};

const targets: Readonly<Record<Exclude<RoleName, 'broad'>, string>> = {
  previous: 'the token before',
  next: 'the token after',
  self: 'the token itself',
  'same token': 'another place of the same token',
  first: 'the first token',
  separator: 'a special token',
};

/** `3.7`: layer 3, head 7; `7 (all layers)` where layers are merged. */
export function headName(layer: LayerChoice, head: number): string {
  return typeof layer === 'number' ? `${layer}.${head}` : `${head} (all layers)`;
}

/** `layer 3`, or `mean of 6 layers`. */
export function layerName({ layer, map }: Frame): string {
  return typeof layer === 'number' ? `layer ${layer}` : `${mergeNames[layer]} of ${map.shape[0]} layers`;
}

/** `mean of 8 heads`; heads that are merged into one. */
export function headsName({ selection: { heads }, headMerge }: Frame): string {
  const [only] = heads;
  if (only === undefined) return 'no head';
  return heads.length === 1 ? `head ${only}` : `${mergeNames[headMerge]} of ${heads.length} heads`;
}

/** What numbers and words speak of: `layer 3, head 7` or `layer 3, mean of 8 heads`. */
export function spokenName(frame: Frame): string {
  const { head } = frame.selection;
  return `${layerName(frame)}, ${head === null ? headsName(frame) : `head ${head}`}`;
}

/** Statistics and role of the head that numbers speak of; null for heads or layers that are merged. */
export function spokenSummary({ layer, selection: { head }, summaries }: Frame): HeadSummary | null {
  return head === null || typeof layer !== 'number' ? null : (summaries?.[layer]?.[head] ?? null);
}

const mergeNames: Readonly<Record<Merge, string>> = { mean: 'mean', max: 'maximum' };

/** One plain sentence on what the head in focus does on this text; `frame` has all its tokens. */
export function patternSentence(frame: Frame, summary: HeadSummary): string {
  const name = summary.role?.name;
  if (!name) return 'No simple pattern fits this head on this text.';
  if (name === 'broad') return 'On this text the head spreads its attention over many tokens.';
  const [, , queries, keys] = frame.map.shape;
  let fitting = 0;
  for (let query = 0; query < queries; query++) {
    const top = strongest(looksAt(frame.spoken, query, keys), 1)[0];
    if (top && fits(name, frame, query, top.index)) fitting++;
  }
  return `In ${fitting} of ${queries} places of this text the head looks most at ${targets[name]}.`;
}

function fits(name: Exclude<RoleName, 'broad'>, frame: Frame, query: number, key: number): boolean {
  const looking = sequenceOn(frame, 'query').tokens[query];
  const lookedAt = sequenceOn(frame, 'key').tokens[key];
  switch (name) {
    case 'previous': return key === query - 1;
    case 'next': return key === query + 1;
    case 'self': return key === query;
    case 'same token': return key !== query && looking?.id === lookedAt?.id;
    case 'first': return key === 0;
    case 'separator': return key > 0 && lookedAt?.special === true;
  }
}
