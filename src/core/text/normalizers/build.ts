import type { Part } from '../json.ts';
import type { Span } from '../span.ts';
import { bertNormalizer } from './bert.ts';
import { lowerCased } from './letter-case.ts';
import { unicodeForm } from './unicode.ts';

/** A stage that rewrites a piece of text and keeps its alignment to the original. */
export type Normalizer = (span: Span) => Span;

/** Builds the normalizer of a tokenizer file; refuses a type that is not known, by name. */
export function buildNormalizer(part: Part): Normalizer {
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
    default:
      throw part.unsupported(`normalizer ${part.type || 'without a type'}`);
  }
}
