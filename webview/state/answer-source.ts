import type { Reason } from '../../src/core/errors/reason.ts';
import { Cache, keyOf } from '../../src/core/run/cache.ts';
import type { Progress } from '../../src/protocol/contract.ts';
import type { AskOptions } from '../../src/protocol/peer.ts';
import { Waiting } from './waiting.ts';

/** Bytes of answers that are kept: those that were wanted last. */
const maxBytes = 16 << 20;

/** What is known of what is wanted. */
export interface Answer<P, T> {
  /** What is wanted; null where nothing is. */
  readonly wanted: P | null;
  /** The last answer of this analysis; it is that of `wanted` once it is here. */
  readonly shown: { readonly place: P; readonly told: T } | null;
  /** How far the answer is that is waited for; null while none is. */
  readonly progress: Progress | null;
  /** Why there is no answer. */
  readonly failure: Reason | null;
}

/** How an answer is got and checked; `ask` throws for one that cannot be drawn. */
export interface Question<P, T> {
  readonly ask: (place: P, options: AskOptions) => Promise<T>;
  readonly sizeOf: (told: T) => number;
}

/**
 * Answers of the engine to what is shown now: the last question alone is waited for, since what is shown may change
 * quickly; what was shown before stays until the answer is here.
 */
export class AnswerSource<P extends { readonly analysis: string }, T> {
  readonly #question: Question<P, T>;
  readonly #changed: () => void;
  readonly #kept: Cache<T>;
  readonly #waiting: Waiting;
  #key = '';
  #place: P | null = null;
  #shown: { readonly place: P; readonly told: T } | null = null;

  /** `changed` is called when something is known that was not. */
  constructor(question: Question<P, T>, changed: () => void) {
    this.#question = question;
    this.#changed = changed;
    this.#waiting = new Waiting(changed);
    this.#kept = new Cache({ most: maxBytes, sizeOf: question.sizeOf });
  }

  /** What is known of a place of an analysis; asks for it unless it is here or on its way. */
  of(analysis: string, place: P | null): Answer<P, T> {
    const key = place ? keyOf(place) : '';
    if (key !== this.#key) {
      this.#key = key;
      this.#place = place;
      this.again(false);
    }
    const shown = this.#shown?.place.analysis === analysis ? this.#shown : null;
    const { progress, failure } = this.#waiting;
    return { wanted: place, shown, progress, failure };
  }

  /** Asks once more for what is wanted; `tells` when the panel is to be drawn anew at once. */
  again(tells = true): void {
    this.#waiting.stop();
    const [place, key] = [this.#place, this.#key];
    const known = this.#kept.get(key);
    if (place && known !== undefined) this.#shown = { place, told: known };
    else if (place)
      void this.#waiting.ask(
        (options) => this.#question.ask(place, options),
        (told) => {
          this.#kept.set(key, told);
          this.#shown = { place, told };
        },
      );
    if (tells) this.#changed();
  }

  /** Waits no longer. */
  cancel(): void {
    this.#waiting.cancel();
  }

  /** Waits no longer where nothing shows the answer; it is asked for again when something does. */
  rest(): void {
    if (!this.#waiting.isOn) return;
    this.#waiting.stop();
    this.#key = '';
  }

  /** Asks nothing any more, and forgets what it knows. */
  close(): void {
    this.#waiting.stop();
    this.#key = '';
    this.#shown = null;
    for (const [key] of this.#kept.entries) this.#kept.delete(key);
  }
}
