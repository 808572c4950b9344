import { words } from '../words/words.ts';
import type { MapInfo } from './map.ts';
import { hasSteps } from './steps.ts';
import type { ViewOptions } from './view.ts';

/**
 * The filters that a heading does not name already: it says which heads and layers are merged, a direction belongs to a
 * token in focus, and `named` are the options that it names beside these.
 */
export function unnamedFilterWords(options: ViewOptions, map: MapInfo, named: Partial<ViewOptions>): string[] {
  return filterWords({ ...options, headMerge: 'mean', layerMerge: null, direction: 'both', ...named }, map);
}

/** Everything about the picture that is not as the model gave it, each in a few words; none when nothing is. */
export function filterWords(options: ViewOptions, map: MapInfo): string[] {
  const {
    unit,
    headMerge,
    layerMerge,
    hideSpecial,
    hidePunctuation,
    renormalise,
    mass,
    topK,
    direction,
    pairs,
    step,
    rows,
  } = options;
  const says = words().filters;
  const isSelf = map.queries === map.keys;
  return [
    ...(unit === 'words' ? [says.words] : []),
    ...(layerMerge && map.shape[0] > 1 ? [says.mergedLayers(layerMerge, map.shape[0])] : []),
    ...(headMerge === 'max' && map.shape[1] > 1 ? [says.maxOfHeads] : []),
    ...(hideSpecial || hidePunctuation ? [says.hidden(hideSpecial, hidePunctuation)] : []),
    ...(pairs === 'all' ? [] : [says.pairs[pairs]]),
    ...(renormalise ? [says.renormalised] : []),
    ...(mass === null ? [] : [says.mass(mass)]),
    ...(topK === null ? [] : [says.topK(topK)]),
    ...(direction === 'both' || !isSelf ? [] : [says.direction(direction)]),
    ...(rows === 'both' || !map.rows ? [] : [says.rows(rows)]),
    ...(step === null || !hasSteps(map) ? [] : [says.oneStep]),
  ];
}
