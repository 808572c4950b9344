import { largestThumbnail, type Thumbnails } from '../../src/core/views/model/thumbnails.ts';
import type { ViewOptions } from '../../src/core/attention/view.ts';
import type { ShownOptions } from '../../src/core/attention/shown.ts';
import type { PanelContract, PanelHostContract } from '../../src/protocol/panel.ts';
import type { Peer } from '../../src/protocol/peer.ts';

/** The small pictures of all heads of one map: asked for when they are wanted, and only the last ones kept. */
export class ThumbnailSource {
  readonly #peer: Peer<PanelContract, PanelHostContract>;
  readonly #changed: () => void;
  readonly #failed: (thrown: unknown) => void;
  #key = '';
  #found: Thumbnails | null = null;
  #asked: AbortController | null = null;

  /** `changed` is called when thumbnails have come, `failed` when they could not be had. */
  constructor(peer: Peer<PanelContract, PanelHostContract>, changed: () => void, failed: (thrown: unknown) => void) {
    this.#peer = peer;
    this.#changed = changed;
    this.#failed = failed;
  }

  /** The thumbnails that were wanted last, as soon as they are here. */
  get found(): Thumbnails | null {
    return this.#found;
  }

  /** Asks for the thumbnails of a map, unless they are here or on their way. */
  want(analysis: string, map: number, view: ViewOptions): void {
    const { unit, mass, topK, hideSpecial, hidePunctuation, renormalise, pairs } = view;
    const options: ShownOptions = { unit, mass, topK, hideSpecial, hidePunctuation, renormalise, pairs };
    const key = JSON.stringify([analysis, map, options]);
    if (key === this.#key) return;
    this.#key = key;
    this.#found = null;
    void this.#ask(analysis, map, options);
  }

  /** Asks nothing any more. */
  close(): void {
    this.#asked?.abort();
  }

  async #ask(analysis: string, map: number, options: ShownOptions): Promise<void> {
    this.#asked?.abort();
    const asked = new AbortController();
    this.#asked = asked;
    try {
      const found = await this.#peer.ask(
        'thumbnails',
        { analysis, map, size: largestThumbnail, options },
        { signal: asked.signal },
      );
      if (asked.signal.aborted) return;
      this.#found = { ...found, cells: new Uint8Array(found.cells) };
      this.#changed();
    } catch (thrown) {
      if (asked.signal.aborted) return;
      this.#key = '';
      this.#failed(thrown);
    }
  }
}
