import { meanOfHeads } from '../core/attention/rows.ts';
import type { Selection } from '../core/attention/selection.ts';
import type { AnalysisSource } from './analysis-source.ts';
import type { LiveAnalysis } from './live-analysis.ts';

/** The weights that a selection speaks of. */
export interface FocusWeights {
  /** The head in focus, or the mean of the heads that are shown; `[query][key]`. */
  readonly weights: Float32Array;
  /** The whole layer, `[head][query][key]`. */
  readonly layer: Float32Array;
  readonly queries: number;
  readonly keys: number;
  /** The heads that `weights` is the mean of. */
  readonly heads: readonly number[];
}

/** Fetches the weights of a selection. Rejects with an AttentionError. */
export async function focusWeights(
  source: AnalysisSource,
  analysis: LiveAnalysis,
  selection: Selection,
): Promise<FocusWeights | null> {
  const map = analysis.map(selection.map);
  if (!map) return null;
  const layer = await source.layer(analysis.id, selection.map, selection.layer);
  const [, , queries, keys] = map.shape;
  const heads = selection.head === null ? selection.heads : [selection.head];
  return {
    weights: meanOfHeads(layer, queries, keys, heads),
    layer,
    queries,
    keys,
    heads,
  };
}
