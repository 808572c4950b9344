import assert from 'node:assert/strict';
import type { Analysis } from '../../../src/core/attention/analysis.ts';
import { chosenLayer, type LayerChoice } from '../../../src/core/attention/merge.ts';
import type { Selection } from '../../../src/core/attention/selection.ts';
import { firstView, fitView, plainOptions, type ViewOptions } from '../../../src/core/attention/view.ts';
import { TrackedRange } from '../../../src/core/document/tracked-range.ts';
import { frameFrom } from '../../../src/core/scene/frame.ts';
import { Scenes } from '../../../src/core/scene/scene.ts';
import type { AnalysisSource } from '../../../src/host/analysis/analysis-source.ts';
import type { PanelView } from '../../../src/host/analysis/panel-view.ts';
import type { TrackedText } from '../../../src/host/analysis/tracked-texts.ts';
import { SceneSource } from '../../../src/host/editor/scene-source.ts';
import { layerFrom, type Frame, type Picture } from '../../../webview/state/frame.ts';
import '../support/vscode.ts';

const { LiveAnalysis } = await import('../../../src/host/analysis/live-analysis.ts');

/** Every merge, unit, filter, step and direction; filters that act on one another come together as well. */
export function* combinations(analysis: Analysis): Generator<ViewOptions> {
  const filters: readonly Partial<ViewOptions>[] = [
    {},
    { hideSpecial: true },
    { hidePunctuation: true, renormalise: true },
    { mass: 0.6 },
    { topK: 2 },
    { hideSpecial: true, hidePunctuation: true, renormalise: true, mass: 0.8, topK: 3 },
    ...(analysis.sequences[0]?.pair === undefined ? [] : [{ pairs: 'ab' } as const]),
  ];
  for (const filter of filters)
    for (const headMerge of ['mean', 'max'] as const)
      for (const layerMerge of [null, 'mean', 'max'] as const)
        for (const unit of ['tokens', 'words'] as const)
          for (const step of [null, 1])
            for (const direction of ['both', 'from', 'to'] as const)
              yield fitView(
                { ...firstView, options: { ...plainOptions, ...filter, headMerge, layerMerge, unit, step, direction } },
                analysis,
              ).options;
}

/** The host's side: an analysis of texts in one document, and the panel's view. */
export function hostOf(analysis: Analysis): {
  live: InstanceType<typeof LiveAnalysis>;
  scenes: SceneSource;
  show: (options: ViewOptions) => void;
} {
  const place = (sequence: number, start: number): TrackedText => {
    const text = analysis.sequences[sequence]?.text ?? '';
    return { uri: { toString: () => 'a' } as TrackedText['uri'], range: new TrackedRange(text, start, () => text) };
  };
  const target = analysis.sequences.length > 1 ? { target: place(1, 1000) } : {};
  const view: { now: PanelView['now'] } = { now: null };
  const source = {
    layer: (_: string, map: number, layer: LayerChoice) =>
      Promise.resolve(chosenLayer(analysis.maps[map] ?? assert.fail(), layer)),
  };
  return {
    live: new LiveAnalysis('a', 'm', { text: place(0, 0), ...target }, analysis),
    scenes: new SceneSource(source as unknown as AnalysisSource, view as PanelView),
    show: (options) => void (view.now = { ...firstView, options }),
  };
}

/** What the panel makes of what comes over the border, with the caches that it keeps over all changes. */
export function panelOf(analysis: Analysis): (selection: Selection, options: ViewOptions) => Picture | null {
  const scenes = new Scenes<Frame>();
  const maps = analysis.maps.map(({ weights: _, ...map }) => map);
  return (selection, options) => {
    const map = maps[selection.map] ?? assert.fail();
    const layer = options.layerMerge ?? selection.layer;
    const bytes = Float32Array.from(chosenLayer(analysis.maps[selection.map] ?? assert.fail(), layer)).buffer;
    const weights = layerFrom(bytes, map);
    const parts = {
      analysis: 'a',
      origin: 'a',
      info: { ...analysis, maps },
      map,
      selection,
      layer,
      summaries: null,
      weights,
    };
    return scenes.of(frameFrom({ ...parts, headMerge: options.headMerge }), options);
  };
}
