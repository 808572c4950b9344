import * as vscode from 'vscode';
import type { LessonDocuments } from './documents.ts';
import type { LessonLibrary } from './library.ts';
import type { LessonProgress } from './progress.ts';

/** Changes within one frame are drawn once. */
const frame = 16;

/**
 * Covers the lines that say the answers of questions until they are answered rightly. The cursor in such a line shows
 * it: a lesson is text that can be edited.
 */
export class AnswerCovers implements vscode.Disposable {
  readonly #documents: LessonDocuments;
  readonly #library: LessonLibrary;
  readonly #progress: LessonProgress;
  readonly #cover = vscode.window.createTextEditorDecorationType({
    opacity: '0',
    backgroundColor: new vscode.ThemeColor('editor.inactiveSelectionBackground'),
  });
  readonly #subscriptions: vscode.Disposable;
  #timer: NodeJS.Timeout | undefined;

  constructor(documents: LessonDocuments, library: LessonLibrary, progress: LessonProgress) {
    this.#documents = documents;
    this.#library = library;
    this.#progress = progress;
    const soon = (): void => this.#soon();
    this.#subscriptions = vscode.Disposable.from(
      this.#cover,
      documents.onDidChange(soon),
      progress.onDidChange(soon),
      vscode.window.onDidChangeVisibleTextEditors(soon),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor: { document } }) => {
        if (document.languageId === 'markdown') soon();
      }),
    );
    soon();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscriptions.dispose();
  }

  #soon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      for (const editor of vscode.window.visibleTextEditors) this.#draw(editor);
    }, frame);
  }

  #draw(editor: vscode.TextEditor): void {
    const { document, selections } = editor;
    const chapter = this.#documents.of(document);
    if (!chapter) return;
    const file = this.#library.fileOf(document.uri) ?? document.uri.toString();
    const isSeen = (line: number): boolean =>
      selections.some(({ start, end }) => start.line <= line && line <= end.line);
    const covered = chapter.fences.flatMap((fence) => {
      if (fence.kind !== 'question' || this.#progress.answerTo(file, fence.question.ask) === true) return [];
      return linesOf(document, fence.first + 1, fence.last).filter(({ lineNumber }) => !isSeen(lineNumber));
    });
    editor.setDecorations(
      this.#cover,
      covered.map(({ range, text }) => range.with(range.start.translate(0, text.indexOf(':') + 1))),
    );
  }
}

/** The lines of a question that say its answer. */
function linesOf(document: vscode.TextDocument, first: number, end: number): readonly vscode.TextLine[] {
  const lines = Array.from({ length: Math.max(0, end - first) }, (_, at) => document.lineAt(first + at));
  return lines.filter(({ text }) => /^\s*(?:answer|reason|hint)\s*:/u.test(text));
}
