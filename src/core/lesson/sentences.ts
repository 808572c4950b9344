import { words } from '../words/words.ts';
import type { Entry } from './blocks.ts';
import { headPlaceOf, wordPlaceOf, type Fields, type HeadPlace, type WordPlace } from './fields.ts';
import { modelIn } from './picture.ts';

/** A sentence, and the word that a head should find from another one. */
export interface LessonSentence {
  readonly query: WordPlace;
  readonly key: WordPlace;
  readonly text: string;
  readonly line: number;
}

/** A `sentences` fence: in how many sentences a head finds the right word. */
export interface Sentences {
  readonly model: string;
  readonly head: HeadPlace;
  readonly title: string | null;
  readonly sentences: readonly LessonSentence[];
}

/** Reads a `sentences` fence; null where it has no head or no sentence. */
export function sentencesOf(fields: Fields, start: Entry): Sentences | null {
  const says = words().lesson;
  const model = modelIn(fields);
  const head = fields.read('head', (value) => alone(headPlaceOf(value)), says.oneHead);
  const title = fields.text('title');
  const entries = fields.all('sentence');
  const sentences = entries.flatMap((entry): readonly LessonSentence[] => {
    const [, from = '', to = '', text = ''] = /^(.*?)\s+>\s+(.*?)\s*\|\s*(.*)$/u.exec(entry.value) ?? [];
    const [query, key] = [wordPlaceOf(from), wordPlaceOf(to)];
    if (query && key && text !== '') return [{ query, key, text, line: entry.line }];
    fields.wrong(entry, says.sentence);
    return [];
  });
  if (fields.all('head').length === 0) fields.wrong(start, says.noHead);
  if (entries.length === 0) fields.wrong(start, says.noSentence);
  return head === null || sentences.length === 0 ? null : { model, head, title, sentences };
}

function alone(place: HeadPlace | null): HeadPlace | null {
  return place?.head === null ? null : place;
}
