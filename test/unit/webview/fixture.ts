import { firstSelection, type Selection } from '../../../src/core/attention/selection.ts';
import { layerOf } from '../../../src/core/attention/map.ts';
import { summariseHeads } from '../../../src/core/attention/roles.ts';
import { frameFrom, type Frame } from '../../../webview/state/frame.ts';
import { analyses, type AnalysisName } from '../../ui/panel/page/analyses.ts';

/** A frame of a made-up analysis, as the panel's store would make it. */
export function frameOf(name: AnalysisName, change: Partial<Selection> = {}): Frame {
  const info = analyses[name]();
  const selection = { ...firstSelection(info), layer: Math.floor((info.maps[0]?.shape[0] ?? 0) / 2), ...change };
  const map = info.maps[selection.map];
  if (!map) throw new RangeError(`${name} has no map ${selection.map}`);
  const weights = layerOf(map, selection.layer);
  const { layer } = selection;
  return frameFrom({ analysis: name, info, map, selection, layer, headMerge: 'mean', weights, summaries: summariseHeads(map, info.sequences) });
}
