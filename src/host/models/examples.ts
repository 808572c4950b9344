import * as v from 'valibot';
import * as vscode from 'vscode';
import type { Span } from '../../core/document/tracked-range.ts';
import { builtIns } from '../../core/catalogue/built-in.ts';
import { rangeOf } from '../analysis/tracked-texts.ts';

const scheme = 'text-attention-example';
/** Whose sentences a model gets that has none of its own. */
const usual = 'masked-lm-small';

/** The texts of a document of one or two sentences, which its address holds. */
const textsSchema = v.pipe(v.array(v.pipe(v.string(), v.nonEmpty())), v.minLength(1), v.maxLength(2));

/** Documents with sentences to try a model on: no files, so that nothing asks to be saved. */
export class Examples implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #registered = vscode.workspace.registerTextDocumentContentProvider(scheme, this);

  provideTextDocumentContent(uri: vscode.Uri): string {
    const texts = v.safeParse(textsSchema, uri.query === '' ? null : jsonOf(uri.query));
    if (texts.success) return `${texts.output.join('\n')}\n`;
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

  /** Shows a probe sentence, or a pair of them, and tells where each text is. */
  async openProbe(
    texts: readonly string[],
  ): Promise<{ readonly document: vscode.TextDocument; readonly spans: Span[] }> {
    const path = `/${vscode.l10n.t('Test Sentence')}.txt`;
    const document = await vscode.workspace.openTextDocument(
      vscode.Uri.from({ scheme, path, query: JSON.stringify(texts) }),
    );
    await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.One, preview: true });
    const spans = texts.map((text, at) => {
      const start = texts.slice(0, at).reduce((sum, { length }) => sum + length + 1, 0);
      return { start, end: start + text.length };
    });
    return { document, spans };
  }

  dispose(): void {
    this.#registered.dispose();
  }
}

function sentencesOf(model: string): readonly [string, ...string[]] {
  return builtIns[model]?.examples ?? builtIns[usual]?.examples ?? [''];
}

/** What JSON says; null where it is none. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
