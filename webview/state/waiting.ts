import { reasonOf, type Reason } from '../../src/core/errors/reason.ts';
import type { Progress } from '../../src/protocol/contract.ts';
import type { AskOptions } from '../../src/protocol/peer.ts';

/** A question to the engine that is waited for: of several the last one alone is heard. */
export class Waiting {
  readonly #changed: () => void;
  #asked: AbortController | null = null;
  #progress: Progress | null = null;
  #failure: Reason | null = null;

  /** `changed` is called after every progress, and once there is an answer, or none. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Whether an answer is on its way. */
  get isOn(): boolean {
    return this.#asked !== null;
  }

  /** How far the answer is that is waited for; null while none is. */
  get progress(): Progress | null {
    return this.#progress;
  }

  /** Why there is no answer. */
  get failure(): Reason | null {
    return this.#failure;
  }

  /** Asks, and waits for nothing else any more; `take` is given the answer, unless something else was asked meanwhile. */
  async ask<T>(question: (options: AskOptions) => Promise<T>, take: (told: T) => void): Promise<void> {
    this.stop();
    const asked = new AbortController();
    this.#asked = asked;
    this.#progress = { stage: '' };
    const { signal } = asked;
    const onProgress = (progress: Progress): void => {
      if (signal.aborted) return;
      this.#progress = progress;
      this.#changed();
    };
    try {
      const told = await question({ signal, onProgress });
      if (signal.aborted) return;
      take(told);
    } catch (thrown) {
      if (signal.aborted) return;
      this.#failure = reasonOf(thrown);
    }
    this.#asked = null;
    this.#progress = null;
    this.#changed();
  }

  /** Waits no longer, and forgets why there was no answer. */
  stop(): void {
    this.#asked?.abort();
    this.#asked = null;
    this.#progress = null;
    this.#failure = null;
  }

  /** Says why what was asked for cannot be shown. */
  fail(thrown: unknown): void {
    this.#failure = reasonOf(thrown);
    this.#changed();
  }

  /** Waits no longer, as the person wants. */
  cancel(): void {
    this.stop();
    this.#failure = { code: 'cancelled' };
    this.#changed();
  }
}
