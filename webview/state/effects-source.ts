import { positionInFocus, predictsTokens } from '../../src/core/prediction/predicted-place.ts';
import type { Effects } from '../../src/core/prediction/effects.ts';
import type { Reason } from '../../src/core/errors/reason.ts';
import type { Progress } from '../../src/protocol/contract.ts';
import type { AskOptions } from '../../src/protocol/peer.ts';
import type { Frame } from './frame.ts';
import { Waiting } from './waiting.ts';

/** What is known of the effects of heads on a prediction. */
export interface EffectsState {
  /** Whether the model predicts anything that can be compared. */
  readonly isPredicted: boolean;
  /** The position in focus; null where the model predicts by itself. */
  readonly position: number | null;
  /** What was measured last of this analysis. */
  readonly told: Effects | null;
  /** How far the measurement is; null while there is none. */
  readonly progress: Progress | null;
  /** Why there is no answer. */
  readonly failure: Reason | null;
}

/** The effects of every head: asked for when the person wants them, since that takes a run for each. */
export class EffectsSource {
  readonly #ask: (analysis: string, position: number | null, options: AskOptions) => Promise<Effects>;
  readonly #changed: () => void;
  readonly #waiting: Waiting;
  #analysis = '';
  #position: number | null = null;
  #told: Effects | null = null;

  /** `changed` is called when something is known that was not. */
  constructor(
    ask: (analysis: string, position: number | null, options: AskOptions) => Promise<Effects>,
    changed: () => void,
  ) {
    this.#ask = ask;
    this.#changed = changed;
    this.#waiting = new Waiting(changed);
  }

  /** What is known of a frame of tokens; what was asked of another analysis is waited for no more. */
  of({ analysis, info, selection }: Frame): EffectsState {
    if (analysis !== this.#analysis) this.close();
    this.#analysis = analysis;
    this.#position = positionInFocus(info, selection);
    const { progress, failure } = this.#waiting;
    return {
      isPredicted: predictsTokens(info),
      position: this.#position,
      told: this.#told,
      progress,
      failure,
    };
  }

  /** Measures at the position in focus. */
  async measure(): Promise<void> {
    const measured = this.#waiting.ask(
      (options) => this.#ask(this.#analysis, this.#position, options),
      (told) => {
        this.#told = told;
      },
    );
    this.#changed();
    await measured;
  }

  /** Stops the measurement. */
  cancel(): void {
    this.#waiting.stop();
    this.#changed();
  }

  /** Asks nothing any more, and forgets what it knows. */
  close(): void {
    this.#waiting.stop();
    this.#analysis = '';
    this.#told = null;
  }
}
