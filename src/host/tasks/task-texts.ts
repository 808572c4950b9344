import * as vscode from 'vscode';
import type { Span } from '../../core/document/tracked-range.ts';
import { isQuestion } from '../../core/text/question.ts';
import { paragraphAt, textAt } from '../analysis/text-at.ts';

/** The text of a task, and the question about it where that is selected, too. */
export interface TaskTexts {
  readonly context: Span;
  readonly question: Span | null;
}

/** The selected text of an editor, or the paragraph at its cursor; null where there is none. */
export function longTextAt(editor: vscode.TextEditor): Span | null {
  return editor.selection.isEmpty ? paragraphAt(editor.document, editor.selection.active.line) : textAt(editor);
}

/**
 * The text to ask about: of several selections the first that ends with a question mark is the question, and the
 * others, with what is between them, the text; else the text is what is selected. Null where there is none.
 */
export function askedTexts(editor: vscode.TextEditor): TaskTexts | null {
  const { document, selections } = editor;
  const chosen = selections
    .map((selection) => trimmed(document, selection))
    .filter((span) => span !== null)
    .sort((a, b) => a.start - b.start);
  const question = chosen.length > 1 ? chosen.find((span) => isQuestion(textOf(document, span))) : undefined;
  const rest = chosen.filter((span) => span !== question);
  const [first] = rest;
  const last = rest.at(-1);
  if (first && last) return { context: { start: first.start, end: last.end }, question: question ?? null };
  const context = longTextAt(editor);
  return context && { context, question: null };
}

function trimmed(document: vscode.TextDocument, selection: vscode.Selection): Span | null {
  const text = document.getText(selection);
  if (text.trim() === '') return null;
  const start = document.offsetAt(selection.start) + text.length - text.trimStart().length;
  return { start, end: start + text.trim().length };
}

function textOf(document: vscode.TextDocument, { start, end }: Span): string {
  return document.getText(new vscode.Range(document.positionAt(start), document.positionAt(end)));
}
