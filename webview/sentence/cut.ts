import { cutsOf } from '../../src/core/text/cut-words.ts';
import type { Sequence, Token } from '../../src/core/text/token.ts';
import { words } from '../../src/core/words/words.ts';

/**
 * What was cut of a text, or of either text of a pair, a sentence each; `tokens` are all that the model took, `isDim`
 * whether the rest is seen.
 */
export function cutCaptions(sequence: Sequence, tokens: readonly Token[], isDim = true): string[] {
  const isPair = sequence.pair !== undefined;
  return cutsOf(sequence).map(({ segment, to, length }) => {
    const taken = isPair ? tokens.filter((token) => token.segment === segment && !token.special).length : tokens.length;
    const text = isPair ? (segment === 0 ? 'first' : 'second') : null;
    return words().sentence.cut(taken, text, length - to, isDim);
  });
}
