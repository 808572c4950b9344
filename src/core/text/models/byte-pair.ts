import type { Budget } from '../../budget.ts';
import type { JsonObject } from '../json.ts';
import { mergeQueue, type Merges } from './merges.ts';
import { modelOf, remembering, type Model } from './model.ts';
import { Vocabulary } from './vocabulary.ts';
import { words } from '../../words/words.ts';

/**
 * Byte-pair encoding: the characters of a word, merged pair by pair in the order of the merge list. Characters that the
 * vocabulary lacks become the tokens of their bytes (`byte_fallback`), or the unknown token, or nothing.
 */
export function bytePair(part: JsonObject): Model {
  if (part.value('dropout') !== null && part.value('dropout') !== undefined && part.value('dropout') !== 0)
    throw part.unsupported(words().details.tokenizer.dropout);
  const vocabulary = Vocabulary.of(part.part('vocab'));
  const prefix = part.short('continuing_subword_prefix', '');
  const merges = mergeQueue(part, vocabulary, prefix);
  const symbols = symbolizer(part, vocabulary, prefix);
  const whole = part.boolean('ignore_merges', false);
  const tokenize = (word: string, budget: Budget): readonly number[] => {
    const id = whole ? vocabulary.ids.get(word) : undefined;
    return id === undefined ? merged(symbols(word, budget), merges) : [id, 0, word.length];
  };
  return modelOf(remembering(tokenize), vocabulary, unknownOf(part, vocabulary));
}

/** Cuts a word into the symbols that merging starts from: ids and ranges, as `Model.tokenize` returns them. */
function symbolizer(
  part: JsonObject,
  vocabulary: Vocabulary,
  prefix: string,
): (word: string, budget: Budget) => number[] {
  const suffix = part.short('end_of_word_suffix', '');
  const unknown = unknownOf(part, vocabulary);
  const fuse = part.boolean('fuse_unk', false);
  const fallback = part.boolean('byte_fallback', false);

  return (word, budget) => {
    const symbols: number[] = [];
    let fusing = false;
    for (let at = 0; at < word.length;) {
      const next = at + ((word.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);
      const symbol = (at > 0 ? prefix : '') + word.slice(at, next) + (next === word.length ? suffix : '');
      budget.spend(symbol.length);
      const id = vocabulary.ids.get(symbol);
      const bytes = id === undefined && fallback ? vocabulary.bytesIn(symbol) : undefined;
      if (id !== undefined) symbols.push(id, at, next);
      else if (bytes !== undefined) for (const byte of bytes) symbols.push(byte, at, next);
      else if (fusing && fuse) symbols[symbols.length - 1] = next;
      else if (unknown !== undefined) symbols.push(unknown, at, next);
      fusing = id === undefined && bytes === undefined && unknown !== undefined;
      at = next;
    }
    return symbols;
  };
}

function unknownOf(part: JsonObject, vocabulary: Vocabulary): number | undefined {
  const unknownToken = part.text('unk_token');
  const unknown = unknownToken === undefined ? undefined : vocabulary.ids.get(unknownToken);
  if (unknownToken !== undefined && unknown === undefined)
    throw part.invalid(words().details.tokenizer.unknownToken(unknownToken));
  return unknown;
}

function merged(symbols: number[], merges: Merges): readonly number[] {
  return symbols.length <= 3 ? symbols : merges(symbols);
}
