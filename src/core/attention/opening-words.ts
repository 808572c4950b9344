import { maxShortLength } from '../text/function-words.ts';
import { labelIn, wordsOf } from '../document/words.ts';
import { words } from '../words/words.ts';
import { layerNumber } from './layers.ts';
import type { AnalysisInfo } from './analysis.ts';
import { weightText } from './number-words.ts';
import { openingThreshold, type Opening } from './opening.ts';

/** By which rule the head that an analysis opens with was chosen. */
export function openingRule(): string {
  return words().opening.rule(openingThreshold, maxShortLength);
}

/** Why an analysis opened as it did, in one sentence. */
export function openingSentence({ maps, sequences }: AnalysisInfo, opening: Opening | null): string {
  const { opening: says, relations, names } = words();
  if (opening === null) return says.nothing;
  const { layer, head, query, key, weight, relation } = opening;
  const map = maps[opening.map];
  const label = (sequence: number | undefined, token: number): string => {
    const found = sequence === undefined ? undefined : sequences[sequence];
    return found ? labelIn(wordsOf(found), token) : '';
  };
  const known = relation === undefined ? undefined : relations.labels[relation];
  const name = map ? names.place(layerNumber(map, layer), head) : '';
  return says.head(name, known, label(map?.queries, query), label(map?.keys, key), weightText(weight));
}
