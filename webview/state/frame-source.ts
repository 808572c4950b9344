import { AsyncCache, keyOf } from '../../src/core/run/cache.ts';
import type { LayerChoice } from '../../src/core/attention/merge.ts';
import type { Selection } from '../../src/core/attention/selection.ts';
import type { ViewState } from '../../src/core/attention/view.ts';
import { viewTable } from '../../src/core/views/table.ts';
import { frameFrom, refocus } from '../../src/core/scene/frame.ts';
import type { PanelContract, PanelHostContract, Shown } from '../../src/protocol/panel.ts';
import type { Peer } from '../../src/protocol/peer.ts';
import { layerFrom, type Frame, type Summaries } from './frame.ts';

/** What a frame is made for. */
export interface Wanted {
  readonly selection: Selection;
  readonly view: ViewState;
}

/** Of which analysis a frame is made. */
type Source = Pick<Shown, 'analysis' | 'origin' | 'info' | 'measurements'>;

/** A map of an analysis. */
interface MapKey {
  readonly analysis: string;
  readonly map: number;
}

type LayerKey = MapKey & { readonly layer: LayerChoice };

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
  readonly #layers = new AsyncCache<LayerKey, ArrayBuffer>({ most: 1 });
  readonly #summaries = new AsyncCache<MapKey, Summaries>({ most: 1 });
  #measurements = 0;
  #frame: Frame | null = null;
  /** What the frame is waited for, by the last who asked. */
  #load: object | null = null;

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
  show(shown: Source, wanted: Wanted): void {
    const key = { analysis: shown.analysis, map: wanted.selection.map, layer: layerOf(wanted.selection, wanted.view) };
    this.#only(key);
    const isKnown = shown.measurements === this.#measurements;
    if (!isKnown) this.#summaries.dispose();
    this.#measurements = shown.measurements;
    if (isKnown && this.#frame?.analysis === shown.analysis && this.isOf(wanted)) {
      this.#load = null;
      this.#frame = refocus(this.#frame, wanted.selection, wanted.view.options.headMerge);
    } else {
      void this.#loaded(shown, key);
    }
  }

  /** Forgets the frame, and waits for none. */
  clear(): void {
    this.#load = null;
    this.#layers.dispose();
    this.#summaries.dispose();
    this.#frame = null;
  }

  /** Forgets what belongs to others, and asks for it no more. */
  #only(key: LayerKey): void {
    const { analysis, map } = key;
    this.#layers.forget((other) => keyOf(other) !== keyOf(key));
    this.#summaries.forget((other) => keyOf(other) !== keyOf({ analysis, map }));
  }

  async #loaded({ info, origin }: Source, { analysis, map, layer }: LayerKey): Promise<void> {
    const load = {};
    this.#load = load;
    try {
      const [bytes, summaries] = await Promise.all([
        this.#layers.get(
          { analysis, map, layer },
          async (signal) => (await this.#peer.ask('weights', { analysis, map, layer }, { signal })).weights,
        ),
        this.#summaries.get({ analysis, map }, (signal) => this.#peer.ask('heads', { analysis, map }, { signal })),
      ]);
      const shownMap = info.maps[map];
      const now = this.#user.wanted();
      if (this.#load !== load || !shownMap || !now) return;
      this.#frame = frameFrom({
        analysis,
        origin,
        info,
        map: shownMap,
        selection: now.selection,
        layer,
        headMerge: now.view.options.headMerge,
        weights: layerFrom(bytes, shownMap),
        summaries,
      });
      this.#user.loaded();
    } catch (thrown) {
      if (this.#load === load) this.#user.failed(thrown);
    }
  }
}

/** What is shown of the layers: the selection's, or all merged where a view shows more than one weight. */
function layerOf({ layer }: Selection, { view, options }: ViewState): LayerChoice {
  return viewTable[view].showsOneWeight ? layer : (options.layerMerge ?? layer);
}
