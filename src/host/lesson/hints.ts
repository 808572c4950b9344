import * as vscode from 'vscode';
import { hintOf } from '../window/window.ts';
import type { LessonDocuments } from './documents.ts';

/** What the lines of numbers by hand come to, at their ends; they follow the typing. */
export class LessonHints implements vscode.InlayHintsProvider, vscode.Disposable {
  readonly #documents: LessonDocuments;
  readonly #registration: vscode.Disposable;

  constructor(documents: LessonDocuments) {
    this.#documents = documents;
    this.#registration = vscode.languages.registerInlayHintsProvider({ language: 'markdown' }, this);
  }

  provideInlayHints(document: vscode.TextDocument, range: vscode.Range): vscode.InlayHint[] {
    const fences = this.#documents.of(document)?.fences ?? [];
    return fences.flatMap((fence) => {
      if (fence.kind !== 'by-hand' || fence.last < range.start.line || fence.first > range.end.line) return [];
      return fence.byHand.results.map(({ line, text, short }) => hintOf(document.lineAt(line).range.end, short, text));
    });
  }

  dispose(): void {
    this.#registration.dispose();
  }
}
