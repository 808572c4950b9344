import { klText } from '../prediction/effect-words.ts';
import { words } from '../words/words.ts';
import { plainTick, type HeadMeasure } from './measure.ts';

/**
 * KL(before ‖ after) in nats of a prediction when the head hands over nothing (Michel et al. 2019 do the same with the
 * BLEU score). It takes a run of the model, so a head has it only after it was asked for, and for one place of the text.
 */
export const effect: HeadMeasure = {
  says: () => words().metrics.effect,
  text: (nats) => words().metrics.effect.text(klText(nats)),
  phrase: (nats) => words().metrics.effect.phrase(klText(nats)),
  tick: plainTick,
};
