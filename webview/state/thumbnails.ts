import * as v from 'valibot';
import { shownOptionsSchema, type ShownOptions } from '../../src/core/attention/shown.ts';
import { largestThumbnail, type Thumbnails } from '../../src/core/views/model/thumbnails.ts';
import type { ViewOptions } from '../../src/core/attention/view.ts';
import { AsyncCache, keyOf } from '../../src/core/run/cache.ts';
import type { PanelContract, PanelHostContract } from '../../src/protocol/panel.ts';
import type { Peer } from '../../src/protocol/peer.ts';

interface Wanted {
  readonly analysis: string;
  readonly map: number;
  readonly options: ShownOptions;
}

/** The small pictures of all heads of one map: asked for when they are wanted, and only the last ones kept. */
export class ThumbnailSource {
  readonly #peer: Peer<PanelContract, PanelHostContract>;
  readonly #changed: () => void;
  readonly #failed: (thrown: unknown) => void;
  readonly #pictures = new AsyncCache<Wanted, Thumbnails>({ most: 1 });
  #wanted = '';
  #found: Thumbnails | null = null;

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
    // Of the view's options only those that change the pictures are left.
    const wanted = { analysis, map, options: v.parse(shownOptionsSchema, view) };
    const name = keyOf(wanted);
    if (name === this.#wanted) return;
    this.#wanted = name;
    this.#found = null;
    this.#pictures.forget((other) => keyOf(other) !== name);
    void this.#load(name, wanted);
  }

  /** Asks nothing any more. */
  close(): void {
    this.#wanted = '';
    this.#pictures.dispose();
  }

  async #load(name: string, wanted: Wanted): Promise<void> {
    try {
      const found = await this.#pictures.get(wanted, (signal) => this.#ask(wanted, signal));
      if (this.#wanted !== name) return;
      this.#found = found;
      this.#changed();
    } catch (thrown) {
      if (this.#wanted !== name) return;
      this.#wanted = '';
      this.#failed(thrown);
    }
  }

  async #ask({ analysis, map, options }: Wanted, signal: AbortSignal): Promise<Thumbnails> {
    const asked = { analysis, map, size: largestThumbnail, options };
    const found = await this.#peer.ask('thumbnails', asked, { signal });
    return { ...found, cells: new Uint8Array(found.cells) };
  }
}
