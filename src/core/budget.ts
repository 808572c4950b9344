/**
 * How much work foreign input may cause, in steps (fields of a file, characters of a text). Steps are counted, not
 * timed: the same input is refused on every machine, and before the memory is spent. Whoever reads spends; whoever gave
 * the budget says how what is over it is refused.
 */
export class Budget {
  readonly #refusal: (part: string) => Error;
  #left: number;
  /** What is being done now, for the message: a component's name. */
  part = '';

  constructor(steps: number, refusal: (part: string) => Error) {
    this.#left = steps;
    this.#refusal = refusal;
  }

  /** Takes steps off; throws the refusal when there are not so many left. */
  spend(steps = 1): void {
    this.#left -= steps;
    if (this.#left < 0) throw this.refusal();
  }

  /** The refusal, for what is too much by another measure. */
  refusal(): Error {
    return this.#refusal(this.part);
  }
}
