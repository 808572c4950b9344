import * as vscode from 'vscode';
import { findFingerprint } from '../../core/document/fingerprint.ts';
import type { Span } from '../../core/document/tracked-range.ts';
import { AttentionError } from '../../core/errors/reason.ts';
import { linkedSchemes, type Link } from '../../protocol/link.ts';
import { cellScheme, rangeOf } from '../analysis/tracked-texts.ts';
import { nameOf } from '../window/save-file.ts';

/** Where a document is, as links say it: a cell by its notebook and its place there, since VS Code names cells anew. */
export type Address = Pick<Link, 'scheme' | 'authority' | 'path' | 'cell'>;

/** The text of a link, found in an open document. */
export interface Found {
  readonly document: vscode.TextDocument;
  readonly span: Span;
  /** Whether the text is another one than the link was made of. */
  readonly changed: boolean;
}

/** Where a document is. Throws `link-impossible` when links cannot lead to it. */
export function addressOf(uri: vscode.Uri): Address {
  const name = uri.toString();
  const notebook = vscode.workspace.notebookDocuments.find((one) =>
    one.getCells().some(({ document }) => document.uri.toString() === name),
  );
  if (uri.scheme === cellScheme && !notebook) throw impossible(vscode.l10n.t('the notebook of the text is closed'));
  const file = notebook?.uri ?? uri;
  const scheme = linkedSchemes.find((known) => known === file.scheme);
  if (file.scheme === 'untitled') throw impossible(vscode.l10n.t('the document has not been saved yet'));
  if (!scheme) throw impossible(vscode.l10n.t('documents of type “{0}” have no permanent address', file.scheme));
  const cell = notebook?.getCells().find(({ document }) => document.uri.toString() === name)?.index ?? null;
  return { scheme, authority: file.authority, path: file.path, cell };
}

/** The file that a link leads to. */
export function fileOf({ scheme, authority, path }: Address): vscode.Uri {
  return vscode.Uri.from({ scheme, authority, path });
}

/** Opens the document of a link and finds its text there, also when it has moved. Rejects with `link-lost`. */
export async function findText(link: Link): Promise<Found> {
  const file = fileOf(link);
  const documents = await opened(file, link.cell).catch((thrown: unknown) => {
    throw lost(file, vscode.l10n.t('it cannot be opened'), thrown);
  });
  for (const document of documents) {
    const start = findFingerprint(document.getText(), link.print, link.end - link.start, link.start);
    if (start !== null) return { document, span: { start, end: start + link.end - link.start }, changed: false };
  }
  const [document] = documents;
  const text = document?.getText() ?? '';
  if (!document || text.slice(link.start, link.end).trim() === '')
    throw lost(file, vscode.l10n.t('the text is no longer there'));
  return { document, span: { start: link.start, end: Math.min(link.end, text.length) }, changed: true };
}

/** Shows a text in its editor, selected. */
export async function showText({ document, span }: Found): Promise<void> {
  const selection = rangeOf(document, span);
  const notebook = vscode.workspace.notebookDocuments.find((one) =>
    one.getCells().some((cell) => cell.document === document),
  );
  if (!notebook) {
    const shown = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
    await vscode.window.showTextDocument(document, {
      selection,
      viewColumn: shown?.viewColumn ?? vscode.ViewColumn.One,
      preview: false,
    });
    return;
  }
  const index = notebook.getCells().findIndex((cell) => cell.document === document);
  await vscode.window.showNotebookDocument(notebook, {
    selections: [new vscode.NotebookRange(index, index + 1)],
    viewColumn: vscode.ViewColumn.One,
  });
  // A cell that is shown rendered has no editor.
  const editor = vscode.window.visibleTextEditors.find((one) => one.document === document);
  if (editor) editor.selection = new vscode.Selection(selection.start, selection.end);
}

/** The documents that may hold the text, the one that the link names first. */
async function opened(file: vscode.Uri, cell: number | null): Promise<vscode.TextDocument[]> {
  if (cell === null) return [await vscode.workspace.openTextDocument(file)];
  const cells = (await vscode.workspace.openNotebookDocument(file)).getCells();
  const named = cells[cell];
  return [...(named ? [named] : []), ...cells.filter((one) => one !== named)].map(({ document }) => document);
}

function impossible(detail: string): AttentionError {
  return new AttentionError({ code: 'link-impossible', detail });
}

function lost(file: vscode.Uri, detail: string, cause?: unknown): AttentionError {
  return new AttentionError({ code: 'link-lost', file: nameOf(file), detail }, { cause });
}
