import type { AnalysisInfo } from '../../src/core/attention/analysis.ts';
import type { MapInfo } from '../../src/core/attention/map.ts';
import type { HeadSummary } from '../../src/core/attention/roles.ts';
import { meanOfHeads } from '../../src/core/attention/rows.ts';
import type { Selection } from '../../src/core/attention/selection.ts';
import { textOf, type Sequence } from '../../src/core/text/token.ts';

/** Statistics and role of every head of a map, layer by layer. */
export type Summaries = readonly (readonly HeadSummary[])[];

/**
 * Everything that one picture shows, and all of it belongs together: the weights are those of the selection's map and layer.
 *
 * `weights` is the layer, `[head][query][key]`; `spoken` is what numbers and words speak of, `[query][key]`: one head, or the
 * mean of the heads shown.
 */
export interface Frame {
  readonly analysis: string;
  readonly info: AnalysisInfo;
  readonly map: MapInfo;
  readonly selection: Selection;
  readonly weights: Float32Array;
  readonly spoken: Float32Array;
  readonly summaries: Summaries | null;
}

/** `frame` with another token, head or set of heads; map and layer of `selection` must be those of `frame`. */
export function refocus(frame: Frame, selection: Selection): Frame {
  const same = sameHeads(frame.selection, selection);
  return { ...frame, selection, spoken: same ? frame.spoken : spokenOf(frame.weights, frame.map, selection) };
}

/** The weights that numbers and words speak of, `[query][key]`. */
export function spokenOf(weights: Float32Array, map: MapInfo, selection: Selection): Float32Array {
  const [, , queries, keys] = map.shape;
  return meanOfHeads(weights, queries, keys, selection.head === null ? selection.heads : [selection.head]);
}

/** The sequence whose tokens stand on a side of the map. */
export function sequenceOn(frame: Frame, side: 'query' | 'key'): Sequence {
  const index = side === 'query' ? frame.map.queries : frame.map.keys;
  return frame.info.sequences[index] ?? { text: '', tokens: [] };
}

/** Whether queries and keys are the same tokens. */
export function isSelf(map: MapInfo): boolean {
  return map.queries === map.keys;
}

/** Whether an analysis that came over the border hangs together, so that drawing it cannot fail. */
export function isSound(info: AnalysisInfo): boolean {
  return info.maps.length > 0 && info.maps.every((map) => {
    const [layers, heads, queries, keys] = map.shape;
    return layers > 0 && heads > 0 && queries > 0 && keys > 0
      && info.sequences[map.queries]?.tokens.length === queries
      && info.sequences[map.keys]?.tokens.length === keys
      && (map.local?.centres.length ?? queries) === queries;
  }) && info.sequences.every(hasOffsetsInside);
}

function hasOffsetsInside(sequence: Sequence): boolean {
  return (sequence.analysedTo ?? 0) <= sequence.text.length
    && sequence.tokens.every((token) => token.start <= token.end && token.end <= textOf(sequence, token).length);
}

function sameHeads(a: Selection, b: Selection): boolean {
  return a.head === b.head && a.heads.length === b.heads.length && a.heads.every((head, index) => head === b.heads[index]);
}
