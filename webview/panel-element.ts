import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { Selection, TokenFocus } from '../src/core/attention/selection.ts';
import type { ViewState } from '../src/core/attention/view.ts';
import { viewTable } from '../src/core/views/table.ts';
import type { Act } from './act.ts';
import { Experiment } from './experiment/experiment.ts';
import { maskingOf } from './experiment/masking.ts';
import { filterLine, filterLineStyles } from './controls/filter-line.ts';
import { footLine, footStyles } from './controls/foot.ts';
import { helpDialog, helpStyles } from './controls/help.ts';
import { emptyPage, notices, noticeStyles, unknownNotice } from './controls/notices.ts';
import { paneEdge, paneEdgeStyles } from './controls/pane-edge.ts';
import { tableTwin } from './controls/table-twin.ts';
import { copyFailure } from './picture/png.ts';
import { panelStyles } from './panel-styles.ts';
import { actInTokens, explaining } from './state/act-in-tokens.ts';
import { Announcements } from './state/announcements.ts';
import { refocusedBy } from './state/direct.ts';
import { cellOfFocus, focusOf, LastFocus, type Focus } from './state/focus.ts';
import { focusSuccessor, isTakenByControl, KeyboardWatch, sideWithKeyboard } from './state/keyboard.ts';
import { actionOf, askedBy, viewOf, type KeyAction } from './state/keys.ts';
import { lockToken, moveInPicture } from './state/moves.ts';
import { Scenes, pointedUnit } from '../src/core/scene/scene.ts';
import type { Frame, Picture } from './state/frame.ts';
import { portOf, type VsCodeApi } from './state/port.ts';
import { SavedLayout } from './state/saved-layout.ts';
import { Store } from './state/store.ts';
import { besidePredictions, isToldBeside, writeOnBy, writingOf } from './predictions/writing.ts';
import { sharedStyles } from './styles/shared.ts';
import { styled } from './styles/styled.ts';
import { summaryLine } from './words/summary.ts';
import { readPalette, watchTheme } from './theme.ts';
import type { Palette } from '../src/core/color/palette.ts';
import { headsAt } from './views/head-places.ts';
import { shownView } from './views/shown.ts';
import { words } from '../src/core/words/words.ts';

/** The whole panel. It owns the state and hands it down; its parts hand up what the person asks for. */
export class PanelElement extends LitElement {
  static override readonly styles = [
    sharedStyles,
    panelStyles,
    noticeStyles,
    filterLineStyles,
    footStyles,
    helpStyles,
    paneEdgeStyles,
  ];

  readonly #api: VsCodeApi = acquireVsCodeApi();
  readonly #layout = new SavedLayout(this.#api);
  readonly #store = new Store(portOf(this.#api, window), () => this.requestUpdate(), this.#layout.view ?? undefined);
  protected readonly keyboard = new KeyboardWatch(this);
  readonly #pictures = new Scenes<Frame>();
  #shownPicture: Picture | null = null;
  #palette: Palette = readPalette(document.body);
  readonly #focus = new LastFocus();
  readonly #announcements = new Announcements();
  #helping = false;
  readonly #experiment = new Experiment({ store: this.#store, act: (act) => this.#act(act), panel: this });
  /** The part of the panel that had the keyboard before the last update. */
  #part: Element | null = null;
  #stops: (() => void)[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    this.role = 'main';
    const listening = new AbortController();
    const { signal } = listening;
    document.addEventListener('keydown', (event) => this.#pressed(event), { signal });
    this.addEventListener('contextmenu', (event) => this.#experiment.menu(event, this.#focus.now), { signal });
    const shownAgain = (): void => void (document.hidden || this.#store.refresh());
    document.addEventListener('visibilitychange', shownAgain, { signal });
    this.#stops = [
      () => listening.abort(),
      watchTheme(document.body, () => {
        this.#palette = readPalette(document.body);
        this.requestUpdate();
      }),
    ];
    void this.#store.refresh();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const stop of this.#stops) stop();
    this.#store.close();
  }

  protected override render(): TemplateResult {
    const { shown, busy, failure, frame, known, view } = this.#store;
    if (!known) return html`${nothing}`;
    return html`
      ${notices({ shown, busy: this.#store.trying || isToldBeside(this.#store) ? null : busy, failure, map: frame?.map ?? null, view, act: this.#act })}
      ${shown && frame ? unknownNotice(frame.info.sequences) : nothing}
      ${shown && frame ? this.#picture(frame) : !shown && !busy && !failure ? emptyPage() : nothing}
      ${helpDialog(this.#helping, () => this.#showHelp(false), this.#act)}
      <div class="unseen" role="status" aria-live="polite" id="announcement"></div>
    `;
  }

  protected override willUpdate(): void {
    this.#part = this.shadowRoot?.activeElement ?? null;
  }

  protected override updated(): void {
    focusSuccessor(this.renderRoot, this.#part);
    this.#part = null;
    this.#layout.save(this.#store, null);
    const { frame, view, settled } = this.#store;
    if (!frame) {
      this.#announcements.forget();
      this.#tell('');
    } else if (settled) {
      this.#experiment.settled();
      if (this.#announcements.isNewText(frame)) this.scrollTop = 0;
      const text = this.#announcements.next({ frame, view, picture: this.#shownPicture, focused: this.#focus.now });
      if (text !== null) this.#tell(text);
    }
  }

  #picture(frame: Frame): TemplateResult {
    const { view, pointer, shown, selection } = this.#store;
    const picture = this.#pictures.of(frame, view.options);
    this.#shownPicture = picture;
    const focused = this.#focus.take(picture && focusOf(picture.selection, pointer && pointedUnit(picture, pointer)));
    return html`
      <h1 class="unseen" .textContent=${words().announcements.title(frame.info.model.id)}></h1>
      <ta-toolbar
        .info=${frame.info} .selection=${(shown?.analysis === frame.analysis && selection) || frame.selection} .summaries=${frame.summaries} .palette=${this.#palette} .act=${this.#act}
        .view=${view} .canGoBack=${this.#store.canGoBack} .canGoForward=${this.#store.canGoForward}
      ></ta-toolbar>
      ${filterLine({ frame, picture, view, act: this.#act })}
      ${picture ? this.#top(picture, focused) : nothing}
      ${keyed(frame.origin, picture ? this.#parts(picture, focused) : this.#experiment.strip(frame.info))}
      ${this.#experiment.box(picture)}
      ${footLine(frame.info, frame.map)}
    `;
  }

  #top(frame: Picture, focused: Focus | null): TemplateResult {
    const { busy } = this.#store;
    const sentence = html`<ta-sentence class=${busy ? 'busy' : ''} .frame=${frame} .focused=${focused} .palette=${this.#palette} .act=${this.#actInUnits} .writing=${writingOf(busy, frame.info)}></ta-sentence>`;
    return besidePredictions(keyed(frame.source.origin, sentence), this.#store, frame.source, this.#act);
  }

  /** The parts of the panel that show the picture and speak of its units. */
  #parts(frame: Picture, focused: Focus | null): TemplateResult {
    const { view, busy, shown } = this.#store;
    const scene = { frame, focused, palette: this.#palette, act: this.#actInUnits };
    const { token } = frame.selection;
    const summary = summaryLine(frame, focused);
    const { comparesRuns, showsTokens, showsOneWeight } = viewTable[view.view];
    return html`
      ${comparesRuns ? nothing : html`<p class="summary" title=${summary} .textContent=${summary}></p>`}
      ${this.#experiment.strip(frame.source.info, maskingOf(frame, focused))}${this.#experiment.row(frame)}
      <div class="main ${comparesRuns ? 'whole' : ''} ${busy ? 'busy' : ''}" ${styled({ '--pane': String(this.#layout.pane) })}>
        ${shownView({ ...scene, view, actInTokens: this.#act, pull: this.#experiment.pull(frame), ofWeight: this.#store.ofWeight, compared: () => this.#store.compared.of(frame.source, view, shown?.measurements ?? 0), effects: this.#store.ofWeight.effects.of(frame.source), thumbnails: this.#store.thumbnails, scrollState: this.#layout.scrollStateOf(frame.analysis, view.view) })}
        ${comparesRuns ? nothing : this.#inspector(frame, focused)}
      </div>
      ${token && showsTokens && !showsOneWeight && !comparesRuns ? tableTwin(frame, token) : nothing}
    `;
  }

  #inspector(frame: Picture, focused: Focus | null, { view, shown }: Store = this.#store): TemplateResult {
    return html`
      ${paneEdge(this.#layout.pane, this.#act)}
      <ta-inspector
        id="details" role="region" aria-label=${words().inspector.focusName}
        .inEditor=${shown?.inEditor ?? []} .opening=${shown?.opening} .elsewhere=${this.#store.elsewhere.ofPinned(frame)}
        .view=${view} .frame=${frame} .focused=${focused} .palette=${this.#palette} .act=${this.#actInUnits} .edits=${this.#experiment.edits} .logit=${this.#store.ofWeight.logitOf(frame.analysis)}
      ></ta-inspector>`;
  }

  readonly #act = (act: Act): void => {
    const { selection, frame } = this.#store;
    switch (act.type) {
      case 'select':
        return this.#announced(() => this.#store.select(act.selection, act.step ? 'step' : 'move'));
      case 'lock':
        return this.#announced(() => selection && this.#store.select(lockToken(selection, act.token)));
      case 'point':
        return act.say ? this.#announced(() => this.#store.point(act.token)) : this.#store.point(act.token);
      case 'reveal':
        return frame ? this.#store.host.reveal(frame.map, act.token) : undefined;
      case 'command':
        return this.#store.host.give('command', act.command);
      case 'write':
      case 'accept':
      case 'fill':
        return this.#store.host.write(act);
      case 'view':
        return this.#announced(() => this.#show(act.view, act.selection));
      case 'back':
      case 'forward':
        return this.#announced(() => (act.type === 'back' ? this.#store.goBack() : this.#store.goForward()));
      case 'looked':
        return this.#layout.save(this.#store, act.from);
      case 'pane':
        this.#layout.keepPane(this.#store, act.share);
        return this.requestUpdate();
      case 'export':
      case 'example':
      case 'glossary':
      case 'link':
        return this.#store.host.want(act);
      case 'explain':
        return this.#act(explaining(act.token, this.#store, act.view));
      case 'weight':
      case 'logit':
        return this.#store.ofWeight.take(act, this.#store.view.view);
      case 'effects':
        return void this.#store.ofWeight.effects[act.ask]();
      case 'side':
        return this.#store.compared[act.ask](act.index);
      case 'copy':
        return void this.#copy();
      case 'edit':
      case 'undo':
      case 'try':
      case 'hand':
        return this.#experiment.take(act);
      case 'help':
        return void this.#help();
    }
  };

  /** What a part asks for that speaks of the picture's units. */
  readonly #actInUnits = (act: Act): void => {
    const picture = this.#shownPicture;
    const wanted = picture && actInTokens(act, picture);
    if (wanted) this.#act(wanted);
  };

  /** Shows a view; what its options want of the token in focus follows. */
  #show(view: ViewState, chosen?: Selection): void {
    this.#store.showView(view, chosen);
    const { selection, frame } = this.#store;
    const next = selection && frame && refocusedBy(this.#store.view.options, selection, frame.map);
    if (next && next !== selection) this.#store.select(next);
  }

  #announced(change: () => void): void {
    this.#announcements.after(change, () => this.#store.view);
  }

  #pressed(event: KeyboardEvent): void {
    const action = actionOf(event);
    const chosen = viewOf(event);
    if ((!action && !chosen) || event.defaultPrevented || isTakenByControl(event) || this.#helping) return;
    const asked =
      action && (askedBy(action, cellOfFocus(this.#focus.now), headsAt(event)) ?? writeOnBy(action, this.#store));
    if (asked) {
      // Neither the browser nor the editor is to do the same as well.
      event.preventDefault();
      event.stopPropagation();
      return asked.type === 'explain' ? this.#actInUnits(asked) : this.#act(asked);
    }
    if (chosen) return this.#act({ type: 'view', view: { ...this.#store.view, view: chosen } });
    if (action && this.#move(action, sideWithKeyboard(event))) event.preventDefault();
  }

  /** Moves the focus, or what is pointed at; false when a key moves nothing. */
  #move(action: KeyAction, sideOfKeyboard: TokenFocus['side'] | null): boolean {
    const { frame, selection, pointer } = this.#store;
    const picture = this.#shownPicture;
    if (!frame || !picture || !selection || frame.selection.map !== selection.map) return false;
    const move = moveInPicture(action, picture, { selection, pointer }, sideOfKeyboard);
    if (!move) return false;
    this.#announced(() =>
      'pointer' in move ? this.#store.point(move.pointer) : this.#store.select(move.selection, move.gesture),
    );
    return true;
  }

  async #copy(): Promise<void> {
    const failed = await copyFailure(this.#store.host.picture());
    this.#store.host.give('copied', failed);
    this.#tell(failed === null ? words().notices.copied : words().notices.notCopied);
  }

  /** Tells a screen reader. */
  #tell(text: string): void {
    const live = this.renderRoot.querySelector('#announcement');
    if (live) live.textContent = text;
  }

  #showHelp(open: boolean): void {
    this.#helping = open;
    this.requestUpdate();
  }

  async #help(): Promise<void> {
    this.#showHelp(true);
    await this.updateComplete;
    this.renderRoot.querySelector('dialog')?.showModal();
  }
}
