import type { JsonObject } from '../json.ts';
import { modelOf, type Model } from './model.ts';
import { Vocabulary } from './vocabulary.ts';
import { words } from '../../words/words.ts';

/** WordLevel: a word is one token, or the unknown token. */
export function wordLevel(part: JsonObject): Model {
  const vocabulary = Vocabulary.of(part.part('vocab'));
  const unknownToken = part.short('unk_token');
  const tokenize = (word: string): readonly number[] => {
    const id = vocabulary.ids.get(word) ?? vocabulary.ids.get(unknownToken);
    if (id === undefined) throw part.invalid(words().details.tokenizer.unknownToken(unknownToken));
    return [id, 0, word.length];
  };
  return modelOf(tokenize, vocabulary, vocabulary.ids.get(unknownToken));
}
