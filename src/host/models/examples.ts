import * as vscode from 'vscode';
import type { Span } from '../../core/document/tracked-range.ts';
import { builtIns } from '../../core/catalogue/built-in.ts';
import { rangeOf } from '../analysis/tracked-texts.ts';

const scheme = 'text-attention-example';
/** Whose sentences a model gets that has none of its own. */
const usual = 'masked-lm-small';

/** Documents with sentences to try a model on: no files, so that nothing asks to be saved. */
export class Examples implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #registered = vscode.workspace.registerTextDocumentContentProvider(scheme, this);

  provideTextDocumentContent(uri: vscode.Uri): string {
    return `${sentencesOf(uri.path.split('/')[1] ?? '').join('\n\n')}\n`;
  }

  /** Shows the sentences for a model with the first of them selected, and tells where that stands. */
  async open(model: string): Promise<{ readonly document: vscode.TextDocument; readonly span: Span }> {
    const name = builtIns[model] ? model : usual;
    const document = await vscode.workspace.openTextDocument(
      vscode.Uri.from({ scheme, path: `/${name}/${vscode.l10n.t('Examples for {0}', name)}.txt` }),
    );
    const span = { start: 0, end: sentencesOf(name)[0].length };
    await vscode.window.showTextDocument(document, {
      selection: rangeOf(document, span),
      viewColumn: vscode.ViewColumn.One,
      preview: false,
    });
    return { document, span };
  }

  dispose(): void {
    this.#registered.dispose();
  }
}

function sentencesOf(model: string): readonly [string, ...string[]] {
  return builtIns[model]?.examples ?? builtIns[usual]?.examples ?? [''];
}
