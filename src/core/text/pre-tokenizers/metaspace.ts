import type { JsonObject } from '../json.ts';
import { literal } from '../patterns/pattern.ts';
import { withPrefix } from '../prefix.ts';
import type { Span } from '../span.ts';
import { splitAt } from './splitting.ts';
import { words } from '../../words/words.ts';

/**
 * Metaspace: writes spaces as a visible character, puts one in front where the scheme says so, and splits before each.
 */
export function metaspace(part: JsonObject): (span: Span) => Span[] {
  const mark = part.short('replacement', '▁');
  if (mark.length !== 1) throw part.unsupported(words().details.tokenizer.replacement(mark));
  const scheme = part.value('add_prefix_space') === false ? 'never' : part.short('prepend_scheme', 'always');
  if (!['always', 'first', 'never'].includes(scheme))
    throw part.unsupported(words().details.tokenizer.setting('Metaspace', 'prepend_scheme', scheme));
  const splits = part.boolean('split', true);
  const marks = literal(mark);
  return (span) => {
    const marked = span.rewritten(span.text.replaceAll(' ', mark));
    const prefixed = scheme === 'always' || (scheme === 'first' && span.origin === 0);
    const start = prefixed && !marked.text.startsWith(mark) ? withPrefix(marked, mark) : marked;
    return splits ? splitAt(start, marks(start.text), 'MergedWithNext') : [start];
  };
}
