import type { JsonObject } from '../json.ts';
import type { Span } from '../span.ts';
import { bertWords } from './bert.ts';
import { byteLevel } from './byte-level.ts';
import { metaspace } from './metaspace.ts';
import { scriptRuns } from './scripts.ts';
import {
  delimiterSplit,
  digits,
  fixedLength,
  patternSplit,
  punctuation,
  whitespaceSplit,
  wordsAndSigns,
} from './simple.ts';
import { words } from '../../words/words.ts';

/** A stage that cuts a piece of text into smaller ones, in order; it may rewrite them. */
export type PreTokenizer = (span: Span) => Span[];

/** Builds the pre-tokenizer of a tokenizer file; refuses a type that is not known, by name. */
export function buildPreTokenizer(part: JsonObject): PreTokenizer {
  const run = preTokenizerOf(part);
  if (part.type === 'Sequence') return run;
  const name = words().details.tokenizer.parts.preTokenizer(part.type);
  return (span) => {
    span.budget.enter(name, span.text.length);
    return run(span);
  };
}

function preTokenizerOf(part: JsonObject): PreTokenizer {
  switch (part.type) {
    case 'Sequence': {
      const stages = part.parts('pretokenizers').map(buildPreTokenizer);
      return (span) => stages.reduce((spans, stage) => spans.flatMap(stage), [span]);
    }
    case 'BertPreTokenizer':
      return bertWords;
    case 'ByteLevel':
      return byteLevel(part);
    case 'Metaspace':
      return metaspace(part);
    case 'Whitespace':
      return wordsAndSigns;
    case 'WhitespaceSplit':
      return whitespaceSplit;
    case 'Punctuation':
      return punctuation(part);
    case 'Digits':
      return digits(part);
    case 'Split':
      return patternSplit(part);
    case 'CharDelimiterSplit':
    case 'Delimiter':
      return delimiterSplit(part);
    case 'UnicodeScripts':
      return scriptRuns;
    case 'FixedLength':
      return fixedLength(part);
    default:
      throw part.unsupported(words().details.tokenizer.parts.preTokenizer(part.type));
  }
}
