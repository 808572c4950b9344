import type { MapInfo } from './map.ts';
import type { Pairs } from './shown.ts';
import { rowWords } from './row-names.ts';
import { hasSteps } from './steps.ts';
import type { Direction, ViewOptions } from './view.ts';

/** What a pair filter shows, as its choice is labelled. */
export const pairNames: Readonly<Record<Pairs, string>> = {
  all: 'all',
  aa: 'A → A',
  ab: 'A → B',
  ba: 'B → A',
  bb: 'B → B',
};

/** What a pair filter shows, in a sentence. */
export const pairMeanings: Readonly<Record<Pairs, string>> = {
  all: 'Both texts looking at both texts.',
  aa: 'Only queries in the first text (A) and keys in the first text (A).',
  ab: 'Only queries in the first text (A) and keys in the second text (B).',
  ba: 'Only queries in the second text (B) and keys in the first text (A).',
  bb: 'Only queries in the second text (B) and keys in the second text (B).',
};

/** What a direction shows, in a sentence. */
export const directionMeanings: Readonly<Record<Direction, string>> = {
  both: 'By the side that is pointed at: on the left what the token looks at, on the right what looks at it.',
  from: 'What the token looks at, whichever side is pointed at: its row, as a query.',
  to: 'What looks at the token, whichever side is pointed at: its column, as a key.',
};

/** What a direction shows, as its choice is labelled. */
export const directionNames: Readonly<Record<Direction, string>> = {
  both: 'by side',
  from: 'looks at',
  to: 'is looked at by',
};

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
  const hidden = [...(hideSpecial ? ['special tokens'] : []), ...(hidePunctuation ? ['punctuation'] : [])].join(
    ' and ',
  );
  const isSelf = map.queries === map.keys;
  return [
    ...(unit === 'words' ? ['words'] : []),
    ...(layerMerge && map.shape[0] > 1 ? [`${layerMerge} of ${map.shape[0]} layers`] : []),
    ...(headMerge === 'max' && map.shape[1] > 1 ? ['heads by their maximum'] : []),
    ...(hidden ? [`${hidden} hidden`] : []),
    ...(pairs === 'all' ? [] : [pairNames[pairs]]),
    ...(renormalise ? ['rows renormalised'] : []),
    ...(mass === null ? [] : [`strongest links covering ${Number((mass * 100).toFixed(1))} %`]),
    ...(topK === null ? [] : [`top ${topK}`]),
    ...(direction === 'both' || !isSelf ? [] : [`${directionNames[direction]} only`]),
    ...(rows === 'both' || !map.rows ? [] : [`rows: ${rowWords[rows]}`]),
    ...(step === null || !hasSteps(map) ? [] : ['one step at a time']),
  ];
}
