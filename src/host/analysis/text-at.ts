import * as vscode from 'vscode';
import type { Lines } from '../../core/document/lines.ts';
import { sentenceAt } from '../../core/document/sentence-at.ts';
import type { Span } from '../../core/document/tracked-range.ts';

/** The selected text of an editor, or the sentence at its cursor; null where there is none. */
export function textAt({ document, selection }: vscode.TextEditor): Span | null {
  return spanOf(document, selection);
}

/**
 * The two texts of a pair, in the order of the document: those selected (or the sentences at two cursors); with one
 * selection or cursor that text and the sentence after it. Null where there are not two, or more than two are selected.
 */
export function pairAt({ document, selections }: vscode.TextEditor): readonly [Span, Span] | null {
  if (selections.length > 2) return null;
  const spans = selections.flatMap((selection) => spanOf(document, selection) ?? []).sort((a, b) => a.start - b.start);
  const [first, second] = spans;
  if (!first || (selections.length === 2 && !second)) return null;
  if (second) return second.start >= first.end ? [first, second] : null;
  const next = sentenceAfter(document, first.end);
  return next && [first, next];
}

/** The paragraph of a line, what blank lines part, without blanks around it; null on a blank line. */
export function paragraphAt(document: vscode.TextDocument, line: number): Span | null {
  if (document.lineAt(line).text.trim() === '') return null;
  let last = line;
  while (last + 1 < document.lineCount && document.lineAt(last + 1).text.trim() !== '') last++;
  const start = paragraphStart(document, line);
  const text = document.getText(new vscode.Range(document.positionAt(start), document.lineAt(last).range.end));
  return { start: start + text.length - text.trimStart().length, end: start + text.trimEnd().length };
}

/** Where the paragraph of a line begins. */
export function paragraphStart(document: vscode.TextDocument, line: number): number {
  let first = line;
  while (first > 0 && document.lineAt(first - 1).text.trim() !== '') first--;
  return document.offsetAt(new vscode.Position(first, 0));
}

function spanOf(document: vscode.TextDocument, selection: vscode.Selection): Span | null {
  if (selection.isEmpty)
    return sentenceAt(linesOf(document), selection.active.line, selection.active.character, document.languageId);
  const span = { start: document.offsetAt(selection.start), end: document.offsetAt(selection.end) };
  return document.getText(selection).trim() === '' ? null : span;
}

/** The first sentence that begins at `offset` or later. */
function sentenceAfter(document: vscode.TextDocument, offset: number): Span | null {
  const text = document.getText();
  let from = offset;
  while (from < text.length) {
    const at = text.slice(from).search(/\S/u);
    if (at < 0) return null;
    const { line, character } = document.positionAt(from + at);
    const sentence = sentenceAt(linesOf(document), line, character, document.languageId);
    if (sentence && sentence.start >= offset) return sentence;
    // The rest of a sentence that began earlier, or a line of nothing but marks: on behind it.
    from = Math.max(sentence?.end ?? document.offsetAt(document.lineAt(line).range.end), from + at + 1);
  }
  return null;
}

function linesOf(document: vscode.TextDocument): Lines {
  return {
    count: document.lineCount,
    text: (line) => document.lineAt(line).text,
    offset: (line) => document.offsetAt(new vscode.Position(line, 0)),
  };
}
