import * as vscode from 'vscode';
import { entryOf } from '../../core/glossary/entry.ts';
import type { TermMark } from '../../core/lesson/terms.ts';
import { markdown } from '../window/markdown.ts';
import { hoverOf, linkOf } from '../window/window.ts';
import type { LessonDocuments } from './documents.ts';

/** Terms of the glossary in lessons: under the mouse what they mean, and a link to the page that says more. */
export class LessonTerms implements vscode.DocumentLinkProvider, vscode.HoverProvider, vscode.Disposable {
  readonly #documents: LessonDocuments;
  readonly #registration: vscode.Disposable;

  constructor(documents: LessonDocuments) {
    this.#documents = documents;
    this.#registration = vscode.Disposable.from(
      vscode.languages.registerDocumentLinkProvider({ language: 'markdown' }, this),
      vscode.languages.registerHoverProvider({ language: 'markdown' }, this),
    );
  }

  provideDocumentLinks(document: vscode.TextDocument): vscode.DocumentLink[] {
    return this.#of(document).map((mark) =>
      linkOf(wordOf(mark), vscode.l10n.t('Open in the glossary'), openGlossary, [mark.term]),
    );
  }

  provideHover(document: vscode.TextDocument, place: vscode.Position): vscode.Hover | null {
    const mark = this.#of(document).find((one) => wordOf(one).contains(place));
    if (!mark) return null;
    const { name, short, formula } = entryOf(mark.term);
    const formulaLine = formula === null ? markdown`` : markdown`\n\n${formula}`;
    // The editor itself puts the link below.
    return hoverOf(markdown`**${name}**: ${short}${formulaLine}`, [], wordOf(mark));
  }

  dispose(): void {
    this.#registration.dispose();
  }

  #of(document: vscode.TextDocument): readonly TermMark[] {
    return this.#documents.of(document)?.terms ?? [];
  }
}

const openGlossary = 'textAttention.openGlossary';

function wordOf({ line, wordStart, wordEnd }: TermMark): vscode.Range {
  return new vscode.Range(line, wordStart, line, wordEnd);
}
