import type { Cell, Explanation } from '../../src/core/block/explanation.ts';
import type { ScoreParts } from '../../src/core/block/score-parts.ts';
import { reasonOf, type Reason } from '../../src/core/errors/reason.ts';
import { Cache, keyOf } from '../../src/core/run/cache.ts';
import { cellInFocus } from '../../src/core/scene/pair.ts';
import type { Progress } from '../../src/protocol/contract.ts';
import type { AskOptions } from '../../src/protocol/peer.ts';
import type { Frame } from './frame.ts';

/** Bytes of answers that are kept: those of the weights that were in focus last. */
const maxBytes = 16 << 20;

/** What is known of the weight in focus: how it is computed, or what its score is made of. */
export interface PairState<T> {
  /** The weight in focus; null where there is none. */
  readonly wanted: Cell | null;
  /** The last weight of this analysis that was answered; it is that of `wanted` once its answer is here. */
  readonly shown: { readonly cell: Cell; readonly told: T } | null;
  /** How far the answer is that is waited for; null while none is. */
  readonly progress: Progress | null;
  /** Why there is no answer. */
  readonly failure: Reason | null;
}

/** How a weight is computed. */
export type WeightState = PairState<Explanation>;
/** Why a score is what it is. */
export type PartsState = PairState<ScoreParts>;

/** A weight of an analysis. */
export interface PairPlace {
  readonly analysis: string;
  readonly cell: Cell;
}

/** How an answer is got and checked; `ask` throws for one that cannot be drawn. */
export interface PairQuestion<T> {
  readonly ask: (place: PairPlace, options: AskOptions) => Promise<T>;
  readonly sizeOf: (told: T) => number;
}

/**
 * What is told of the weight in focus: asked for when it is shown, the last question alone, since the focus may move
 * quickly; what was shown before stays until the answer is here.
 */
export class PairSource<T> {
  readonly #question: PairQuestion<T>;
  readonly #changed: () => void;
  readonly #kept: Cache<T>;
  #key = '';
  #place: PairPlace | null = null;
  #shown: (PairPlace & { readonly told: T }) | null = null;
  #progress: Progress | null = null;
  #failure: Reason | null = null;
  #asked: AbortController | null = null;

  /** `changed` is called when something is known that was not. */
  constructor(question: PairQuestion<T>, changed: () => void) {
    this.#question = question;
    this.#changed = changed;
    this.#kept = new Cache({ most: maxBytes, sizeOf: question.sizeOf });
  }

  /** What is known of the weight in focus of a frame of tokens; asks for it unless it is here or on its way. */
  of(frame: Frame): PairState<T> {
    const { analysis } = frame;
    const wanted = cellInFocus(frame);
    const key = wanted ? keyOf({ analysis, ...wanted }) : '';
    if (key !== this.#key) {
      this.#key = key;
      this.#place = wanted && { analysis, cell: wanted };
      this.again(false);
    }
    const shown = this.#shown?.analysis === analysis ? this.#shown : null;
    return { wanted, shown, progress: this.#progress, failure: this.#failure };
  }

  /** Asks for the weight in focus once more; `tells` when the panel is to be drawn anew at once. */
  again(tells = true): void {
    this.#asked?.abort();
    this.#asked = null;
    this.#failure = null;
    this.#progress = null;
    const place = this.#place;
    const known = this.#kept.get(this.#key);
    if (place && known !== undefined) this.#shown = { ...place, told: known };
    else if (place) void this.#ask(place, this.#key);
    if (tells) this.#changed();
  }

  /** Waits no longer. */
  cancel(): void {
    this.#asked?.abort();
    this.#asked = null;
    this.#progress = null;
    this.#failure = { code: 'cancelled' };
    this.#changed();
  }

  /** Waits no longer where nothing shows the answer; it is asked for again when something does. */
  rest(): void {
    if (!this.#asked) return;
    this.#asked.abort();
    this.#asked = null;
    this.#progress = null;
    this.#key = '';
  }

  /** Asks nothing any more, and forgets what it knows. */
  close(): void {
    this.#asked?.abort();
    this.#key = '';
    this.#shown = null;
    for (const [key] of this.#kept.entries) this.#kept.delete(key);
  }

  async #ask(place: PairPlace, key: string): Promise<void> {
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
      const told = await this.#question.ask(place, { signal, onProgress });
      if (signal.aborted) return;
      this.#kept.set(key, told);
      this.#shown = { ...place, told };
    } catch (thrown) {
      if (signal.aborted) return;
      this.#failure = reasonOf(thrown);
    }
    this.#asked = null;
    this.#progress = null;
    this.#changed();
  }
}
