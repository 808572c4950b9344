import type { JsonObject } from '../json.ts';
import type { Span } from '../span.ts';
import { classesOf, COMBINING } from '../characters/classes.ts';
import { asBytes } from '../pre-tokenizers/byte-level.ts';
import { withPrefix } from '../prefix.ts';
import { without } from './removal.ts';
import { bertNormalizer } from './bert.ts';
import { lowerCased } from './letter-case.ts';
import { precompiled } from './precompiled.ts';
import { replacement } from './replace.ts';
import { unicodeForm } from './unicode.ts';
import { nmt, strip } from './whitespace.ts';
import { words } from '../../words/words.ts';

/** A stage that rewrites a piece of text and keeps its alignment to the original. */
export type Normalizer = (span: Span) => Span;

/** Builds the normalizer of a tokenizer file; refuses a type that is not known, by name. */
export function buildNormalizer(part: JsonObject): Normalizer {
  const run = normalizerOf(part);
  if (part.type === 'Sequence') return run;
  const name = words().details.tokenizer.parts.normalizer(part.type);
  return (span) => {
    span.budget.enter(name, span.text.length);
    return run(span);
  };
}

function normalizerOf(part: JsonObject): Normalizer {
  switch (part.type) {
    case 'Sequence': {
      const stages = part.parts('normalizers').map(buildNormalizer);
      return (span) => stages.reduce((current, stage) => stage(current), span);
    }
    case 'BertNormalizer':
      return bertNormalizer(part);
    case 'Lowercase':
      return lowerCased;
    case 'NFC':
    case 'NFD':
    case 'NFKC':
    case 'NFKD':
      return unicodeForm(part.type);
    case 'StripAccents':
      return (span) => without(span, (codePoint) => (classesOf(codePoint) & COMBINING) !== 0);
    case 'Strip':
      return strip(part);
    case 'Replace':
      return replacement(part);
    case 'Prepend': {
      const prefix = part.short('prepend');
      return (span) => withPrefix(span, prefix);
    }
    case 'Precompiled':
      return precompiled(part);
    case 'Nmt':
      return nmt;
    case 'ByteLevel':
      return asBytes;
    default:
      throw part.unsupported(words().details.tokenizer.parts.normalizer(part.type));
  }
}
