import type { Analysis } from '../../src/core/attention/analysis.ts';
import { infoOf, type AttentionMap } from '../../src/core/attention/map.ts';
import { chosenLayer } from '../../src/core/attention/merge.ts';
import { summariseHeads } from '../../src/core/attention/roles.ts';
import { firstSelection } from '../../src/core/attention/selection.ts';
import { largestThumbnail, thumbnailsOf, type Thumbnails } from '../../src/core/views/model/thumbnails.ts';
import { firstView } from '../../src/core/attention/view.ts';
import type { ViewName } from '../../src/core/views/table.ts';
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
import { explanationOf } from '../../test/ui/panel/page/explanations.ts';
import { logitPartsOf, scorePartsOf } from '../../test/ui/panel/page/score-parts.ts';
import { effectsOfHeads } from '../../test/ui/panel/page/effects.ts';

/** What the bench asks the host to show; it answers `ready` when it can. */
export interface Wanted {
  readonly tokens: number;
  readonly layers: number;
  readonly heads: number;
  readonly view: ViewName;
}

/** An analysis, and what the engine makes of all its weights. */
interface Computed {
  readonly analysis: Analysis;
  readonly summaries: ReturnType<typeof summariseHeads>;
  readonly thumbnails: Thumbnails;
}

/**
 * The host of the bench. It has all weights and works in a thread and a heap of its own, as the extension's host and
 * engine do; what takes long is computed before the panel asks for it, so that the panel's own time is what is
 * measured.
 */
class BenchHost {
  readonly #made = new Map<number, Computed>();
  #shown: Computed | null = null;
  #state: PanelState = { shown: null, busy: null, trying: null, failure: null, view: null, symbol: null };

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
        heads: () => this.#now().summaries,
        thumbnails: () => {
          const { thumbnails } = this.#now();
          return { ...thumbnails, cells: thumbnails.cells.slice().buffer };
        },
        strongest: () => [],
        effects: ({ position }) => effectsOfHeads(this.#now().analysis, position),
        token: () => null,
        explain: ({ analysis: _analysis, ...cell }) => explanationOf(this.#now().analysis, cell),
        distribution: () => null,
        parts: ({ analysis: _analysis, by: _by, ...cell }) => scorePartsOf(this.#now().analysis, cell),
        logit: ({ token, position }) => logitPartsOf(this.#now().analysis, token, position),
        compare: () => {
          throw new AttentionError({ code: 'analysis-gone' });
        },
        picture: () => {
          throw new AttentionError({ code: 'analysis-gone' });
        },
      },
      panelContract,
    );
  }

  /** Takes an analysis of so many tokens as the one to be shown. */
  show({ tokens, layers, heads, view }: Wanted): void {
    const computed = this.#made.get(tokens) ?? compute(tokens, layers, heads);
    this.#made.set(tokens, computed);
    this.#shown = computed;
    const { analysis } = computed;
    const info = { ...analysis, maps: analysis.maps.map(infoOf) };
    const selection = { ...firstSelection(info), layer: layers >> 1 };
    this.#state = {
      shown: {
        analysis: `${tokens}`,
        origin: `${tokens}`,
        unedited: null,
        model: `${tokens}`,
        info,
        selection,
        stale: false,
        leftOut: [],
        inEditor: [0],
        measurements: 0,
        first: false,
      },
      busy: null,
      trying: null,
      failure: null,
      view: { ...firstView, view },
      symbol: null,
    };
  }

  #now(): Computed {
    if (!this.#shown) throw new AttentionError({ code: 'analysis-gone' });
    return this.#shown;
  }

  #map(index: number): AttentionMap {
    return mapOf(this.#now().analysis, index);
  }
}

function compute(tokens: number, layers: number, heads: number): Computed {
  const analysis = synthetic(tokens, layers, heads);
  const map = mapOf(analysis, 0);
  const { sequences } = analysis;
  return {
    analysis,
    summaries: summariseHeads(map, sequences),
    thumbnails: thumbnailsOf(map, sequences, firstView.options, largestThumbnail),
  };
}

function mapOf(analysis: Analysis, index: number): AttentionMap {
  const map = analysis.maps[index];
  if (!map) throw new AttentionError({ code: 'analysis-gone' });
  return map;
}

function isWanted(message: unknown): message is Wanted {
  return typeof message === 'object' && message !== null && 'tokens' in message;
}

const host = new BenchHost();
self.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (!isWanted(data)) return;
  host.show(data);
  self.postMessage({ ready: true });
});
