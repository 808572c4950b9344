import { randomSource } from '../unit/text/support/texts.ts';

/** Chance that can be repeated: a seed and a number make one case. */
export class Dice {
  readonly #random: () => number;

  constructor(seed: number, number: number) {
    this.#random = randomSource((Math.imul(seed, 0x9e3779b1) ^ Math.imul(number + 1, 0x85ebca6b)) >>> 0);
  }

  /** A whole number from 0 to below `end`. */
  below(end: number): number {
    return Math.floor(this.#random() * end);
  }

  /** A whole number up to about 10 to the power of `digits`, small ones as often as large ones. */
  size(digits: number): number {
    return Math.floor(10 ** (this.#random() * digits));
  }

  /** One of several; they must not be none. */
  of<T>(several: readonly [T, ...T[]] | readonly T[]): T {
    const chosen = several[this.below(several.length)];
    if (chosen === undefined) throw new RangeError('there is nothing to choose from');
    return chosen;
  }

  chance(share: number): boolean {
    return this.#random() < share;
  }
}
