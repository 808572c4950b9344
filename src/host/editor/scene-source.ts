import type { Selection } from '../../core/attention/selection.ts';
import { firstView, fitView, type ViewOptions } from '../../core/attention/view.ts';
import { frameFrom, type Frame } from '../../core/scene/frame.ts';
import { Scenes, type Scene } from '../../core/scene/scene.ts';
import type { AnalysisSource } from '../analysis/analysis-source.ts';
import type { LiveAnalysis } from '../analysis/live-analysis.ts';
import type { PanelView } from '../analysis/panel-view.ts';

/**
 * What the editor shows of an analysis: the scene that the panel shows, with its filters and merges. What the scene
 * before has in common with the next is not made again, so whoever asks for scenes of its own kind has a source of its
 * own.
 */
export class SceneSource {
  readonly #source: AnalysisSource;
  readonly #view: PanelView;
  readonly #scenes = new Scenes<Frame>();

  constructor(source: AnalysisSource, view: PanelView) {
    this.#source = source;
    this.#view = view;
  }

  /** The panel's options, as far as they change anything in an analysis. */
  options({ info }: LiveAnalysis): ViewOptions {
    return fitView(this.#view.now ?? firstView, info).options;
  }

  /**
   * The scene of a selection, by the panel's options but for `change`; null where the analysis has no such map, or
   * where everything on one side is hidden. Rejects with an AttentionError.
   */
  async of(analysis: LiveAnalysis, selection: Selection, change: Partial<ViewOptions> = {}): Promise<Scene | null> {
    const { info } = analysis;
    const map = analysis.map(selection.map);
    if (!map) return null;
    const options = { ...this.options(analysis), ...change };
    const layer = options.layerMerge ?? selection.layer;
    const weights = await this.#source.layer(analysis.id, selection.map, layer);
    return this.#scenes.of(frameFrom({ info, map, selection, layer, headMerge: options.headMerge, weights }), options);
  }
}
