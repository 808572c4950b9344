import type { AnalysisInfo } from '../attention/analysis.ts';
import type { MapInfo } from '../attention/map.ts';
import { mergeHeads, type LayerChoice, type Merge } from '../attention/merge.ts';
import type { RowChoice } from '../attention/row-names.ts';
import type { Selection } from '../attention/selection.ts';
import type { Sequence } from '../text/token.ts';

/**
 * A layer of a map, or all of them merged, with what is looked at in it; all of it belongs together.
 *
 * `weights` is the layer (the selection's, or all layers merged), `[head][query][key]`; `spoken` is what numbers and
 * words speak of, `[query][key]`: one head, or the heads shown, merged. `whole` has both before a threshold or top-k
 * took links out: the exact number of a single link is read there.
 */
export interface Frame {
  readonly info: AnalysisInfo;
  readonly map: MapInfo;
  readonly selection: Selection;
  readonly layer: LayerChoice;
  readonly headMerge: Merge;
  readonly weights: Float32Array;
  readonly spoken: Float32Array;
  readonly whole: { readonly weights: Float32Array; readonly spoken: Float32Array };
  /** What the rows of a decoder's map are called, and by what choice; absent where a row is called by its token. */
  readonly rows?: { readonly names: readonly string[]; readonly choice: RowChoice };
}

/** What a frame is made from. */
export type FrameParts<F extends Frame = Frame> = Omit<F, 'spoken' | 'whole'>;

/** A frame of a layer. */
export function frameFrom<P extends FrameParts>(parts: P): P & Pick<Frame, 'spoken' | 'whole'> {
  const { weights } = parts;
  const spoken = spokenOf(parts);
  return { ...parts, spoken, whole: { weights, spoken } };
}

/**
 * `frame` with another token, head or set of heads, or with heads merged otherwise; the map must be that of `frame`.
 */
export function refocus<F extends Frame>(frame: F, selection: Selection, headMerge: Merge): F {
  const same = frame.headMerge === headMerge && sameHeads(frame.selection, selection);
  return same ? { ...frame, selection } : frameFrom({ ...frame, selection, headMerge });
}

/** The weights that numbers and words speak of, `[query][key]`. */
function spokenOf({ weights, map, selection: { heads, head }, headMerge }: FrameParts): Float32Array {
  const [, , queries, keys] = map.shape;
  return mergeHeads(weights, queries, keys, head === null ? heads : [head], headMerge);
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

function sameHeads(a: Selection, b: Selection): boolean {
  return (
    a.head === b.head && a.heads.length === b.heads.length && a.heads.every((head, index) => head === b.heads[index])
  );
}
