import type { HeadLink } from '../../src/core/attention/strongest-heads.ts';
import type { TokenFocus } from '../../src/core/attention/selection.ts';
import { sequenceOn } from '../../src/core/scene/frame.ts';
import { keyOf } from '../../src/core/run/cache.ts';
import { wordsOf, type TokenSpan } from '../../src/core/text/words.ts';
import type { PanelContract, PanelHostContract } from '../../src/protocol/panel.ts';
import type { Peer } from '../../src/protocol/peer.ts';
import type { Picture } from './frame.ts';

/** A word on one side of a map of an analysis. */
interface WordPlace {
  readonly analysis: string;
  readonly map: number;
  readonly side: TokenFocus['side'];
  readonly word: TokenSpan;
}

/** The strongest link of a pinned word in every head: asked for when it is pinned, and only the last answer kept. */
export class ElsewhereSource {
  readonly #peer: Peer<PanelContract, PanelHostContract>;
  readonly #changed: () => void;
  #key = '';
  #found: readonly HeadLink[] | null = null;
  #asked: AbortController | null = null;

  /** `changed` is called when an answer has come. */
  constructor(peer: Peer<PanelContract, PanelHostContract>, changed: () => void) {
    this.#peer = peer;
    this.#changed = changed;
  }

  /** The links of the pinned word of a picture, strongest first; null while nothing is pinned or no answer is here. */
  ofPinned({ analysis, source, sides, selection: { token } }: Picture): readonly HeadLink[] | null {
    const unit = token && sides[token.side][token.index];
    if (!token || !unit) return null;
    const { side } = token;
    const word = wordsOf(sequenceOn(source, side).tokens).find(({ end }) => unit.first < end);
    return word ? this.#of({ analysis, map: source.selection.map, side, word }) : null;
  }

  /** Asks for the links of a word unless they are here or on their way. */
  #of(place: WordPlace): readonly HeadLink[] | null {
    const key = keyOf(place);
    if (key !== this.#key) {
      this.#key = key;
      this.#found = null;
      void this.#ask(place);
    }
    return this.#found;
  }

  /** Asks nothing any more. */
  close(): void {
    this.#asked?.abort();
  }

  async #ask({ analysis, map, side, word: { first, end } }: WordPlace): Promise<void> {
    this.#asked?.abort();
    const asked = new AbortController();
    this.#asked = asked;
    try {
      const found = await this.#peer.ask('strongest', { analysis, map, side, first, end }, { signal: asked.signal });
      if (asked.signal.aborted) return;
      this.#found = found;
      this.#changed();
    } catch {
      // What the panel shows does not depend on it: without an answer the list stays empty.
      if (!asked.signal.aborted) this.#key = '';
    }
  }
}
