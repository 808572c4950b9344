import type { Analysis } from '../../src/core/attention/analysis.ts';
import { infoOf, type AttentionMap } from '../../src/core/attention/map.ts';
import { chosenLayer } from '../../src/core/attention/merge.ts';
import { summariseHeads } from '../../src/core/attention/roles.ts';
import { firstSelection } from '../../src/core/attention/selection.ts';
import { largestThumbnail, thumbnailsOf, type Thumbnails } from '../../src/core/attention/thumbnails.ts';
import { firstView, type ViewName } from '../../src/core/attention/view.ts';
import { AttentionError } from '../../src/core/errors/reason.ts';
import {
  panelContract,
  panelHostContract,
  type PanelContract,
  type PanelHostContract,
  type PanelState,
} from '../../src/protocol/panel.ts';
import { Peer } from '../../src/protocol/peer.ts';
import { synthetic } from '../../test/ui/panel/page/analyses.ts';

/** What the bench asks the host to show; it answers `ready` with how long thumbnails took, in milliseconds. */
export interface Wanted {
  readonly tokens: number;
  readonly layers: number;
  readonly heads: number;
  readonly view: ViewName;
}

/** What is made of all weights; `pooled` is how long the thumbnails took. */
interface Computed {
  readonly summaries: ReturnType<typeof summariseHeads>;
  readonly thumbnails: Thumbnails;
  readonly pooled: number;
}

/**
 * The host of the bench. It has all weights and works in a thread and a heap of its own, as the extension's host and
 * engine do; what takes long is computed before the panel asks for it, so that the panel's own time is what is
 * measured.
 */
class BenchHost {
  #analysis: Analysis | null = null;
  #state: PanelState = { shown: null, busy: null, failure: null, view: null };
  #computed: Computed | null = null;

  constructor() {
    const port = {
      post: (message: unknown) => self.postMessage(message),
      listen: (listener: (message: unknown) => void) => {
        const hear = ({ data }: MessageEvent<unknown>): void => {
          if (!isWanted(data)) listener(data);
        };
        self.addEventListener('message', hear);
        return () => self.removeEventListener('message', hear);
      },
    };
    new Peer<PanelHostContract, PanelContract>(
      port,
      panelHostContract,
      {
        state: () => this.#state,
        weights: ({ map, layer }) => ({ weights: Float32Array.from(chosenLayer(this.#map(map), layer)).buffer }),
        heads: () => this.#made().summaries,
        thumbnails: () => ({ ...this.#made().thumbnails, cells: this.#made().thumbnails.cells.slice().buffer }),
        picture: () => {
          throw new AttentionError({ code: 'analysis-gone' });
        },
      },
      panelContract,
    );
  }

  /** Takes an analysis of so many tokens as the one to be shown, and tells how long its thumbnails took. */
  show({ tokens, layers, heads, view }: Wanted): number {
    if (this.#analysis?.sequences[0]?.tokens.length !== tokens) {
      this.#analysis = synthetic(tokens, layers, heads);
      this.#computed = null;
    }
    const info = { ...this.#analysis, maps: this.#analysis.maps.map(infoOf) };
    const selection = { ...firstSelection(info), layer: layers >> 1 };
    this.#state = {
      shown: { analysis: `${tokens}`, info, selection, stale: false, leftOut: [], inEditor: [0], first: false },
      busy: null,
      failure: null,
      view: { ...firstView, view },
    };
    return this.#made().pooled;
  }

  #made(): Computed {
    if (this.#computed) return this.#computed;
    const map = this.#map(0);
    const { sequences = [] } = this.#analysis ?? {};
    const start = performance.now();
    const thumbnails = thumbnailsOf(map, sequences, firstView.options, largestThumbnail);
    const pooled = performance.now() - start;
    this.#computed = { thumbnails, pooled, summaries: summariseHeads(map, sequences) };
    return this.#computed;
  }

  #map(index: number): AttentionMap {
    const map = this.#analysis?.maps[index];
    if (!map) throw new AttentionError({ code: 'analysis-gone' });
    return map;
  }
}

function isWanted(message: unknown): message is Wanted {
  return typeof message === 'object' && message !== null && 'tokens' in message;
}

const host = new BenchHost();
self.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (isWanted(data)) self.postMessage({ ready: host.show(data) });
});
