import type { JsonObject } from '../json.ts';
import { bytePair } from './byte-pair.ts';
import type { Model } from './model.ts';
import { unigram } from './unigram.ts';
import { wordLevel } from './word-level.ts';
import { wordPiece } from './word-piece.ts';
import { words } from '../../words/words.ts';

/** Builds the model of a tokenizer file; older files leave the type out, it then shows in the fields. */
export function buildModel(part: JsonObject): Model {
  switch (part.type || typeOf(part)) {
    case 'WordPiece':
      return wordPiece(part);
    case 'BPE':
      return bytePair(part);
    case 'Unigram':
      return unigram(part);
    case 'WordLevel':
      return wordLevel(part);
    default:
      throw part.unsupported(words().details.tokenizer.parts.model(part.type));
  }
}

function typeOf(part: JsonObject): string {
  if (part.value('merges') !== undefined) return 'BPE';
  if (Array.isArray(part.value('vocab'))) return 'Unigram';
  return part.value('continuing_subword_prefix') !== undefined ? 'WordPiece' : 'WordLevel';
}
