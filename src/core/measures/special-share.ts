import { shareText } from '../attention/number-words.ts';
import type { WeightMeasure } from './measure.ts';
import { words } from '../words/words.ts';

/** The share of a head's attention that lies on special tokens, Σ over special keys / Σ, from 0 to 1. */
export const specialShare: WeightMeasure = {
  says: () => words().metrics.special,
  of: ({ weights, special }) => {
    let on = 0;
    let all = 0;
    for (let cell = 0; cell < weights.length; cell++) {
      const weight = weights[cell] ?? 0;
      all += weight;
      if (special[cell % special.length]) on += weight;
    }
    return all > 0 ? on / all : 0;
  },
  text: (value) => shareText(value),
  phrase: (value) => words().metrics.special.phrase(value),
  tick: (value) => `${Math.round(value * 100)} %`,
};
