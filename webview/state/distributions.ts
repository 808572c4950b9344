import type { AnalysisInfo } from '../../src/core/attention/analysis.ts';
import type { Distribution } from '../../src/core/prediction/distribution.ts';
import type { PredictedPlace } from '../../src/core/prediction/drawn-place.ts';
import type { Drawing } from '../../src/core/prediction/sample.ts';
import { keyOf } from '../../src/core/run/cache.ts';
import type { PanelContract, PanelHostContract } from '../../src/protocol/panel.ts';
import type { Peer } from '../../src/protocol/peer.ts';

/** A place of an analysis under settings of a draw. */
interface Asked {
  readonly analysis: string;
  readonly token: number;
  readonly drawing: Drawing;
}

/** What is known of a place: `exact` once the answer is here, before that what the run itself told of it. */
export interface KnownDistribution {
  readonly distribution: Distribution | null;
  readonly isWaiting: boolean;
}

/** How likely each candidate is drawn at the place that is shown: asked for when it is shown, the last answer kept. */
export class DistributionSource {
  readonly #peer: Peer<PanelContract, PanelHostContract>;
  readonly #changed: () => void;
  #key = '';
  #info: AnalysisInfo | null = null;
  #found: Distribution | null = null;
  #asked: AbortController | null = null;

  /** `changed` is called when an answer has come. */
  constructor(peer: Peer<PanelContract, PanelHostContract>, changed: () => void) {
    this.#peer = peer;
    this.#changed = changed;
  }

  /** What is known of a place of an analysis; null while no answer is here, and where there is none. */
  of(analysis: string, info: AnalysisInfo, { token }: PredictedPlace, drawing: Drawing): KnownDistribution {
    const asked = { analysis, token, drawing };
    const key = keyOf(asked);
    if (key !== this.#key || info !== this.#info) {
      this.#key = key;
      this.#info = info;
      this.#found = null;
      void this.#ask(asked);
    }
    return { distribution: this.#found, isWaiting: this.#asked !== null };
  }

  /** Asks nothing any more. */
  close(): void {
    this.#asked?.abort();
  }

  async #ask(params: Asked): Promise<void> {
    this.#asked?.abort();
    const asked = new AbortController();
    this.#asked = asked;
    const found = await this.#peer.ask('distribution', params, { signal: asked.signal }).catch(() => null);
    if (asked.signal.aborted) return;
    // Without an answer the panel shows what the run told.
    this.#asked = null;
    this.#found = found;
    this.#changed();
  }
}
