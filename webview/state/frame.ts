import type { AnalysisInfo } from '../../src/core/attention/analysis.ts';
import type { MapInfo } from '../../src/core/attention/map.ts';
import type { HeadSummary } from '../../src/core/attention/roles.ts';
import { AttentionError } from '../../src/core/errors/reason.ts';
import type { Frame as LayerFrame } from '../../src/core/scene/frame.ts';
import type { Scene } from '../../src/core/scene/scene.ts';
import { textOf, type Sequence } from '../../src/core/text/token.ts';
import { words } from '../../src/core/words/words.ts';

/** Statistics and role of every head of a map, layer by layer. */
export type Summaries = readonly (readonly HeadSummary[])[];

/** A frame of the panel: of which analysis it is, of which runs of a text that is one, and what its heads do. */
export interface Frame extends LayerFrame {
  readonly analysis: string;
  readonly origin: string;
  readonly summaries: Summaries | null;
}

/** A scene of the panel. */
export type Picture = Scene<Frame>;

/** A frame of the panel in tokens, or a scene of one. */
export type Shown = Frame | Picture;

/**
 * A layer of a map from the bytes that came over the border. Throws `message-invalid` when they are not as many as they
 * must be.
 */
export function layerFrom(bytes: ArrayBuffer, { shape: [, heads, queries, keys] }: MapInfo): Float32Array {
  const expected = heads * queries * keys * Float32Array.BYTES_PER_ELEMENT;
  if (bytes.byteLength !== expected) {
    throw new AttentionError({
      code: 'message-invalid',
      detail: words().details.messages.layer(bytes.byteLength, expected),
    });
  }
  return new Float32Array(bytes);
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
