import type { MapInfo } from './map.ts';
import type { Pairs } from './shown.ts';
import { hasSteps } from './steps.ts';
import type { Direction, ViewOptions } from './view.ts';

/** What a pair filter shows, as its choice is labelled. */
export const pairNames: Readonly<Record<Pairs, string>> = { all: 'all', aa: 'A → A', ab: 'A → B', ba: 'B → A', bb: 'B → B' };

/** What a direction shows, as its choice is labelled. */
export const directionNames: Readonly<Record<Direction, string>> = { both: 'by side', from: 'looks at', to: 'is looked at by' };

/** Everything about the picture that is not as the model gave it, each in a few words; none when nothing is. */
export function filterWords(options: ViewOptions, map: MapInfo): string[] {
  const { unit, headMerge, layerMerge, hideSpecial, hidePunctuation, renormalise, mass, topK, direction, pairs, step } = options;
  const hidden = [...(hideSpecial ? ['special tokens'] : []), ...(hidePunctuation ? ['punctuation'] : [])].join(' and ');
  const isSelf = map.queries === map.keys;
  return [
    ...(unit === 'words' ? ['words'] : []),
    ...(layerMerge && map.shape[0] > 1 ? [`${layerMerge} of ${map.shape[0]} layers`] : []),
    ...(headMerge === 'max' && map.shape[1] > 1 ? ['heads by their maximum'] : []),
    ...(hidden ? [`${hidden} hidden`] : []),
    ...(pairs === 'all' ? [] : [pairNames[pairs]]),
    ...(renormalise ? ['rows renormalised'] : []),
    ...(mass === null ? [] : [`strongest links up to ${Number((mass * 100).toFixed(1))} %`]),
    ...(topK === null ? [] : [`top ${topK}`]),
    ...(direction === 'both' || !isSelf ? [] : [`${directionNames[direction]} only`]),
    ...(step === null || !hasSteps(map) ? [] : ['one step at a time']),
  ];
}
