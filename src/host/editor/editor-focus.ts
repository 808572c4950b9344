import * as vscode from 'vscode';
import type { Analyses } from '../analysis/analyses.ts';
import type { LiveAnalysis } from '../analysis/live-analysis.ts';
import { rangeOf } from '../analysis/tracked-texts.ts';
import type { SelectionChange, Selections } from '../analysis/selections.ts';

/** Cursor moves within one frame count as one. */
const frame = 16;

/** Ties the cursor to the token in focus: moving the one moves the other into sight. */
export class EditorFocus implements vscode.Disposable {
  readonly #analyses: Analyses;
  readonly #selections: Selections;
  readonly #subscriptions: vscode.Disposable;
  /** Analyses that were seen: each takes the word at the cursor once, as it opens. */
  readonly #seen = new WeakSet<LiveAnalysis>();
  #timer: NodeJS.Timeout | undefined;

  constructor(analyses: Analyses, selections: Selections) {
    this.#analyses = analyses;
    this.#selections = selections;
    this.#subscriptions = vscode.Disposable.from(
      vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections: [cursor] }) => {
        if (cursor?.isEmpty) this.#moved(textEditor, cursor.active);
      }),
      selections.onDidChange((change) => this.#bringIntoSight(change)),
      analyses.onDidChange(() => this.#opened(analyses.current)),
    );
  }

  /** Opens the document of an analysis and selects a token there; a token that stands in no document moves nothing. */
  async reveal(id: string, sequence: number, token: number): Promise<void> {
    const analysis = this.#analyses.byId(id);
    const span = analysis && !analysis.stale ? analysis.spanOf(sequence, token) : null;
    if (!span) return;
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(span.uri, true));
    const selection = rangeOf(document, span);
    const shown = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
    await vscode.window.showTextDocument(document, {
      selection,
      viewColumn: shown?.viewColumn ?? vscode.ViewColumn.One,
    });
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscriptions.dispose();
  }

  /** A text that was asked for by the cursor alone opens with the word there in focus. */
  #opened(analysis: LiveAnalysis | null): void {
    if (!analysis || this.#seen.has(analysis)) return;
    this.#seen.add(analysis);
    const editor = vscode.window.activeTextEditor;
    if (!editor?.selection.isEmpty || editor.selections.length > 1 || analysis.selection !== undefined) return;
    const { document } = editor;
    const uri = document.uri.toString();
    if (analysis.isIn(uri)) this.#focus(analysis, uri, document.offsetAt(editor.selection.active));
  }

  #moved(editor: vscode.TextEditor, cursor: vscode.Position): void {
    const { current } = this.#analyses;
    const uri = editor.document.uri.toString();
    if (!current || current.stale || !current.isIn(uri)) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#focus(current, uri, editor.document.offsetAt(cursor)), frame);
  }

  #focus(analysis: LiveAnalysis, uri: string, offset: number): void {
    const selection = this.#selections.of(analysis);
    const map = analysis.map(selection.map);
    const found = analysis.tokenAt(uri, offset);
    const side = found && analysis.sideOf(selection.map, found.sequence);
    if (!map || !found || !side || analysis.stale) return;
    const { index } = found;
    if (selection.token?.index === index && (selection.token.side === side || map.queries === map.keys)) return;
    this.#selections.set(analysis, { ...selection, token: { side, index } }, 'editor');
  }

  #bringIntoSight({ analysis, selection: { map, token }, origin }: SelectionChange): void {
    if (origin === 'editor' || !token || analysis.stale || analysis !== this.#analyses.current) return;
    const info = analysis.map(map);
    const span = info && analysis.spanOf(token.side === 'query' ? info.queries : info.keys, token.index);
    if (!span) return;
    for (const editor of vscode.window.visibleTextEditors) {
      if (editor.document.uri.toString() !== span.uri) continue;
      editor.revealRange(rangeOf(editor.document, span), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    }
  }
}
