import { scoresOf, type AttentionMap } from '../../core/attention/map.ts';
import { chosenLayer, type LayerChoice } from '../../core/attention/merge.ts';
import type { Analysis } from '../../core/attention/analysis.ts';
import { AttentionError } from '../../core/errors/reason.ts';
import { Cache } from '../../core/run/cache.ts';
import type { RunSpec } from '../../core/run/run-spec.ts';
import { words } from '../../core/words/words.ts';

/** Weights and logits that are kept at once, in bytes; the analyses that were used longest ago go first. */
const capacity = 1 << 30;

/** An analysis, and the run that gave it. */
export interface KeptAnalysis {
  readonly run: RunSpec;
  readonly analysis: Analysis;
}

/** The analyses of this process, by the name that their asker gave them. */
export class AnalysisStore {
  readonly #analyses: Cache<KeptAnalysis>;

  constructor(bytes: number = capacity) {
    this.#analyses = new Cache({ most: bytes, sizeOf: bytesOf });
  }

  /**
   * Keeps an analysis, in place of the one of the same name; older ones leave when there is no room. The newest always
   * stays.
   */
  keep(name: string, analysis: Analysis, run: RunSpec): void {
    this.#analyses.set(name, { run, analysis });
  }

  /** An analysis with its run, which now counts as used last. Throws `analysis-gone`. */
  kept(name: string): KeptAnalysis {
    const kept = this.#analyses.get(name);
    if (!kept) throw new AttentionError({ code: 'analysis-gone' });
    return kept;
  }

  /** As {@link kept}, the analysis alone. */
  get(name: string): Analysis {
    return this.kept(name).analysis;
  }

  /** A map of an analysis. Throws `analysis-gone` or, when there is no such map, `argument-invalid`. */
  map(name: string, index: number): { readonly map: AttentionMap; readonly analysis: Analysis } {
    const analysis = this.get(name);
    const map = analysis.maps[index];
    if (map) return { map, analysis };
    const detail = words().details.analysis.map(index, analysis.maps.length);
    throw new AttentionError({ code: 'argument-invalid', argument: 'map', detail });
  }

  /**
   * A copy of one layer, or all layers merged, `[head][query][key]`. Throws as {@link map} does, and for a layer that
   * is not there.
   */
  layer(name: string, index: number, layer: LayerChoice): ArrayBuffer {
    return Float32Array.from(chosenLayer(this.#mapWith(name, index, layer), layer)).buffer;
  }

  /** A copy of one layer's scores before the softmax; null where the map has none. Throws as {@link layer} does. */
  scores(name: string, index: number, layer: number): ArrayBuffer | null {
    const scores = scoresOf(this.#mapWith(name, index, layer), layer);
    return scores && Float32Array.from(scores).buffer;
  }

  /** Forgets an analysis; an unknown name is no error. */
  release(name: string): void {
    this.#analyses.delete(name);
  }

  #mapWith(name: string, index: number, layer: LayerChoice): AttentionMap {
    const { map } = this.map(name, index);
    if (typeof layer !== 'number' || layer < map.shape[0]) return map;
    const detail = words().details.analysis.layer(layer, map.shape[0]);
    throw new AttentionError({ code: 'argument-invalid', argument: 'layer', detail });
  }
}

function bytesOf({ analysis }: KeptAnalysis): number {
  const logits = analysis.logits?.bytes ?? 0;
  return analysis.maps.reduce((sum, map) => sum + map.weights.byteLength + (map.scores?.byteLength ?? 0), logits);
}
