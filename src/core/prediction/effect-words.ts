import { amountText, probabilityText } from '../attention/number-words.ts';
import { itemAt } from '../item-at.ts';
import { labelOf, visibleText } from '../text/label.ts';
import type { Sequence } from '../text/token.ts';
import { words } from '../words/words.ts';
import type { HeadEffect, PredictedPlace } from './effects.ts';

/** Digits of a divergence, in nats. */
const klDigits = 2;

/** Where a prediction is made, as a phrase: `in place of ‘fish’`. */
export function placeText({ kind, sequence, token, isHidden }: PredictedPlace, sequences: readonly Sequence[]): string {
  const says = words().effects.place;
  if (kind === 'label') return says.label;
  const own = itemAt(sequences, sequence);
  const name = words().texts.quoted(labelOf(own, itemAt(own.tokens, token)));
  return isHidden ? says.hidden(name) : says[kind](name);
}

/** A token or a label that is predicted, in quotation marks. */
export function candidateText(text: string): string {
  return words().texts.quoted(visibleText(text));
}

/** A divergence in nats: `0.31`, `<0.01`. */
export function klText(kl: number, digits: number = klDigits): string {
  return amountText(kl, digits);
}

/**
 * What an effect is, in a sentence: `Without head 1.2 the probability of ‘fish’ falls from 0.21 to 0.06 (KL 0.31
 * nats); ‘food’ is then the most probable.` `part` is what was switched off.
 */
export function effectSentence(part: string, { watched, likeliest, effect }: Omit<HeadEffect, 'place'>): string {
  const says = words().effects;
  const numbers = [probabilityText(watched.probability), probabilityText(effect.after)] as const;
  const moves = numbers[0] === numbers[1] ? 'stays' : effect.after < watched.probability ? 'falls' : 'rises';
  const isNew = effect.top.id !== likeliest.id;
  const top = isNew ? candidateText(effect.top.text) : null;
  return says.sentence(part, candidateText(watched.text), numbers, moves, says.nats(klText(effect.kl)), top);
}
