import type { Analysis, AnalysisInfo } from '../../../../src/core/attention/analysis.ts';
import { keyOf } from '../../../../src/core/run/cache.ts';
import { infoOf } from '../../../../src/core/attention/map.ts';
import { chosenLayer, type LayerChoice } from '../../../../src/core/attention/merge.ts';
import { summariseHeads, type HeadSummary } from '../../../../src/core/attention/roles.ts';
import { firstSelection, type Selection } from '../../../../src/core/attention/selection.ts';
import { thumbnailsOf } from '../../../../src/core/views/model/thumbnails.ts';
import { strongestHeads } from '../../../../src/core/attention/strongest-heads.ts';
import type { ViewState } from '../../../../src/core/attention/view.ts';
import { focusOfSelection } from '../../../../src/core/scene/focus.ts';
import { matrixSvgOf } from '../../../../src/core/views/matrix/paper.ts';
import type { Effects } from '../../../../src/core/prediction/effects.ts';
import { AttentionError, type Reason } from '../../../../src/core/errors/reason.ts';
import {
  panelContract,
  panelHostContract,
  type PanelContract,
  type PanelHostContract,
  type PanelState,
  type Shown,
} from '../../../../src/protocol/panel.ts';
import type { Work } from '../../../../src/protocol/contract.ts';
import { Peer } from '../../../../src/protocol/peer.ts';
import { analyses, type AnalysisName } from './analyses.ts';
import { Beside } from './beside.ts';
import { dataOf } from './data.ts';
import { editedOf } from './edited.ts';
import { effectsOfHeads } from './effects.ts';
import { explanationOf } from './explanations.ts';
import { logitPartsOf, scorePartsOf } from './score-parts.ts';
import { measuredOf } from './measured.ts';
import { toldNames } from './told.ts';
import { distributionIn } from './predictions.ts';
import { themes, type ThemeName } from './themes.ts';

/** The other end of the panel, in the page itself: what VS Code and the extension host would do. */
class FakeHost {
  readonly asked: { name: string; params: unknown }[] = [];
  readonly told: { name: string; payload: unknown }[] = [];
  readonly violations: string[] = [];
  saved: unknown = null;
  weightsFail = false;
  /** Why no weight can be explained; null where each can. */
  explainFails: Reason | null = null;
  readonly #beside = new Beside();
  /** Lets the explanations go that are held; null where none is held. */
  letExplain: (() => void) | null = null;
  #held: Promise<void> | null = null;
  /** What was shown before is not computed again, as in the extension. */
  readonly #made: Partial<Record<AnalysisName, Analysis>> = {};
  readonly #summaries = new Map<string, HeadSummary[][]>();
  /** What was asked of the effects of heads; null before. */
  #effects: Effects | null = null;
  #isProbed = false;
  #state: PanelState = { shown: null, busy: null, trying: null, failure: null, view: null, symbol: null };
  #analysis: Analysis | null = null;
  #heard: ((message: unknown) => void) | null = null;
  readonly #peer: Peer<PanelHostContract, PanelContract>;

  constructor() {
    const port = {
      post: (message: unknown) => this.raw(message),
      listen: (listener: (message: unknown) => void) => {
        this.#heard = listener;
        return () => {
          this.#heard = null;
        };
      },
    };
    this.#peer = new Peer<PanelHostContract, PanelContract>(
      port,
      panelHostContract,
      {
        state: () => {
          this.asked.push({ name: 'state', params: null });
          return this.#state;
        },
        weights: (params) => this.#weights(params),
        thumbnails: (params) => {
          this.asked.push({ name: 'thumbnails', params });
          const map = this.#analysis?.maps[params.map];
          if (!map || !this.#analysis) throw new AttentionError({ code: 'analysis-gone' });
          const found = thumbnailsOf(map, this.#analysis.sequences, params.options, params.size);
          return { ...found, cells: found.cells.buffer };
        },
        heads: (params) => {
          this.asked.push({ name: 'heads', params });
          const analysis = this.#named(params.analysis);
          const map = analysis?.maps[params.map];
          if (!map || !analysis) throw new AttentionError({ code: 'analysis-gone' });
          const key = `${params.analysis} ${params.map} ${this.#isProbed} ${this.#effects?.place.token}`;
          const probe = this.#isProbed ? measuredOf(map) : null;
          const summaries =
            this.#summaries.get(key) ?? summariseHeads(map, analysis.sequences, [], probe, this.#effects);
          this.#summaries.set(key, summaries);
          return summaries;
        },
        compare: (params, work) =>
          this.#told('compare', params, work, (main) =>
            this.#beside.of(params.analysis, main, params.side, this.#state.shown?.origin),
          ),
        strongest: (params) => {
          this.asked.push({ name: 'strongest', params });
          const map = this.#analysis?.maps[params.map];
          if (!map || !this.#analysis) throw new AttentionError({ code: 'analysis-gone' });
          return strongestHeads(map, this.#analysis.sequences, params.side, params);
        },
        effects: ({ position, ...params }, work) =>
          this.#told('effects', { ...params, position }, work, (analysis) => this.#measured(analysis, position)),
        token: (params) => {
          this.asked.push({ name: 'token', params });
          const known = this.#analysis?.sequences
            .flatMap(({ tokens }) => tokens)
            .find(({ text }) => text === params.name);
          return known ? { id: known.id, text: known.text } : null;
        },
        distribution: ({ token, drawing }) => {
          this.asked.push({ name: 'distribution', params: { token, drawing } });
          return this.#analysis && distributionIn(this.#analysis, token, drawing);
        },
        explain: ({ analysis, ...cell }, work) =>
          this.#told('explain', { analysis, ...cell }, work, (shown) => explanationOf(shown, cell)),
        parts: ({ analysis, by, ...cell }, work) =>
          this.#told('parts', { analysis, by, ...cell }, work, (shown) => scorePartsOf(shown, cell)),
        logit: (params, work) =>
          this.#told('logit', params, work, (shown) => logitPartsOf(shown, params.token, params.position)),
        picture: () => {
          if (!this.#analysis || !this.#state.shown) throw new AttentionError({ code: 'analysis-gone' });
          return { svg: matrixSvgOf(this.#analysis, focusOfSelection(this.#state.shown.selection, true)) };
        },
      },
      panelContract,
    );
    for (const name of toldNames) this.#peer.on(name, (payload: unknown) => this.told.push({ name, payload }));
  }

  /** Has the panel paint a picture, and gives the bytes of the PNG. */
  async paint(svg: string): Promise<number[]> {
    return [...new Uint8Array((await this.#peer.ask('paint', { svg })).png)];
  }

  /** What of the screen is data and no words: labels of tokens, texts, the model, what it predicts, and its notes. */
  data(): string[] {
    return this.#analysis ? dataOf(this.#analysis) : [];
  }

  /** Something that the panel posted. */
  receive(message: unknown): void {
    this.#heard?.(structuredClone(message));
  }

  /** Posts any value to the panel, well-formed or not. */
  raw(message: unknown): void {
    window.postMessage(message, location.origin);
  }

  theme(name: ThemeName): void {
    const { bodyClass, variables } = themes[name];
    document.documentElement.removeAttribute('style');
    for (const [variable, value] of Object.entries(variables))
      document.documentElement.style.setProperty(`--vscode-${variable}`, value);
    document.body.className = bodyClass;
  }

  /** Shows an analysis, with changes to its selection and to the state around it. */
  show(
    name: AnalysisName,
    selection: Partial<Selection> = {},
    around: Partial<
      Pick<Shown, 'stale' | 'first' | 'measurements' | 'leftOut' | 'inEditor' | 'opening'> &
        Pick<AnalysisInfo, 'edits' | 'change'> &
        Omit<PanelState, 'shown'>
    > = {},
  ): void {
    const {
      busy = null,
      failure = null,
      stale = false,
      first = false,
      measurements = 0,
      leftOut = [],
      inEditor = [0],
      view = null,
      trying = null,
      symbol = null,
      opening,
      edits,
      change,
    } = around;
    const plain = this.#made[name] ?? (this.#made[name] = analyses[name]());
    const analysis = edits ? editedOf(plain, edits) : plain;
    this.#analysis = analysis;
    this.#effects = null;
    this.#isProbed = measurements > 0;
    const info = { ...analysis, maps: analysis.maps.map(infoOf), ...(change ? { change } : {}) };
    this.tellState({
      shown: {
        analysis: edits ? `${name} ${keyOf(edits)}` : name,
        origin: name,
        unedited: edits ? name : null,
        model: name,
        info,
        selection: { ...firstSelection(info), layer: Math.floor((info.maps[0]?.shape[0] ?? 0) / 2), ...selection },
        stale,
        first,
        measurements,
        leftOut,
        inEditor,
        ...(opening === undefined ? {} : { opening }),
      },
      busy,
      trying,
      failure,
      view,
      symbol,
    });
    if (view) this.wantView(view);
  }

  tellState(state: PanelState): void {
    this.#peer.tell('state', (this.#state = state));
  }

  select(analysis: string, selection: Selection): void {
    this.#peer.tell('select', { analysis, selection });
  }

  wantView(view: ViewState): void {
    this.#peer.tell('view', view);
  }

  /** From now on no weight is explained until `letExplain` is called. */
  holdExplain(): void {
    this.#held = new Promise((resolve) => {
      this.letExplain = () => {
        this.#held = null;
        resolve();
      };
    });
  }

  /** As the host does: the summaries of heads have the effects from then on. */
  #measured(analysis: Analysis, position: number | null): Effects {
    const { shown } = this.#state;
    this.#effects = effectsOfHeads(analysis, position);
    if (shown) this.tellState({ ...this.#state, shown: { ...shown, measurements: shown.measurements + 1 } });
    return this.#effects;
  }

  /** Answers what takes a number of the analysis apart. */
  async #told<T>(
    name: 'compare' | 'explain' | 'parts' | 'logit' | 'effects',
    params: unknown,
    { signal, report }: Work,
    tell: (analysis: Analysis) => T,
  ): Promise<T> {
    this.asked.push({ name, params });
    if (this.#held) {
      report({ stage: 'Running the model', done: 1, total: 4 });
      await this.#held;
    }
    if (signal.aborted) throw new AttentionError({ code: 'cancelled' });
    if (this.explainFails) throw new AttentionError(this.explainFails);
    if (!this.#analysis) throw new AttentionError({ code: 'analysis-gone' });
    return tell(this.#analysis);
  }

  #named(id: string): Analysis | null {
    return id === this.#state.shown?.analysis ? this.#analysis : (this.#beside.named(id) ?? this.#analysis);
  }

  #weights(params: { analysis: string; map: number; layer: LayerChoice }): { weights: ArrayBuffer } {
    this.asked.push({ name: 'weights', params });
    const map = this.#named(params.analysis)?.maps[params.map];
    if (!map || this.weightsFail) throw new AttentionError({ code: 'analysis-gone' });
    return { weights: Float32Array.from(chosenLayer(map, params.layer)).buffer };
  }
}

declare global {
  interface Window {
    fakeHost: FakeHost;
  }
}

window.fakeHost = new FakeHost();
document.addEventListener('securitypolicyviolation', (event) =>
  window.fakeHost.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`),
);
window.fakeHost.theme((new URLSearchParams(location.search).get('theme') as ThemeName) ?? 'dark');
Object.assign(window, {
  acquireVsCodeApi: () => ({
    postMessage: (message: unknown) => window.fakeHost.receive(message),
    getState: () => window.fakeHost.saved,
    setState: (state: unknown) => {
      window.fakeHost.saved = state;
    },
  }),
});
