import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { countText } from '../src/core/attention/number-words.ts';
import type { Selection, TokenFocus } from '../src/core/attention/selection.ts';
import { showsTokens, type ViewName, type ViewState } from '../src/core/attention/view.ts';
import { filterWords } from '../src/core/attention/filter-words.ts';
import type { Vantage } from '../src/protocol/layout.ts';
import type { Act } from './act.ts';
import { filterLine, filterLineStyles } from './controls/filter-line.ts';
import { footLine, footStyles } from './controls/foot.ts';
import { helpDialog, helpStyles } from './controls/help.ts';
import { emptyPage, notices, noticeStyles, unknownNotice } from './controls/notices.ts';
import { tableTwin } from './controls/table-twin.ts';
import { copyPicture } from './picture.ts';
import { panelStyles } from './panel-styles.ts';
import { directed, pointed, refocusedBy } from './state/direct.ts';
import { focusOf, type Focus } from './state/focus.ts';
import type { Frame } from './state/frame.ts';
import { focusInside, KeyboardWatch } from './state/keyboard.ts';
import { actionOf, viewOf } from './state/keys.ts';
import { lockToken, moveOf } from './state/moves.ts';
import { inTokens, Scenes, pointedToken, pointedUnit, tokenOf, unitOf } from '../src/core/scene/scene.ts';
import type { Picture } from './state/frame.ts';
import { portOf, type VsCodeApi } from './state/port.ts';
import { firstVantage, readSaved, writeSaved } from './state/saved.ts';
import { Store } from './state/store.ts';
import { sharedStyles } from './styles/shared.ts';
import { readPalette, watchTheme, type Palette } from './theme.ts';
import { shownView } from './views/shown.ts';
import { announcement } from './words/focus.ts';
import { viewNames } from './words/view.ts';

/** The whole panel. It owns the state and hands it down; its parts hand up what the person asks for. */
export class PanelElement extends LitElement {
  static override readonly styles = [sharedStyles, panelStyles, noticeStyles, filterLineStyles, footStyles, helpStyles];

  readonly #api: VsCodeApi = acquireVsCodeApi();
  #saved = readSaved(this.#api);
  readonly #store = new Store(portOf(this.#api, window), () => this.requestUpdate(), this.#saved?.view ?? undefined);
  protected readonly keyboard = new KeyboardWatch(this);
  readonly #pictures = new Scenes<Frame>();
  #shownPicture: Picture | null = null;
  #palette: Palette = readPalette(document.body);
  #focused: Focus | null = null;
  #announce = false;
  #turned = false;
  #helping = false;
  /** The analysis that the live region has spoken of. */
  #heard: string | null = null;
  /** The part of the panel that had the keyboard before the last update. */
  #part: Element | null = null;
  #filtered = false;
  #stops: (() => void)[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    this.role = 'main';
    const listening = new AbortController();
    const { signal } = listening;
    document.addEventListener('keydown', (event) => this.#pressed(event), { signal });
    document.addEventListener(
      'visibilitychange',
      () => {
        if (!document.hidden) void this.#store.refresh();
      },
      { signal },
    );
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
      ${notices({ shown, busy, failure, map: frame?.map ?? null, view, act: this.#act })}
      ${shown && frame ? unknownNotice(frame.info.sequences) : nothing}
      ${shown && frame ? this.#picture(frame) : !shown && !busy && !failure ? emptyPage() : nothing}
      ${helpDialog(this.#helping, () => {
        this.#helping = false;
        this.requestUpdate();
      })}
      <div class="unseen" role="status" aria-live="polite" id="announcement"></div>
    `;
  }

  protected override willUpdate(): void {
    this.#part = this.shadowRoot?.activeElement ?? null;
  }

  protected override updated(): void {
    this.#keepKeyboard();
    this.#save(null);
    const { frame, view, settled } = this.#store;
    const live = this.renderRoot.querySelector('#announcement');
    if (!frame) this.#heard = null;
    if (!frame && live) live.textContent = '';
    if (!frame || !settled) return;
    const isNew = frame.analysis !== this.#heard;
    if (!this.#announce && !isNew) return;
    this.#announce = false;
    this.#heard = frame.analysis;
    if (isNew) this.scrollTop = 0;
    const whose = isNew
      ? `${frame.info.model.id}, ${countText(frame.info.sequences[0]?.tokens.length ?? 0, 'token')}: `
      : '';
    const which = this.#turned ? `${viewNames[view.view].says}: ` : '';
    const filters = this.#filtered ? `${filterWords(view.options, frame.map).join(', ') || 'no filters'}: ` : '';
    this.#turned = this.#filtered = false;
    const what = this.#shownPicture ? announcement(this.#shownPicture, this.#focused) : 'every token is hidden';
    if (live) live.textContent = `${whose}${which}${filters}${what}`;
  }

  /** What took the place of the part that had the keyboard (another view, another text) gets it. */
  #keepKeyboard(): void {
    const part = this.#part;
    this.#part = null;
    if (part && !part.isConnected)
      void focusInside(this.renderRoot.querySelector(part.classList.contains('view') ? '.view' : part.localName));
  }

  #picture(frame: Frame): TemplateResult {
    const { view, pointer, selection } = this.#store;
    const picture = this.#pictures.of(frame, view.options);
    this.#shownPicture = picture;
    const focused = this.#sameFocus(picture && focusOf(picture.selection, pointer && pointedUnit(picture, pointer)));
    return html`
      <h1 class="unseen" .textContent=${`Attention in ${frame.info.model.id}`}></h1>
      <ta-toolbar
        .info=${frame.info}
        .selection=${selection ?? frame.selection}
        .summaries=${frame.summaries}
        .palette=${this.#palette}
        .act=${this.#act}
        .view=${view}
        .canGoBack=${this.#store.canGoBack}
        .canGoForward=${this.#store.canGoForward}
      ></ta-toolbar>
      ${filterLine({ frame, picture, view, act: this.#act })}
      ${keyed(frame.analysis, picture ? this.#parts(picture, focused) : nothing)} ${footLine(frame.info, frame.map)}
    `;
  }

  /** The parts of the panel that show the picture and speak of its units. */
  #parts(frame: Picture, focused: Focus | null): TemplateResult {
    const { view, busy, shown } = this.#store;
    const scene = { frame, focused, palette: this.#palette, act: this.#actInUnits };
    const { token } = frame.selection;
    return html`
      <ta-sentence
        class=${busy ? 'busy' : ''}
        .frame=${frame}
        .focused=${focused}
        .palette=${scene.palette}
        .act=${scene.act}
      ></ta-sentence>
      <div class="main ${busy ? 'busy' : ''}">
        ${shownView({ ...scene, view, thumbnails: this.#store.thumbnails, vantage: this.#vantageOf(frame, view.view) })}
        <ta-inspector
          role="region"
          aria-label="Focus"
          .inEditor=${shown?.inEditor ?? []}
          .frame=${frame}
          .focused=${focused}
          .palette=${scene.palette}
          .act=${scene.act}
        ></ta-inspector>
      </div>
      ${token && showsTokens(view) ? tableTwin(frame, token) : nothing}
    `;
  }

  /** The same object as long as the focus is the same, so that parts see at once that nothing has moved. */
  #sameFocus(next: Focus | null): Focus | null {
    const before = this.#focused;
    const same =
      before?.token.side === next?.token.side &&
      before?.token.index === next?.token.index &&
      before?.cell === next?.cell &&
      before?.locked === next?.locked;
    if (!same) this.#focused = next;
    return this.#focused;
  }

  readonly #act = (act: Act): void => {
    const { selection, frame } = this.#store;
    switch (act.type) {
      case 'select':
        return this.#announced(() => this.#store.select(act.selection));
      case 'lock':
        return this.#announced(() => selection && this.#store.select(lockToken(selection, act.token)));
      case 'point':
        return act.say ? this.#announced(() => this.#store.point(act.token)) : this.#store.point(act.token);
      case 'reveal':
        return frame
          ? this.#store.reveal(act.token.side === 'query' ? frame.map.queries : frame.map.keys, act.token.index)
          : undefined;
      case 'command':
        return this.#store.command(act.command);
      case 'view':
        return this.#announced(() => this.#show(act.view, act.selection));
      case 'back':
        return this.#announced(() => this.#store.goBack());
      case 'forward':
        return this.#announced(() => this.#store.goForward());
      case 'looked':
        return this.#save(act.from);
      case 'export':
        return this.#store.export(act.format);
      case 'link':
        return this.#store.link();
      case 'copy':
        return void this.#copy();
      case 'help':
        return void this.#help();
    }
  };

  /** What a part asks for that speaks of the picture's units. */
  readonly #actInUnits = (act: Act): void => {
    const picture = this.#shownPicture;
    if (!picture) return;
    const { map, selection, options, step } = picture;
    switch (act.type) {
      case 'select':
        return this.#act({ ...act, selection: inTokens(picture, act.selection) });
      case 'view':
        return this.#act({ ...act, ...(act.selection ? { selection: inTokens(picture, act.selection) } : {}) });
      case 'lock':
        return this.#act({
          type: 'select',
          selection: inTokens(picture, lockToken(selection, directed(act.token, map, options))),
        });
      case 'reveal': {
        const token = tokenOf(picture, act.token);
        return token ? this.#act({ type: 'reveal', token }) : undefined;
      }
      case 'point': {
        const token = act.token && pointed(act.token, selection.token, map, options, step);
        return this.#act({ ...act, token: token && pointedToken(picture, token) });
      }
      default:
        return this.#act(act);
    }
  };

  /** Shows a view; what its options want of the token in focus follows. */
  #show(view: ViewState, chosen?: Selection): void {
    this.#store.showView(view, chosen);
    const { selection, frame } = this.#store;
    const next = selection && frame && refocusedBy(this.#store.view.options, selection, frame.map);
    if (next && next !== selection) this.#store.select(next);
  }

  #announced(change: () => void): void {
    this.#announce = true;
    const { view } = this.#store;
    change();
    if (view === this.#store.view) return;
    this.#turned ||= view.view !== this.#store.view.view;
    this.#filtered ||= JSON.stringify(view.options) !== JSON.stringify(this.#store.view.options);
  }

  #vantageOf(frame: Frame, view: ViewName): Vantage {
    return (this.#saved?.analysis === frame.analysis && this.#saved.vantages[view]) || firstVantage;
  }

  /** Saves what is looked at, and from where when that has changed. */
  #save(from: Vantage | null): void {
    const { shown, frame, view, selection } = this.#store;
    if (!frame || !selection || frame.analysis !== shown?.analysis) return;
    const { analysis } = frame;
    const before = this.#saved?.analysis === analysis ? this.#saved : null;
    if (before && from === null && before.view === view && before.selection === selection) return;
    const vantages = { ...before?.vantages, ...(from === null ? {} : { [view.view]: from }) };
    this.#saved = writeSaved(this.#api, { analysis, selection, vantages, view });
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
    const picture = this.#shownPicture;
    if (!frame || !picture || !selection || frame.selection.map !== selection.map) return;
    const { map, options } = picture;
    const here = {
      ...picture,
      selection: { ...selection, token: selection.token && unitOf(picture, selection.token) },
    };
    const side =
      sideOf(event) ?? here.selection.token?.side ?? directed({ side: 'query', index: 0 }, map, options).side;
    const move = moveOf(action, here, side, pointer && unitOf(picture, pointer));
    if (!move) return;
    event.preventDefault();
    const gesture = action.startsWith('token-') ? 'step' : 'move';
    this.#announced(() => {
      if ('pointer' in move) return this.#store.point(tokenOf(picture, move.pointer));
      const token = move.selection.token && directed(move.selection.token, map, options);
      this.#store.select(inTokens(picture, { ...move.selection, token }), gesture);
    });
  }

  async #copy(): Promise<void> {
    const failed = await copyPicture(this.#store.picture()).then(
      () => null,
      (thrown: unknown) => lineOfCopy(thrown),
    );
    this.#store.copied(failed);
    const live = this.renderRoot.querySelector('#announcement');
    if (live)
      live.textContent = failed === null ? 'The picture is on the clipboard.' : 'The picture could not be copied.';
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
  return event
    .composedPath()
    .some(
      (target) =>
        target instanceof HTMLElement &&
        (/^(input|textarea|vscode-(single-select|multi-select|textfield|radio-group))$/.test(target.localName) ||
          (presses && /(button|summary)$/.test(target.localName))),
    );
}
