import type { LessonModels } from './row.ts';
import { Row } from './row.ts';
import type { LessonSentence, Sentences } from './sentences.ts';

/** What a head found in a sentence: the word with the largest weight. */
export interface FoundSentence {
  readonly sentence: LessonSentence;
  readonly strongest: string;
  readonly weight: number;
  readonly found: boolean;
}

/**
 * Asks a head in every sentence, one after the other; `report` hears how many are done. Rejects with LessonError where
 * a sentence has no such word, and with an AttentionError.
 */
export async function foundIn(
  { model, head, sentences }: Sentences,
  models: LessonModels,
  report: (done: number) => void = () => undefined,
): Promise<readonly FoundSentence[]> {
  const found: FoundSentence[] = [];
  for (const sentence of sentences) {
    const row = await Row.of(await models.run({ model, text: sentence.text }), head, sentence.query);
    const key = row.key(sentence.key);
    const [first] = row.ranking;
    found.push({
      sentence,
      strongest: first?.word.label ?? '',
      weight: first?.weight ?? 0,
      found: first !== undefined && first.word.tokens.first <= key.first && key.end <= first.word.tokens.end,
    });
    report(found.length);
  }
  return found;
}
