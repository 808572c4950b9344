import type { Cell, Explanation } from '../../src/core/block/explanation.ts';
import { reasonOf, type Reason } from '../../src/core/errors/reason.ts';
import { keyOf } from '../../src/core/run/cache.ts';
import { cellInFocus } from '../../src/core/scene/pair.ts';
import { chainOf } from '../../src/core/views/arithmetic/chain.ts';
import type { Progress } from '../../src/protocol/contract.ts';
import type { PanelContract, PanelHostContract } from '../../src/protocol/panel.ts';
import type { Peer } from '../../src/protocol/peer.ts';
import type { Frame } from './frame.ts';

/** A weight that was explained. */
export interface Explained {
  readonly cell: Cell;
  readonly told: Explanation;
}

/** What is known of the weight in focus. */
export interface WeightState {
  /** The weight in focus; null where there is none. */
  readonly wanted: Cell | null;
  /** The last weight of this analysis that was explained; it is that of `wanted` once its answer is here. */
  readonly shown: Explained | null;
  /** How far the answer is that is waited for; null while none is. */
  readonly progress: Progress | null;
  /** Why there is no answer. */
  readonly failure: Reason | null;
}

interface Place {
  readonly analysis: string;
  readonly cell: Cell;
}

/** The explanation of the weight in focus: asked for when it is shown; what was shown before stays until it is here. */
export class ExplanationSource {
  readonly #peer: Peer<PanelContract, PanelHostContract>;
  readonly #changed: () => void;
  #key = '';
  #place: Place | null = null;
  #shown: (Explained & { readonly analysis: string }) | null = null;
  #progress: Progress | null = null;
  #failure: Reason | null = null;
  #asked: AbortController | null = null;

  /** `changed` is called when something is known that was not. */
  constructor(peer: Peer<PanelContract, PanelHostContract>, changed: () => void) {
    this.#peer = peer;
    this.#changed = changed;
  }

  /** What is known of the weight in focus of a frame of tokens; asks for it unless it is here or on its way. */
  of(frame: Frame): WeightState {
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
    if (this.#place) void this.#ask(this.#place);
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

  /** Asks nothing any more, and forgets what it knows. */
  close(): void {
    this.#asked?.abort();
    this.#key = '';
    this.#shown = null;
  }

  async #ask({ analysis, cell }: Place): Promise<void> {
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
      const told = await this.#peer.ask('explain', { analysis, ...cell }, { signal, onProgress });
      if (signal.aborted) return;
      // One whose vectors do not fit together cannot be drawn: it throws here.
      chainOf(told);
      this.#shown = { analysis, cell, told };
    } catch (thrown) {
      if (signal.aborted) return;
      this.#failure = reasonOf(thrown);
    }
    this.#asked = null;
    this.#progress = null;
    this.#changed();
  }
}
