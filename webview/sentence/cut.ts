import { countText } from '../../src/core/attention/number-words.ts';
import { cutsOf } from '../../src/core/text/cut-words.ts';
import type { Sequence, Token } from '../../src/core/text/token.ts';

/**
 * What was cut of a text, or of either text of a pair, a sentence each; `tokens` are all that the model took, `isDim`
 * whether the rest is seen.
 */
export function cutCaptions(sequence: Sequence, tokens: readonly Token[], isDim = true): string[] {
  const isPair = sequence.pair !== undefined;
  return cutsOf(sequence).map(({ segment, to, length }) => {
    const taken = isPair ? tokens.filter((token) => token.segment === segment && !token.special).length : tokens.length;
    const of = isPair ? ` of the ${segment === 0 ? 'first' : 'second'} text` : '';
    const left = length - to;
    const characters = left === 1 ? 'character' : countText(left, 'character');
    return (
      `The model took the first ${countText(taken, 'token')}${of}; ` +
      `the last ${characters}${isDim ? ', shown dim,' : ''} ${left === 1 ? 'was' : 'were'} not analysed.`
    );
  });
}
