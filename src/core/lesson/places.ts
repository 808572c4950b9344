import type { AnalysisInfo } from '../attention/analysis.ts';
import { layerIndex, layerNumbers } from '../attention/layers.ts';
import type { MapInfo } from '../attention/map.ts';
import { firstSelection } from '../attention/selection.ts';
import { wordsOf, type Word } from '../document/words.ts';
import { excerptOf } from '../document/excerpt.ts';
import type { Sequence } from '../text/token.ts';
import type { TokenSpan } from '../text/words.ts';
import { words } from '../words/words.ts';
import { placeText, type HeadPlace, type WordPlace } from './fields.ts';

/** Why a lesson's expression or place means nothing in an analysis, in a sentence. */
export class LessonError extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'LessonError';
  }
}

/** A head in an analysis: indices of the map and of its layer, and the head, null for all. */
export interface FoundHead {
  readonly at: number;
  readonly map: MapInfo;
  readonly layer: number;
  readonly head: number | null;
}

/**
 * Finds a head in an analysis; where no map is named it is the one that the panel opens with. Throws LessonError where
 * the model has none such.
 */
export function findHead(info: AnalysisInfo, { map: name, layer: number, head }: HeadPlace): FoundHead {
  const says = words().lesson;
  const at = mapIndex(info, name);
  const map = info.maps[at];
  if (!map)
    throw new LessonError(
      says.noMap(
        name ?? '',
        info.maps.map((each) => each.name),
      ),
    );
  const layer = layerIndex(map, number);
  if (layer === null) throw new LessonError(says.noLayer(number, layerNumbers(map)));
  if (head !== null && head >= map.shape[1]) throw new LessonError(says.noHeadIn(head, map.shape[1]));
  return { at, map, layer, head };
}

/** The index of the map with a name, or of the one that the panel opens with. */
export function mapIndex(info: AnalysisInfo, name: string | null): number {
  return name === null ? firstSelection(info).map : info.maps.findIndex((map) => map.name === name);
}

/** Finds a word in a sequence: as it is written, or else without regard to case. Throws LessonError. */
export function findWord(sequence: Sequence, place: WordPlace): TokenSpan {
  const says = words().lesson;
  if ('index' in place) {
    const { index } = place;
    if (index < sequence.tokens.length) return { first: index, end: index + 1 };
    throw new LessonError(says.noToken(index, sequence.tokens.length));
  }
  const all = wordsOf(sequence);
  const exact = all.filter(({ label }) => label === place.word);
  const same = exact.length > 0 ? exact : all.filter(({ label }) => lower(label) === lower(place.word));
  const found = same[place.turn - 1];
  if (!found) throw new LessonError(says.noWord(placeText(place), excerptOf(sequence.text, 60)));
  return found.tokens;
}

/** The words of a sequence that a head can choose: all but special tokens. */
export function choicesOf(sequence: Sequence): readonly Word[] {
  return wordsOf(sequence).filter(({ tokens }) => sequence.tokens[tokens.first]?.special === false);
}

function lower(text: string): string {
  return text.toLocaleLowerCase('en');
}
