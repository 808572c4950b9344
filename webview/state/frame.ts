import type { AnalysisInfo } from '../../src/core/attention/analysis.ts';
import type { MapInfo } from '../../src/core/attention/map.ts';
import { mergeHeads, type LayerChoice, type Merge } from '../../src/core/attention/merge.ts';
import type { HeadSummary } from '../../src/core/attention/roles.ts';
import type { RowChoice } from '../../src/core/attention/row-names.ts';
import type { Selection } from '../../src/core/attention/selection.ts';
import { AttentionError } from '../../src/core/errors/reason.ts';
import { textOf, type Sequence } from '../../src/core/text/token.ts';

/** Statistics and role of every head of a map, layer by layer. */
export type Summaries = readonly (readonly HeadSummary[])[];

/**
 * Everything that one picture shows, and all of it belongs together.
 *
 * `weights` is the layer (the selection's, or all layers merged), `[head][query][key]`; `spoken` is what numbers and
 * words speak of, `[query][key]`: one head, or the heads shown, merged. `whole` has both before a threshold or top-k
 * took links out: the exact number of a single link is read there.
 */
export interface Frame {
  readonly analysis: string;
  readonly info: AnalysisInfo;
  readonly map: MapInfo;
  readonly selection: Selection;
  readonly layer: LayerChoice;
  readonly headMerge: Merge;
  readonly weights: Float32Array;
  readonly spoken: Float32Array;
  readonly whole: { readonly weights: Float32Array; readonly spoken: Float32Array };
  readonly summaries: Summaries | null;
  /** What the rows of a decoder's map are called, and by what choice; absent where a row is called by its token. */
  readonly rows?: { readonly names: readonly string[]; readonly choice: RowChoice };
}

/**
 * A layer of a map from the bytes that came over the border. Throws `message-invalid` when they are not as many as they
 * must be.
 */
export function layerFrom(bytes: ArrayBuffer, { shape: [, heads, queries, keys] }: MapInfo): Float32Array {
  const expected = heads * queries * keys * Float32Array.BYTES_PER_ELEMENT;
  if (bytes.byteLength !== expected) {
    throw new AttentionError({
      code: 'message-invalid',
      detail: `a layer has ${bytes.byteLength} bytes, not ${expected}`,
    });
  }
  return new Float32Array(bytes);
}

/** What a frame is made from. */
export type FrameParts = Omit<Frame, 'spoken' | 'whole'>;

/** A frame of a layer. */
export function frameFrom(parts: FrameParts): Frame {
  const { weights } = parts;
  const spoken = spokenOf(parts);
  return { ...parts, spoken, whole: { weights, spoken } };
}

/**
 * `frame` with another token, head or set of heads, or with heads merged otherwise; the map must be that of `frame`.
 */
export function refocus(frame: Frame, selection: Selection, headMerge: Merge): Frame {
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

/** Whether an analysis that came over the border hangs together, so that drawing it cannot fail. */
export function isSound(info: AnalysisInfo): boolean {
  return (
    info.maps.length > 0 &&
    info.maps.every((map) => {
      const [layers, heads, queries, keys] = map.shape;
      return (
        layers > 0 &&
        heads > 0 &&
        queries > 0 &&
        keys > 0 &&
        info.sequences[map.queries]?.tokens.length === queries &&
        info.sequences[map.keys]?.tokens.length === keys &&
        (map.local?.centres.length ?? queries) === queries
      );
    }) &&
    info.sequences.every(hasOffsetsInside)
  );
}

function hasOffsetsInside(sequence: Sequence): boolean {
  return (
    (sequence.analysedTo ?? 0) <= sequence.text.length &&
    (sequence.pairAnalysedTo ?? 0) <= (sequence.pair ?? '').length &&
    sequence.tokens.every((token) => token.start <= token.end && token.end <= textOf(sequence, token).length)
  );
}

function sameHeads(a: Selection, b: Selection): boolean {
  return (
    a.head === b.head && a.heads.length === b.heads.length && a.heads.every((head, index) => head === b.heads[index])
  );
}
