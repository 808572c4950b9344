import { viewTable } from '../../src/core/views/table.ts';
import { reasonOf } from '../../src/core/errors/reason.ts';
import { sentenceOf } from '../../src/core/errors/sentence.ts';
import { fitSelection, type Selection, type TokenFocus } from '../../src/core/attention/selection.ts';
import type { Thumbnails } from '../../src/core/views/model/thumbnails.ts';
import { firstView, fitView, followModel, followSelection, sameView } from '../../src/core/attention/view.ts';
import type { ViewState } from '../../src/core/attention/view.ts';
import type { Port } from '../../src/protocol/contract.ts';
import type { Failure, PanelState, Shown } from '../../src/protocol/panel.ts';
import { sameToken } from './focus.ts';
import { isSound, type Frame } from './frame.ts';
import { FrameSource } from './frame-source.ts';
import { back, backToOtherRun, forward, NavigationHistory, sameButToken } from './history.ts';
import type { Gesture, Moment, Way } from './history.ts';
import { sameEdits } from '../../src/core/run/edit-list.ts';
import type { Edit } from '../../src/core/run/edits.ts';
import { ComparisonSource } from './comparison.ts';
import { DistributionSource } from './distributions.ts';
import { ElsewhereSource } from './elsewhere.ts';
import { WeightSources } from './weight-sources.ts';
import { Host } from './host.ts';
import { ThumbnailSource } from './thumbnails.ts';
import { words } from '../../src/core/words/words.ts';

/**
 * What the panel knows: the host's state, the selection, the view with where both have been, and the frame that is
 * drawn.
 *
 * The selection moves at once; the frame follows as soon as the weights for it are here, so that lines and numbers
 * always belong together. Weights of one layer are kept, no more.
 */
export class Store {
  readonly host: Host;
  readonly #changed: () => void;
  readonly #frames: FrameSource;
  readonly #thumbnails: ThumbnailSource;
  readonly elsewhere: ElsewhereSource;
  readonly ofWeight: WeightSources;
  readonly compared: ComparisonSource;
  readonly distributions: DistributionSource;
  #state: PanelState = { shown: null, busy: null, trying: null, failure: null, view: null, symbol: null };
  #selection: Selection | null = null;
  #view: ViewState;
  readonly #history = new NavigationHistory();
  #pointer: TokenFocus | null = null;
  #problem: Failure | null = null;
  #known = false;

  /** `changed` is called after every change; `view` is shown as long as the host wants no other. */
  constructor(port: Port, changed: () => void, view: ViewState = firstView) {
    this.#changed = changed;
    this.#view = view;
    this.host = new Host(port, () => this.#state.shown);
    const { peer } = this.host;
    this.#frames = new FrameSource(peer, {
      wanted: () => this.#selection && { selection: this.#selection, view: this.#view },
      loaded: () => {
        this.#problem = null;
        changed();
      },
      failed: (thrown) => this.#fail(thrown),
    });
    this.#thumbnails = new ThumbnailSource(peer, changed, (thrown) => this.#fail(thrown));
    this.elsewhere = new ElsewhereSource(peer, changed);
    this.ofWeight = new WeightSources(peer, changed);
    this.compared = new ComparisonSource(peer, changed);
    this.distributions = new DistributionSource(peer, changed);
    peer.on('state', (state) => this.#take(state));
    peer.on('select', ({ analysis, selection }) => this.#follow(analysis, selection));
    // What was told before the wish was heard may reach the host after it: the last word is what is shown.
    peer.on('view', (wanted) => peer.tell('view', this.#turn(wanted)));
  }

  /** Whether the host has told its state yet. */
  get known(): boolean {
    return this.#known;
  }
  get shown(): Shown | null {
    return this.#state.shown;
  }
  get busy(): PanelState['busy'] {
    return this.#state.busy;
  }
  /** What is changed in the model in the run that is shown. */
  get edits(): readonly Edit[] {
    return this.#state.shown?.info.edits ?? [];
  }
  /** The edits of the run of the same text that is under way; null while there is none. */
  get trying(): readonly Edit[] | null {
    return this.#state.trying;
  }
  /** What went wrong at the host, or here while weights were fetched. */
  get failure(): Failure | null {
    return this.#state.failure ?? this.#problem;
  }
  /**
   * Where the person is, in the analysis `shown`, whose first frame may not be here yet; null while nothing is shown.
   */
  get selection(): Selection | null {
    return this.#selection;
  }
  /** Which picture is shown, and how. */
  get view(): ViewState {
    return this.#view;
  }
  /**
   * The small pictures of all heads of the map, while the view that shows them is chosen and as soon as they are here.
   */
  get thumbnails(): Thumbnails | null {
    return viewTable[this.#view.view].needsThumbnails ? this.#thumbnails.found : null;
  }
  get canGoBack(): boolean {
    return this.#history.canGoBack;
  }
  get canGoForward(): boolean {
    return this.#history.canGoForward;
  }
  get frame(): Frame | null {
    return this.#frames.frame;
  }
  /** Whether the frame is that of the selection and the view, and not still the one before. */
  get settled(): boolean {
    return this.#selection !== null && this.#frames.isOf({ selection: this.#selection, view: this.#view });
  }
  /** The token under the mouse, or under the keyboard's cursor on the side that is not in focus. */
  get pointer(): TokenFocus | null {
    return this.#pointer;
  }

  /** Asks the host for everything again. */
  async refresh(): Promise<void> {
    try {
      this.#take(await this.host.peer.ask('state', null));
    } catch (thrown) {
      this.#fail(thrown);
    }
  }

  /** Moves the focus, here and at the host. */
  select(selection: Selection, gesture: Gesture = 'move'): void {
    const shown = this.#state.shown;
    if (!shown) return;
    this.#pointer = null;
    const now = this.#go(shown, selection);
    this.host.peer.tell('select', { analysis: shown.analysis, selection: now });
    this.#record(gesture);
    this.#show(shown, now);
  }

  /** Shows another view, or the same one with other options, and tells the host; with a selection both are one move. */
  showView(view: ViewState, selection?: Selection): void {
    const [shown, before] = [this.#state.shown, this.#view];
    if (selection && shown) {
      // A head that is chosen is one of its layer, whatever was merged before.
      this.#view = fitView({ ...view, options: { ...view.options, layerMerge: null } }, shown.info, shown.model);
      this.select(selection);
    } else this.#turn(view);
    if (!sameView(before, this.#view)) this.host.peer.tell('view', this.#view);
  }

  /** Goes back to where the person was before. */
  goBack(): void {
    this.#travel(back);
  }

  /** Goes forward again after going back. */
  goForward(): void {
    this.#travel(forward);
  }

  /** Points at a token without moving the focus. */
  point(token: TokenFocus | null): void {
    if (sameToken(token, this.#pointer) && token?.cell === this.#pointer?.cell) return;
    this.#pointer = token;
    this.#changed();
  }

  /** Has the text run under other edits; the focus stays. */
  edit(edits: readonly Edit[]): void {
    this.#history.stay();
    if (this.shown && this.#selection) this.host.run(this.shown, edits, this.#selection);
  }

  /** Takes the last change of the edits back: goes back to the run before. */
  undo(): void {
    if (this.#history.endOf(backToOtherRun)) this.#travel(backToOtherRun);
    else if (this.edits.length > 0) this.edit(this.edits.slice(0, -1));
  }

  /** Hears and asks nothing any more. */
  close(): void {
    this.#frames.clear();
    for (const one of [this.#thumbnails, this.elsewhere, this.ofWeight, this.compared, this.distributions]) one.close();
    this.host.peer.close({ code: 'cancelled' });
  }

  #take(state: PanelState): void {
    if (state.shown && !isSound(state.shown.info)) return;
    // Later states may have been written before the host heard of the view that is shown now.
    if (!this.#known && state.view) this.#view = state.view;
    this.#known = true;
    this.#problem = null;
    if (state.shown?.origin !== this.#state.shown?.origin) this.#forget();
    const view = followModel(this.#view, this.#state.shown?.model, state.shown?.model);
    if (view !== this.#view) this.host.peer.tell('view', (this.#view = view));
    this.#state = state;
    this.ofWeight.symbols.named = state.symbol;
    if (state.failure) this.#history.stay();
    this.#goTo(this.#history.arrive(this.edits));
    if (state.shown) this.#follow(state.shown.analysis, state.shown.selection);
    else this.#clear();
  }

  #follow(analysis: string, selection: Selection): void {
    const shown = this.#state.shown;
    if (shown?.analysis !== analysis) return;
    const before = this.#selection;
    this.#view = fitView(this.#view, shown.info, shown.model);
    const now = this.#go(shown, selection);
    this.#record(before && sameButToken(before, now) ? 'step' : 'move');
    this.#show(shown, now);
  }

  /** Takes a selection over, and what of the view follows from it. */
  #go({ info }: Shown, selection: Selection): Selection {
    const now = fitSelection(selection, info);
    const view = followSelection(this.#view, this.#selection, now, info);
    this.#selection = now;
    if (view !== this.#view) this.host.peer.tell('view', view);
    this.#view = view;
    return now;
  }

  #turn(view: ViewState): ViewState {
    const shown = this.#state.shown;
    const fitting = shown ? fitView(view, shown.info, shown.model) : view;
    if (sameView(fitting, this.#view)) return this.#view;
    this.#pointer = null;
    this.#view = fitting;
    this.#record('move');
    this.#wantThumbnails();
    if (shown && this.#selection) this.#show(shown, this.#selection);
    else this.#changed();
    return this.#view;
  }

  #wantThumbnails(): void {
    const { shown } = this.#state;
    if (shown && this.#selection && viewTable[this.#view.view].needsThumbnails)
      this.#thumbnails.want(shown.analysis, this.#selection.map, this.#view.options);
  }

  #record(gesture: Gesture): void {
    if (this.#selection)
      this.#history.record({ selection: this.#selection, view: this.#view, edits: this.edits }, gesture);
  }

  #travel(way: Way): void {
    const { shown } = this;
    const there = shown && this.#history.endOf(way);
    if (!there) return;
    if (sameEdits(there.edits, this.edits)) return this.#goTo(this.#history.go(way));
    this.#history.depart(way, there.edits);
    this.host.run(shown, there.edits, there.selection);
  }

  #goTo(there: Moment | null): void {
    if (!there) return;
    const { selection, view } = there;
    const turned = !sameView(view, this.#view);
    this.#view = view;
    this.#selection = selection;
    if (turned) this.host.peer.tell('view', view);
    this.select(selection);
  }

  #forget(): void {
    this.#pointer = null;
    this.#history.clear();
  }

  #clear(): void {
    this.#selection = null;
    this.#frames.clear();
    this.#forget();
    this.#changed();
  }

  #show(shown: Shown, selection: Selection): void {
    this.#wantThumbnails();
    this.#frames.show(shown, { selection, view: this.#view });
    this.#changed();
  }

  #fail(thrown: unknown): void {
    this.#known = true;
    this.#problem = { ...sentenceOf(reasonOf(thrown)), action: { label: words().notices.rerun, command: 'rerun' } };
    this.#changed();
  }
}
