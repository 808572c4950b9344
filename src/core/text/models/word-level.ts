import type { Part } from '../json.ts';
import { modelOf, type Model } from './model.ts';
import { Vocabulary } from './vocabulary.ts';

/** WordLevel: a word is one token, or the unknown token. */
export function wordLevel(part: Part): Model {
  const vocabulary = Vocabulary.of(part.part('vocab'));
  const unknownToken = part.short('unk_token');
  const tokenize = (word: string): readonly number[] => {
    const id = vocabulary.ids.get(word) ?? vocabulary.ids.get(unknownToken);
    if (id === undefined) throw part.invalid(`the unknown token ${unknownToken} is not in the vocabulary`);
    return [id, 0, word.length];
  };
  return modelOf(tokenize, vocabulary, vocabulary.ids.get(unknownToken));
}
