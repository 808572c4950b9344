import type { Budget } from '../../budget.ts';
import type { JsonObject } from '../json.ts';
import { modelOf, remembering, type Model } from './model.ts';
import { UnitTrie } from './unit-trie.ts';
import { Vocabulary } from './vocabulary.ts';
import { words } from '../../words/words.ts';

/**
 * WordPiece: the longest piece that the vocabulary knows, again and again; a word with a gap, or with more characters
 * than `max_input_chars_per_word`, becomes one unknown token. Word-inner pieces carry a prefix in the vocabulary.
 */
export function wordPiece(part: JsonObject): Model {
  const vocabulary = Vocabulary.of(part.part('vocab'));
  const unknownToken = part.short('unk_token');
  const limit = part.index('max_input_chars_per_word', 100);
  const unknown = vocabulary.ids.get(unknownToken);
  if (unknown === undefined) throw part.invalid(words().details.tokenizer.unknownToken(unknownToken));
  const trie = new UnitTrie(vocabulary.ids.size * 3, () => part.invalid(words().details.tokenizer.manyCharacters));
  for (const [token, id] of vocabulary.ids) if (token !== '') trie.add(token, id);
  const inner = trie.walk(part.short('continuing_subword_prefix', '##'));

  const tokenize = (word: string, budget: Budget): readonly number[] => {
    if (characterCount(word, limit) > limit) return [unknown, 0, word.length];
    const tokens: number[] = [];
    for (let start = 0; start < word.length;) {
      let found = -1;
      let end = start;
      for (let at = start, node = start === 0 ? 0 : inner; at < word.length && node >= 0;) {
        budget.spend();
        node = trie.step(node, word.charCodeAt(at));
        at++;
        if (node >= 0 && trie.valueAt(node) >= 0) {
          found = trie.valueAt(node);
          end = at;
        }
      }
      if (found < 0) return [unknown, 0, word.length];
      tokens.push(found, start, end);
      start = end;
    }
    return tokens;
  };
  return modelOf(remembering(tokenize), vocabulary, unknown);
}

/** Counts code points, only as far as it takes to see that there are more than `limit`. */
function characterCount(word: string, limit: number): number {
  if (word.length <= limit) return word.length;
  let count = 0;
  for (const _character of word) if (++count > limit) break;
  return count;
}
