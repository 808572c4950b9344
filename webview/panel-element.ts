import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { TokenFocus } from '../src/core/attention/selection.ts';
import { showsTokens, type ViewName } from '../src/core/attention/view.ts';
import type { Act } from './act.ts';
import { footLine, footStyles } from './controls/foot.ts';
import { helpDialog, helpStyles } from './controls/help.ts';
import { busyNotice, emptyPage, failureNotice, firstNotice, noticeStyles, staleNotice } from './controls/notices.ts';
import { tableTwin } from './controls/table-twin.ts';
import { copyPicture } from './picture.ts';
import { panelStyles } from './panel-styles.ts';
import { focusOf, type Focus } from './state/focus.ts';
import type { Frame } from './state/frame.ts';
import { actionOf, viewOf } from './state/keys.ts';
import { lockToken, moveOf } from './state/moves.ts';
import { portOf, type VsCodeApi } from './state/port.ts';
import { readSaved, writeSaved } from './state/saved.ts';
import { Store } from './state/store.ts';
import { sharedStyles } from './styles/shared.ts';
import { readPalette, watchTheme, type Palette } from './theme.ts';
import { shownView } from './views/shown.ts';
import { announcement } from './words/focus.ts';
import { viewNames } from './words/view.ts';

/** The whole panel. It owns the state and hands it down; its parts hand up what the person asks for. */
export class PanelElement extends LitElement {
  static override readonly styles = [sharedStyles, panelStyles, noticeStyles, footStyles, helpStyles];

  readonly #api: VsCodeApi = acquireVsCodeApi();
  #saved = readSaved(this.#api);
  readonly #store = new Store(portOf(this.#api, window), () => this.requestUpdate(), this.#saved?.view ?? undefined);
  #palette: Palette = readPalette(document.body);
  #focused: Focus | null = null;
  #announce = false;
  #turned = false;
  #helping = false;
  #stops: (() => void)[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    this.role = 'main';
    const listening = new AbortController();
    const { signal } = listening;
    document.addEventListener('keydown', (event) => this.#pressed(event), { signal });
    document.addEventListener('visibilitychange', () => { if (!document.hidden) void this.#store.refresh(); }, { signal });
    this.#stops = [
      () => listening.abort(),
      watchTheme(document.body, () => { this.#palette = readPalette(document.body); this.requestUpdate(); }),
    ];
    void this.#store.refresh();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const stop of this.#stops) stop();
    this.#store.close();
  }

  protected override render(): TemplateResult {
    const { shown, busy, failure, frame, known } = this.#store;
    if (!known) return html`${nothing}`;
    return html`
      ${busy ? busyNotice(busy, this.#act) : nothing}
      ${failure && !busy ? failureNotice(failure, this.#act) : nothing}
      ${shown?.stale && !busy ? staleNotice(this.#act) : nothing}
      ${shown?.first && frame && !busy ? firstNotice() : nothing}
      ${shown && frame ? this.#picture(frame) : !shown && !busy && !failure ? emptyPage() : nothing}
      ${helpDialog(this.#helping, () => { this.#helping = false; this.requestUpdate(); })}
      <div class="unseen" role="status" aria-live="polite" id="announcement"></div>
    `;
  }

  protected override updated(): void {
    const { frame, selection, view } = this.#store;
    if (!this.#announce || !frame || frame.selection.layer !== selection?.layer || frame.selection.map !== selection.map) return;
    this.#announce = false;
    const live = this.renderRoot.querySelector('#announcement');
    const which = this.#turned ? `${viewNames[view.view].says}: ` : '';
    this.#turned = false;
    if (live) live.textContent = `${which}${announcement(frame, this.#focused)}`;
  }

  #picture(frame: Frame): TemplateResult {
    const selection = this.#store.selection ?? frame.selection;
    const focused = this.#sameFocus(focusOf(frame.selection, this.#store.pointer));
    const { info } = frame;
    const token = frame.selection.token;
    return html`
      <h1 class="unseen" .textContent=${`Attention in ${info.model.id}`}></h1>
      <ta-toolbar
        .info=${info} .selection=${selection} .summaries=${frame.summaries} .palette=${this.#palette} .act=${this.#act}
        .view=${this.#store.view} .canGoBack=${this.#store.canGoBack} .canGoForward=${this.#store.canGoForward}
      ></ta-toolbar>
      <ta-sentence class=${this.#store.busy ? 'busy' : ''} .frame=${frame} .focused=${focused} .palette=${this.#palette} .act=${this.#act}></ta-sentence>
      <div class="main ${this.#store.busy ? 'busy' : ''}">
        ${shownView({ frame, focused, palette: this.#palette, act: this.#act, view: this.#store.view, thumbnails: this.#store.thumbnails, initialScroll: this.#scrollOf(frame, this.#store.view.view) })}
        <ta-inspector role="region" aria-label="Focus" .frame=${frame} .focused=${focused} .palette=${this.#palette} .act=${this.#act}></ta-inspector>
      </div>
      ${token && showsTokens(this.#store.view) ? tableTwin(frame, token) : nothing}
      ${footLine(info, frame.map)}
    `;
  }

  /** The same object as long as the focus is the same, so that parts see at once that nothing has moved. */
  #sameFocus(next: Focus | null): Focus | null {
    const before = this.#focused;
    const same = before?.token.side === next?.token.side && before?.token.index === next?.token.index
      && before?.cell === next?.cell && before?.locked === next?.locked;
    if (!same) this.#focused = next;
    return this.#focused;
  }

  readonly #act = (act: Act): void => {
    const { selection, frame } = this.#store;
    switch (act.type) {
      case 'select': return this.#announced(() => this.#store.select(act.selection));
      case 'lock': return this.#announced(() => selection && this.#store.select(lockToken(selection, act.token)));
      case 'point': return act.say ? this.#announced(() => this.#store.point(act.token)) : this.#store.point(act.token);
      case 'reveal': return frame ? this.#store.reveal(act.token.side === 'query' ? frame.map.queries : frame.map.keys, act.token.index) : undefined;
      case 'command': return this.#store.command(act.command);
      case 'view': return this.#announced(() => this.#store.showView(act.view, act.selection));
      case 'back': return this.#announced(() => this.#store.goBack());
      case 'forward': return this.#announced(() => this.#store.goForward());
      case 'scrolled': return this.#save(act.scroll);
      case 'export': return this.#store.export(act.format);
      case 'link': return this.#store.link();
      case 'copy': return void this.#copy();
      case 'help': return void this.#help();
    }
  };

  #announced(change: () => void): void {
    this.#announce = true;
    const { view } = this.#store;
    change();
    if (view === this.#store.view) return;
    this.#turned ||= view.view !== this.#store.view.view;
    this.#save(null);
  }

  #scrollOf(frame: Frame, view: ViewName): number {
    return this.#saved?.analysis === frame.analysis ? (this.#saved.scroll[view] ?? 0) : 0;
  }

  /** Saves the view, and how far it is scrolled when that has changed. */
  #save(scroll: number | null): void {
    const { frame, view } = this.#store;
    if (!frame) return;
    const before = this.#saved?.analysis === frame.analysis ? this.#saved.scroll : {};
    this.#saved = { analysis: frame.analysis, scroll: scroll === null ? before : { ...before, [view.view]: scroll }, view };
    writeSaved(this.#api, this.#saved.analysis, this.#saved.scroll, view);
  }

  #pressed(event: KeyboardEvent): void {
    const action = actionOf(event);
    const chosen = viewOf(event);
    const { frame, selection, pointer } = this.#store;
    if ((!action && !chosen) || event.defaultPrevented || isTakenByControl(event) || this.#helping) return;
    if (action === 'help') return this.#act({ type: 'help' });
    if (action === 'back' || action === 'forward') {
      // Neither the browser nor the editor is to go back as well.
      event.preventDefault();
      event.stopPropagation();
      return this.#act({ type: action });
    }
    if (chosen) return this.#act({ type: 'view', view: { ...this.#store.view, view: chosen } });
    if (!action) return;
    if (!frame || !selection || frame.selection.map !== selection.map) return;
    const side = sideOf(event) ?? selection.token?.side ?? 'query';
    const move = moveOf(action, { ...frame, selection }, side, pointer);
    if (!move) return;
    event.preventDefault();
    const gesture = action.startsWith('token-') ? 'step' : 'move';
    this.#announced(() => ('selection' in move ? this.#store.select(move.selection, gesture) : this.#store.point(move.pointer)));
  }

  async #copy(): Promise<void> {
    const failed = await copyPicture(this.#store.picture()).then(() => null, (thrown: unknown) => lineOfCopy(thrown));
    this.#store.copied(failed);
    const live = this.renderRoot.querySelector('#announcement');
    if (live) live.textContent = failed === null ? 'The picture is on the clipboard.' : 'The picture could not be copied.';
  }

  async #help(): Promise<void> {
    this.#helping = true;
    this.requestUpdate();
    await this.updateComplete;
    this.#dialog()?.showModal();
  }

  #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog');
  }
}

/** Why a picture could not be copied, to stand in a sentence. */
function lineOfCopy(thrown: unknown): string {
  return (thrown instanceof Error ? thrown.message : String(thrown)).replace(/\.$/, '');
}

/** The column or text that has the keyboard. */
function sideOf(event: KeyboardEvent): TokenFocus['side'] | null {
  for (const target of event.composedPath()) {
    const side = target instanceof HTMLElement ? target.dataset['side'] : undefined;
    if (side === 'query' || side === 'key') return side;
  }
  return null;
}

/** Whether a button, list or field that has the keyboard uses this key itself. */
function isTakenByControl(event: KeyboardEvent): boolean {
  const presses = event.key === 'Enter' || event.key === ' ';
  return event.composedPath().some((target) => target instanceof HTMLElement
    && (/^(input|textarea|vscode-(single-select|multi-select|textfield|radio-group))$/.test(target.localName) || (presses && /(button|summary)$/.test(target.localName))));
}
