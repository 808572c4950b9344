import * as vscode from 'vscode';
import { firstView, fitView } from '../../core/attention/view.ts';
import { sizeOf } from '../../core/catalogue/size.ts';
import { AttentionError, reasonOf } from '../../core/errors/reason.ts';
import { focusOfSelection } from '../../core/scene/focus.ts';
import { fileFormatOf, formatWords, panelFormats, type PanelFormat } from '../../core/export/panel-format.ts';
import type { AskOptions } from '../../protocol/peer.ts';
import type { Analyses } from '../analysis/analyses.ts';
import { exportName } from './export-name.ts';
import type { LiveAnalysis } from '../analysis/live-analysis.ts';
import { tell } from '../window/messages.ts';
import type { PanelView } from '../analysis/panel-view.ts';
import { nameOf, saveWhole } from '../window/save-file.ts';
import type { Selections } from '../analysis/selections.ts';
import { pickRow, showInformation } from '../window/window.ts';
import { withProgress } from '../window/with-progress.ts';

/** What exports need of the panel: it alone can draw pixels. */
export interface Painter {
  readonly visible: boolean;
  /** An SVG as a PNG of twice its size. */
  paint(svg: string, options: AskOptions): Promise<Uint8Array>;
}

/** Writes what is shown to files. Weights go from the model process to the file and never through the panel. */
export class Exports {
  readonly #analyses: Analyses;
  readonly #selections: Selections;
  readonly #view: PanelView;
  readonly #painter: Painter;

  constructor(analyses: Analyses, selections: Selections, view: PanelView, painter: Painter) {
    this.#analyses = analyses;
    this.#selections = selections;
    this.#view = view;
    this.#painter = painter;
  }

  /**
   * Exports what is shown: asks for the format and the file where they are not given. Resolves once the file is there
   * or not.
   */
  async save(wanted: PanelFormat | null, place: vscode.Uri | null): Promise<void> {
    const { current } = this.#analyses;
    if (!current) {
      tell({ code: 'analysis-gone' });
      return;
    }
    const format = wanted ?? (await this.#choose());
    const file = format && (place ?? (await this.#ask(current, format)));
    if (!format || !file) return;
    try {
      const bytes = await withProgress(
        `Exporting attention as ${formatWords[format].name}`,
        ({ done = 0 }) => sizeOf(done),
        (options) => this.#bytes(current, format, options),
      );
      await saveWhole(file, bytes);
      void this.#offer(file, format, bytes.length);
    } catch (thrown) {
      tell(reasonOf(thrown));
    }
  }

  /** The picture of an analysis as it is shown, as SVG. Rejects with an AttentionError. */
  async picture(id: string): Promise<string> {
    const analysis = this.#analyses.byId(id);
    if (!analysis) throw new AttentionError({ code: 'analysis-gone' });
    return new TextDecoder().decode(await this.#bytes(analysis, 'svg', {}));
  }

  async #bytes(analysis: LiveAnalysis, format: PanelFormat, options: AskOptions): Promise<Uint8Array> {
    if (format === 'png' && !this.#painter.visible) throw new AttentionError({ code: 'panel-needed' });
    const shown = fitView(this.#view.now ?? firstView, analysis.info);
    const { view } = shown;
    const focus = focusOfSelection(this.#selections.of(analysis), view === 'matrix' || format === 'csv-matrix');
    const file = new Uint8Array(
      await this.#analyses.source.exported(analysis.id, fileFormatOf(format, view), focus, shown, options),
    );
    return format === 'png' ? this.#painter.paint(new TextDecoder().decode(file), options) : file;
  }

  async #choose(): Promise<PanelFormat | null> {
    const possible = panelFormats.filter((format) => format !== 'png' || this.#painter.visible);
    const items = possible.map((format) => ({
      format,
      label: formatWords[format].name,
      description: formatWords[format].says,
    }));
    const chosen = await pickRow(items, { title: 'Attention: Export', placeholder: 'What the file is to be' });
    return chosen?.format ?? null;
  }

  async #ask(analysis: LiveAnalysis, format: PanelFormat): Promise<vscode.Uri | null> {
    const { uri } = analysis.place;
    const folder = vscode.workspace.getWorkspaceFolder(uri) ?? vscode.workspace.workspaceFolders?.[0];
    const { name, ending } = formatWords[format];
    const file = exportName(analysis.place.range.text, this.#selections.of(analysis), ending);
    const chosen = await vscode.window.showSaveDialog({
      title: `Export attention as ${name}`,
      filters: { [name]: [ending] },
      ...(folder ? { defaultUri: vscode.Uri.joinPath(folder.uri, file) } : {}),
    });
    return chosen ?? null;
  }

  async #offer(file: vscode.Uri, format: PanelFormat, bytes: number): Promise<void> {
    const line = `Exported ${nameOf(file)} (${sizeOf(bytes)}).`;
    // Nothing here can show an array file.
    if (format === 'npz') return void showInformation(line);
    const open = 'Open';
    if ((await showInformation(line, open)) !== open) return;
    const inBrowser = format === 'html' && file.scheme === 'file' && vscode.env.remoteName === undefined;
    if (inBrowser) await vscode.env.openExternal(file);
    else await vscode.commands.executeCommand('vscode.open', file);
  }
}
