import type { AnalysisInfo } from '../attention/analysis.ts';
import { itemAt } from '../item-at.ts';
import type { Candidate } from '../prediction/prediction.ts';
import { words } from '../words/words.ts';
import type { WordPlace } from './fields.ts';
import { findWord, LessonError } from './places.ts';

/**
 * The likeliest tokens at a place: in place of a mask, or after a token (what a recurrent decoder writes there). Without
 * a place at the first mask, or after the last token. Throws LessonError.
 */
export function candidatesAt(
  { predictions = [], sequences }: AnalysisInfo,
  place: WordPlace | null,
): readonly Candidate[] {
  for (const prediction of predictions) {
    if (prediction.kind !== 'masked' && prediction.kind !== 'next') continue;
    const sequence = itemAt(sequences, prediction.sequence);
    const token = place && findWord(sequence, place).first;
    if (prediction.kind === 'masked') {
      const found = prediction.places.find((one) => token === null || one.token === token);
      if (found) return found.candidates;
    } else {
      const step = prediction.steps[token ?? prediction.steps.length - 1];
      if (step) return step.candidates;
    }
  }
  throw new LessonError(words().lesson.noPrediction);
}

/** The probability of a token at a place, by its text. Throws LessonError. */
export function probabilityOf(info: AnalysisInfo, word: string, place: WordPlace | null): number {
  const found = candidatesAt(info, place).find(({ text }) => text.trim() === word);
  if (!found) throw new LessonError(words().lesson.notPredicted(word));
  return found.probability;
}

/** What the model wrote: after a text, or as the target of an encoder-decoder. Throws LessonError. */
export function writtenText({ sequences }: AnalysisInfo): string {
  const written = sequences.findLast(({ generatedFrom }) => generatedFrom !== undefined);
  if (written?.generatedFrom === undefined) throw new LessonError(words().lesson.nothingWritten);
  const tokens = written.tokens.slice(written.generatedFrom).filter(({ start, end }) => end > start);
  return written.text.slice(tokens[0]?.start ?? written.text.length, tokens.at(-1)?.end).trim();
}
