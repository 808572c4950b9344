import * as vscode from 'vscode';
import { sizeOf } from '../../core/catalogue/size.ts';
import { AttentionError, reasonOf } from '../../core/errors/reason.ts';
import { fileEndings, panelFormatsOf, type PanelFormat } from '../../core/export/panel-format.ts';
import type { AskOptions } from '../../protocol/peer.ts';
import type { Analyses } from '../analysis/analyses.ts';
import type { ExportedFiles } from './exported-files.ts';
import type { Panel } from './panel.ts';
import type { LiveAnalysis } from '../analysis/live-analysis.ts';
import { tell } from '../window/messages.ts';
import { nameOf, saveWhole } from '../window/save-file.ts';
import { pickRow, showInformation, withProgress } from '../window/window.ts';
import { words } from '../../core/words/words.ts';

/** Writes what is shown to files. Weights go from the model process to the file and never through the panel. */
export class Exports {
  readonly #analyses: Analyses;
  readonly #files: ExportedFiles;
  readonly #panel: Panel;

  /** The panel alone can paint pixels. */
  constructor(analyses: Analyses, files: ExportedFiles, panel: Panel) {
    this.#analyses = analyses;
    this.#files = files;
    this.#panel = panel;
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
        vscode.l10n.t('Exporting attention as {0}', words().formats[format].name),
        ({ done = 0 }) => sizeOf(done),
        (options) => this.#bytes(current, format, options),
      );
      await saveWhole(file, bytes);
      void this.#offer(file, format, bytes.length);
    } catch (thrown) {
      tell(reasonOf(thrown));
    }
  }

  async #bytes(analysis: LiveAnalysis, format: PanelFormat, options: AskOptions): Promise<Uint8Array> {
    if (format !== 'png') return this.#files.bytes(analysis, format, options);
    if (!this.#panel.visible) throw new AttentionError({ code: 'panel-needed' });
    return this.#panel.paint(new TextDecoder().decode(await this.#files.bytes(analysis, format, options)), options);
  }

  async #choose(): Promise<PanelFormat | null> {
    const possible = panelFormatsOf(this.#files.view).filter((format) => format !== 'png' || this.#panel.visible);
    const items = possible.map((format) => ({
      format,
      label: words().formats[format].name,
      description: words().formats[format].says,
    }));
    const chosen = await pickRow(items, {
      title: vscode.l10n.t('Attention: Export'),
      placeholder: vscode.l10n.t('File format'),
    });
    return chosen?.format ?? null;
  }

  async #ask(analysis: LiveAnalysis, format: PanelFormat): Promise<vscode.Uri | null> {
    const { uri } = analysis.place;
    const folder = vscode.workspace.getWorkspaceFolder(uri) ?? vscode.workspace.workspaceFolders?.[0];
    const { name } = words().formats[format];
    const ending = fileEndings[format];
    const file = this.#files.nameOf(analysis, format);
    const chosen = await vscode.window.showSaveDialog({
      title: vscode.l10n.t('Export attention as {0}', name),
      filters: { [name]: [ending] },
      ...(folder ? { defaultUri: vscode.Uri.joinPath(folder.uri, file) } : {}),
    });
    return chosen ?? null;
  }

  async #offer(file: vscode.Uri, format: PanelFormat, bytes: number): Promise<void> {
    const line = vscode.l10n.t({
      message: 'Exported {0} ({1}).',
      args: [nameOf(file), sizeOf(bytes)],
      comment: ['The name of the file, and its size'],
    });
    // Nothing here can show an array file.
    if (format === 'npz') return void showInformation(line);
    const open = vscode.l10n.t('Open');
    if ((await showInformation(line, open)) !== open) return;
    const inBrowser = format === 'html' && file.scheme === 'file' && vscode.env.remoteName === undefined;
    if (inBrowser) await vscode.env.openExternal(file);
    else await vscode.commands.executeCommand('vscode.open', file);
  }
}
