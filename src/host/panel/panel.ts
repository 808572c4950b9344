import * as v from 'valibot';
import * as vscode from 'vscode';
import { AttentionError } from '../../core/errors/reason.ts';
import { firstView } from '../../core/attention/view.ts';
import { isPng } from '../../core/picture/png.ts';
import { layoutSchema, type Layout } from '../../protocol/layout.ts';
import {
  hostCommands,
  panelContract,
  panelHostContract,
  type HostCommand,
  type PanelContract,
  type PanelHostContract,
  type PanelState,
} from '../../protocol/panel.ts';
import { Peer, type AskOptions } from '../../protocol/peer.ts';
import type { Handlers } from '../../protocol/contract.ts';
import type { Analyses } from '../analysis/analyses.ts';
import type { ComparedRuns } from '../analysis/compared-runs.ts';
import type { EditorFocus } from '../editor/editor-focus.ts';
import { failureOf, perform, tellCopied } from '../window/messages.ts';
import type { ExportedFiles } from './exported-files.ts';
import { panelPage, panelPort, panelRoot } from './panel-page.ts';
import type { PanelView, ViewChange } from '../analysis/panel-view.ts';
import type { Experiments } from '../analysis/experiments.ts';
import type { LiveAnalysis } from '../analysis/live-analysis.ts';
import type { Writing } from '../analysis/writing.ts';
import type { Session } from '../analysis/session.ts';
import type { SelectionChange, Selections } from '../analysis/selections.ts';
import type { ShowAttention } from '../analysis/show-attention.ts';
import { namePanel } from '../window/window.ts';

/** The type under which VS Code keeps the panel over a reload of the window. */
export const panelType = 'textAttention.panel';

/** What the panel shows and changes. */
export interface PanelServices {
  readonly extension: vscode.Uri;
  readonly analyses: Analyses;
  readonly selections: Selections;
  readonly view: PanelView;
  readonly show: ShowAttention;
  readonly session: Session;
  readonly experiments: Experiments;
  readonly cursor: EditorFocus;
  readonly writing: Writing;
  readonly files: ExportedFiles;
  readonly compared: ComparedRuns;
}

interface Open {
  readonly view: vscode.WebviewPanel;
  readonly peer: Peer<PanelHostContract, PanelContract>;
}

/** The panel beside the editor. There is one; a further run shows its text in it. */
export class Panel implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #services: PanelServices;
  readonly #subscriptions: vscode.Disposable;
  #open: Open | null = null;
  #posting = false;
  /** Of a panel of an earlier window that has not asked yet what it shows. */
  #restorable: { readonly layout: Layout | null } | null = null;

  constructor(services: PanelServices) {
    this.#services = services;
    this.#subscriptions = vscode.Disposable.from(
      services.analyses.onDidChange(() => this.#postState()),
      services.show.onDidChange(() => this.#postState()),
      services.selections.onDidChange((change) => this.#postSelection(change)),
      services.view.onDidChange((change) => this.#postView(change)),
      services.view.onDidPoint(({ symbol, requested }) => requested && this.#open?.peer.tell('symbol', symbol)),
      vscode.window.registerWebviewPanelSerializer(panelType, this),
    );
  }

  get visible(): boolean {
    return this.#open?.view.visible === true;
  }

  /** Opens the panel beside the editor, or brings it to the front; the editor keeps the keyboard. */
  show(): void {
    if (this.#open) return this.#open.view.reveal(undefined, true);
    const column = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    this.#adopt(
      vscode.window.createWebviewPanel(panelType, vscode.l10n.t('Attention'), column, {
        retainContextWhenHidden: false,
      }),
    );
    this.#title();
  }

  /** Gives the keyboard to the panel; opens it when there is none. */
  focus(): void {
    this.show();
    this.#open?.view.reveal(undefined, false);
  }

  /** An SVG as a PNG of twice its size, painted by the panel. Rejects with an AttentionError. */
  async paint(svg: string, options: AskOptions): Promise<Uint8Array> {
    if (!this.#open || !this.visible) throw new AttentionError({ code: 'panel-needed' });
    const png = new Uint8Array((await this.#open.peer.ask('paint', { svg }, options)).png);
    if (!isPng(png))
      throw new AttentionError({ code: 'picture-failed', detail: vscode.l10n.t('the panel returned no PNG') });
    return png;
  }

  /** Takes over the panel of a window that was reloaded; what the panel itself kept is as new as the last click. */
  deserializeWebviewPanel(view: vscode.WebviewPanel, kept: unknown): Promise<void> {
    this.#open?.view.dispose();
    const layout = v.safeParse(layoutSchema, kept);
    this.#restorable = { layout: layout.success ? layout.output : null };
    this.#adopt(view);
    return Promise.resolve();
  }

  dispose(): void {
    this.#open?.view.dispose();
    this.#subscriptions.dispose();
  }

  #adopt(view: vscode.WebviewPanel): void {
    const { extension } = this.#services;
    view.webview.options = { enableScripts: true, localResourceRoots: [panelRoot(extension)] };
    view.iconPath = vscode.Uri.joinPath(extension, 'media', 'attention.svg');
    const peer = new Peer(panelPort(view.webview), panelHostContract, this.#handlers(), panelContract);
    this.#listen(peer);
    this.#open = { view, peer };
    // Of a panel that is out of sight nothing is pointed at; its page is gone, and cannot tell.
    view.onDidChangeViewState(() => view.visible || this.#services.view.reportSymbol(null));
    view.onDidDispose(() => {
      peer.close({ code: 'cancelled' });
      if (this.#open?.view === view) this.#open = null;
      this.#services.view.reportSymbol(null);
    });
    view.webview.html = panelPage(view.webview, extension);
  }

  #handlers(): Handlers<PanelHostContract> {
    const { source } = this.#services.analyses;
    return {
      state: () => {
        const left = this.#restorable;
        this.#restorable = null;
        if (left) void this.#services.session.restore(left.layout);
        return this.#state();
      },
      weights: async ({ analysis, map, layer }) => ({ weights: await source.bytes(analysis, map, layer) }),
      thumbnails: ({ analysis, map, size, options }) => source.thumbnails(analysis, map, size, options),
      heads: ({ analysis, map }) => source.heads(analysis, map),
      strongest: ({ analysis, map, side, first, end }) => source.strongest(analysis, map, side, { first, end }),
      effects: ({ analysis, position }, { signal, report }) =>
        this.#services.analyses.effects(analysis, position, { signal, onProgress: report }),
      token: ({ analysis, name }, { signal }) => source.token(analysis, name, { signal }),
      explain: ({ analysis, ...cell }, { signal, report }) =>
        source.explain(analysis, cell, { signal, onProgress: report }),
      distribution: ({ analysis, ...asked }, { signal }) => source.distribution(analysis, asked, { signal }),
      parts: ({ analysis, by, ...cell }, { signal, report }) =>
        source.parts(analysis, cell, by, { signal, onProgress: report }),
      logit: ({ analysis, token, position }, { signal, report }) =>
        source.logit(analysis, token, position, { signal, onProgress: report }),
      compare: ({ analysis, side }, { signal, report }) =>
        this.#services.compared.of(analysis, side, { signal, onProgress: report }),
      picture: async ({ analysis }) => ({ svg: await this.#services.files.picture(analysis) }),
    };
  }

  #listen(peer: Peer<PanelHostContract, PanelContract>): void {
    const { analyses, selections, view, experiments, writing } = this.#services;
    peer.on('select', ({ analysis, selection }) => {
      const found = analyses.byId(analysis);
      if (found) selections.set(found, selection, 'panel');
    });
    const of = (id: string, action: (found: LiveAnalysis) => unknown): void => {
      const found = analyses.byId(id);
      if (found) void action(found);
    };
    peer.on('edit', ({ analysis, edits, selection }) =>
      of(analysis, (found) => experiments.show(found, edits, selection)),
    );
    peer.on('write', ({ analysis, ...wanted }) => of(analysis, (found) => writing.writeOn(found, wanted)));
    peer.on('accept', ({ analysis }) => of(analysis, (found) => writing.accept(found)));
    peer.on('fill', ({ analysis, token, text }) => of(analysis, (found) => writing.fill(found, token, text)));
    peer.on('view', (shown) => view.report(shown));
    peer.on('symbol', (symbol) => view.reportSymbol(symbol));
    peer.on('reveal', ({ analysis, sequence, token }) => void this.#services.cursor.reveal(analysis, sequence, token));
    peer.on('link', () => void vscode.commands.executeCommand('textAttention.copyLink'));
    peer.on('export', (format) => void vscode.commands.executeCommand('textAttention.export', format));
    peer.on('example', (example) => void vscode.commands.executeCommand('textAttention.openExample', example));
    peer.on('glossary', (of) => {
      if (of === 'limits') void vscode.commands.executeCommand('textAttention.openLimits');
      else void vscode.commands.executeCommand('textAttention.openGlossary', of);
    });
    peer.on('copied', (failed) => tellCopied(failed));
    peer.on('command', (name) => {
      if (name === 'cancel') this.#services.show.cancel();
      else if (name === 'dismiss') this.#services.show.forgetFailure();
      else if (name === 'target') void vscode.commands.executeCommand('textAttention.setTarget');
      else if (isHostCommand(name)) void vscode.commands.executeCommand(`textAttention.${name}`);
      else if (name === 'example')
        void vscode.commands.executeCommand('textAttention.showExample', this.#services.analyses.current?.model);
      else perform(name, this.#services.show.failure);
    });
  }

  #state(): PanelState {
    const { analyses, selections, show, session, view } = this.#services;
    const { current } = analyses;
    const opening = current ? selections.openingOf(current) : undefined;
    const trying = current && show.trying(current);
    return {
      shown: current && {
        analysis: current.id,
        origin: current.origin,
        unedited: current.edits.length > 0 ? (analyses.uneditedOf(current)?.id ?? null) : null,
        model: current.model,
        info: current.info,
        selection: selections.of(current),
        stale: current.stale,
        leftOut: [...current.leftOut],
        inEditor: current.stale ? [] : [...new Set(current.parts.map(({ sequence }) => sequence))],
        ...(opening === undefined ? {} : { opening }),
        measurements: analyses.source.measurements,
        first: session.isFirst(current.id),
      },
      busy: show.busy,
      trying: trying && [...trying],
      failure: show.failure && failureOf(show.failure),
      view: view.now,
      symbol: view.named,
    };
  }

  /** Several changes in one turn are told once. A hidden panel asks for the state when it is shown again. */
  #postState(): void {
    this.#title();
    this.#chooseView();
    if (this.#posting) return;
    this.#posting = true;
    queueMicrotask(() => {
      this.#posting = false;
      if (this.visible) this.#open?.peer.tell('state', this.#state());
    });
  }

  /** Where no head stands out and nobody has chosen a view yet, the first picture is that of all heads. */
  #chooseView(): void {
    const { analyses, selections, view } = this.#services;
    const { current } = analyses;
    if (current && view.now === null && selections.openingOf(current) === null)
      view.request({ ...firstView, view: 'model' });
  }

  #postSelection({ analysis, selection, origin }: SelectionChange): void {
    if (origin === 'panel' || !this.visible) return;
    this.#open?.peer.tell('select', { analysis: analysis.id, selection });
  }

  #postView({ view, requested }: ViewChange): void {
    if (requested) this.#open?.peer.tell('view', view);
  }

  #title(): void {
    const { current } = this.#services.analyses;
    if (this.#open)
      namePanel(
        this.#open.view,
        !current
          ? vscode.l10n.t('Attention')
          : current.edits.length > 0
            ? vscode.l10n.t('Attention, edited run: “{0}”', current.excerpt)
            : vscode.l10n.t('Attention: “{0}”', current.excerpt),
      );
  }
}

function isHostCommand(name: string): name is HostCommand {
  return hostCommands.some((one) => one === name);
}
