import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { viewTable } from '../src/core/views/table.ts';
import { Acts } from './acts.ts';
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
import { Announcements } from './state/announcements.ts';
import { focusOf, LastFocus, type Focus } from './state/focus.ts';
import { focusSuccessor, KeyboardWatch } from './state/keyboard.ts';
import { Scenes, pointedUnit } from '../src/core/scene/scene.ts';
import type { Frame, Picture } from './state/frame.ts';
import { portOf, type VsCodeApi } from './state/port.ts';
import { SavedLayout } from './state/saved-layout.ts';
import { Store } from './state/store.ts';
import { besidePredictions, isToldBeside, writingOf } from './predictions/writing.ts';
import { sharedStyles } from './styles/shared.ts';
import { styled } from './styles/styled.ts';
import { summaryLine } from './words/summary.ts';
import { readPalette, watchTheme } from './theme.ts';
import type { Palette } from '../src/core/color/palette.ts';
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
  readonly #experiment = new Experiment({ store: this.#store, act: (act) => this.#acts.take(act), panel: this });
  readonly #acts = new Acts({
    store: this.#store,
    layout: this.#layout,
    announcements: this.#announcements,
    experiment: this.#experiment,
    drawn: () => ({ picture: this.#shownPicture, focused: this.#focus.now }),
    draw: () => this.requestUpdate(),
    copy: () => void this.#copy(),
    help: () => void this.#help(),
  });
  /** Does what a part asks for that speaks of tokens. */
  readonly #act = this.#acts.take;
  /** The part of the panel that had the keyboard before the last update. */
  #part: Element | null = null;
  #stops: (() => void)[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    this.role = 'main';
    const listening = new AbortController();
    const { signal } = listening;
    document.addEventListener('keydown', (event) => this.#helping || this.#acts.press(event), { signal });
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
    const { shown, busy, failure, frame, known, view, trying } = this.#store;
    if (!known) return html`${nothing}`;
    const told = trying || isToldBeside(this.#store) ? null : busy;
    return html`
      ${notices({ shown, busy: told, failure, map: frame?.map ?? null, view, act: this.#act })}
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
    const chosen = (shown?.analysis === frame.analysis && selection) || frame.selection;
    return html`
      <h1 class="unseen" .textContent=${words().announcements.title(frame.info.model.id)}></h1>
      <ta-toolbar
        .info=${frame.info} .selection=${chosen} .summaries=${frame.summaries} .palette=${this.#palette}
        .act=${this.#act} .view=${view} .canGoBack=${this.#store.canGoBack} .canGoForward=${this.#store.canGoForward}
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
    const sentence = html`<ta-sentence
      class=${busy ? 'busy' : ''} .frame=${frame} .focused=${focused} .palette=${this.#palette}
      .act=${this.#acts.takeInUnits} .writing=${writingOf(busy, frame.info)}
    ></ta-sentence>`;
    return besidePredictions(keyed(frame.source.origin, sentence), this.#store, frame.source, this.#act);
  }

  /** The parts of the panel that show the picture and speak of its units. */
  #parts(frame: Picture, focused: Focus | null): TemplateResult {
    const { view, busy, shown, ofWeight, compared, thumbnails } = this.#store;
    const scene = { frame, focused, palette: this.#palette, act: this.#acts.takeInUnits };
    const sources = {
      ofWeight,
      thumbnails,
      compared: () => compared.of(frame.source, view, shown?.measurements ?? 0),
      effects: ofWeight.effects.of(frame.source),
    };
    const scrollState = this.#layout.scrollStateOf(frame.analysis, view.view);
    const { token } = frame.selection;
    const summary = summaryLine(frame, focused);
    const { comparesRuns, showsTokens, showsOneWeight } = viewTable[view.view];
    return html`
      ${comparesRuns ? nothing : html`<p class="summary" title=${summary} .textContent=${summary}></p>`}
      ${this.#experiment.strip(frame.source.info, maskingOf(frame, focused))}${this.#experiment.row(frame)}
      <div
        class="main ${comparesRuns ? 'whole' : ''} ${busy ? 'busy' : ''}"
        ${styled({ '--pane': `${this.#layout.pane}` })}
      >
        ${shownView({
          ...scene,
          ...sources,
          view,
          scrollState,
          actInTokens: this.#act,
          pull: this.#experiment.pull(frame),
        })}
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
        .inEditor=${shown?.inEditor ?? []} .opening=${shown?.opening}
        .elsewhere=${this.#store.elsewhere.ofPinned(frame)} .view=${view} .frame=${frame} .focused=${focused}
        .palette=${this.#palette} .act=${this.#acts.takeInUnits}
        .edits=${this.#experiment.edits} .logit=${this.#store.ofWeight.logitOf(frame.analysis)}
      ></ta-inspector>`;
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
