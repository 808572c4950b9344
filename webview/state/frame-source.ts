import type { LayerChoice } from '../../src/core/attention/merge.ts';
import type { Selection } from '../../src/core/attention/selection.ts';
import type { ViewState } from '../../src/core/attention/view.ts';
import { frameFrom, refocus } from '../../src/core/scene/frame.ts';
import type { PanelContract, PanelHostContract, Shown } from '../../src/protocol/panel.ts';
import type { Peer } from '../../src/protocol/peer.ts';
import { layerFrom, type Frame, type Summaries } from './frame.ts';

/** What a frame is made for. */
export interface Wanted {
  readonly selection: Selection;
  readonly view: ViewState;
}

/** Who uses the frames. */
export interface FrameUser {
  /** What is wanted by now, as weights arrive; null when nothing is shown. */
  readonly wanted: () => Wanted | null;
  /** A frame that had to be waited for is here. */
  readonly loaded: () => void;
  readonly failed: (thrown: unknown) => void;
}

/** The frame that is drawn, with the weights of one layer. The one before stays until those of the next are here. */
export class FrameSource {
  readonly #peer: Peer<PanelContract, PanelHostContract>;
  readonly #user: FrameUser;
  #frame: Frame | null = null;
  #asked: AbortController | null = null;

  constructor(peer: Peer<PanelContract, PanelHostContract>, user: FrameUser) {
    this.#peer = peer;
    this.#user = user;
  }

  /** The last frame whose weights have arrived. */
  get frame(): Frame | null {
    return this.#frame;
  }

  /** Whether the frame has the weights for a selection and a view. */
  isOf({ selection, view }: Wanted): boolean {
    return this.#frame?.selection.map === selection.map && this.#frame.layer === layerOf(selection, view);
  }

  /** Makes the frame of a selection: at once when its weights are here, else as soon as they are. */
  show(shown: Shown, wanted: Wanted): void {
    if (this.#frame?.analysis === shown.analysis && this.isOf(wanted)) {
      this.#asked?.abort();
      this.#frame = refocus(this.#frame, wanted.selection, wanted.view.options.headMerge);
    } else {
      void this.#load(shown, wanted);
    }
  }

  /** Forgets the frame, and waits for none. */
  clear(): void {
    this.#asked?.abort();
    this.#frame = null;
  }

  async #load({ analysis, info }: Shown, { selection, view }: Wanted): Promise<void> {
    const { map } = selection;
    const layer = layerOf(selection, view);
    this.#asked?.abort();
    const asked = new AbortController();
    this.#asked = asked;
    try {
      const [answer, summaries] = await Promise.all([
        this.#peer.ask('weights', { analysis, map, layer }, { signal: asked.signal }),
        this.#summaries(analysis, map, asked.signal),
      ]);
      const shownMap = info.maps[map];
      const now = this.#user.wanted();
      if (asked.signal.aborted || !shownMap || !now) return;
      this.#frame = frameFrom({
        analysis,
        info,
        map: shownMap,
        selection: now.selection,
        layer,
        headMerge: now.view.options.headMerge,
        weights: layerFrom(answer.weights, shownMap),
        summaries,
      });
      this.#user.loaded();
    } catch (thrown) {
      if (!asked.signal.aborted) this.#user.failed(thrown);
    }
  }

  async #summaries(analysis: string, map: number, signal: AbortSignal): Promise<Summaries> {
    const frame = this.#frame;
    if (frame?.analysis === analysis && frame.selection.map === map && frame.summaries) return frame.summaries;
    return this.#peer.ask('heads', { analysis, map }, { signal });
  }
}

/** What is shown of the layers: the selection's, or all merged. */
function layerOf({ layer }: Selection, { options }: ViewState): LayerChoice {
  return options.layerMerge ?? layer;
}
