import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { TextAttentionApi } from '../../src/host/api.ts';

export const sentence = 'The cat that was hungry ate the fish.';

/** The extension under test. */
export function extension(): vscode.Extension<TextAttentionApi> {
  const found = vscode.extensions.getExtension<TextAttentionApi>('text-attention.text-attention');
  assert.ok(found, 'the extension is installed');
  return found;
}

/** Its API, once it is active. */
export function activeApi(): Promise<TextAttentionApi> {
  return Promise.resolve(extension().activate());
}

/**
 * Waits until something holds, looking each time the extension says that anything changed; mocha's own limit ends the
 * wait.
 */
export function until(api: TextAttentionApi, holds: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const subscription = api.onDidChange(look);
    function look(): void {
      if (!holds()) return;
      subscription.dispose();
      resolve();
    }
    look();
  });
}

/** Opens a file of its own in the workspace and selects a part of it; nothing selected puts the cursor at its start. */
export async function editorOn(content: string, selected = '', ending = 'txt'): Promise<vscode.TextEditor> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  const file = vscode.Uri.joinPath(folder.uri, `${randomUUID()}.${ending}`);
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(content));
  const document = await vscode.workspace.openTextDocument(file);
  const editor = await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.One, preview: false });
  const start = document.getText().indexOf(selected);
  assert.ok(start >= 0, `“${selected}” is in the document`);
  editor.selection = new vscode.Selection(document.positionAt(start), document.positionAt(start + selected.length));
  return editor;
}

/** Runs Show Attention as the palette does, and gives the analysis that came of it. */
export async function showAttention(api: TextAttentionApi): Promise<NonNullable<TextAttentionApi['current']>> {
  await vscode.commands.executeCommand('textAttention.show');
  assert.equal(api.failure, null, `no failure, but ${JSON.stringify(api.failure)}`);
  assert.ok(api.current, 'there is an analysis');
  return api.current;
}

/** Closes every editor and forgets every analysis. */
export async function reset(): Promise<void> {
  await vscode.commands.executeCommand('textAttention.clear');
  await Promise.all(
    vscode.workspace.textDocuments
      .filter(({ isDirty, uri }) => isDirty && uri.scheme !== 'untitled')
      .map((document) => document.save()),
  );
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** The text that the extension's hover shows at an offset, and the characters it is over; null when it shows none. */
export async function hoverAt(
  document: vscode.TextDocument,
  offset: number,
): Promise<{ text: string; over: string } | null> {
  const hover = await rawHover(document.uri, document.positionAt(offset));
  return hover && { text: hover.text, over: hover.range ? document.getText(hover.range) : '' };
}

/** The text and the range of the extension's hover at a position; null when it shows none. */
export async function rawHover(
  uri: vscode.Uri,
  position: vscode.Position,
): Promise<{ text: string; range: vscode.Range | undefined } | null> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', uri, position);
  const [hover] = hovers.filter(({ contents }) =>
    contents.some((content) => textOf(content).includes('textAttention.') || textOf(content).includes('Not analysed')),
  );
  return hover ? { text: hover.contents.map(textOf).join('\n'), range: hover.range } : null;
}

function textOf(content: vscode.MarkdownString | vscode.MarkedString): string {
  return typeof content === 'string' ? content : content.value;
}

/** The rows of one side of a hover, as a person reads them: word and number. */
export function rowsOf(text: string, title: 'looks at' | 'is looked at by'): [word: string, weight: string][] {
  const rows = [...text.matchAll(/<tr>(.*?)<\/tr>/gu)].map(([, row = '']) => row.split('<td>&#8195;</td>'));
  const side = (rows[0] ?? []).findIndex((head) => head.includes(`>${title}<`));
  return rows.slice(1).flatMap((row) => {
    const [, word, weight] = /<code>(.*?)<\/code>.*>((?:&#\d+;)?[\d.]+)<\/td>/u.exec(row[side] ?? '') ?? [];
    return word === undefined || weight === undefined ? [] : [[plain(word), plain(weight)]];
  });
}

/** Text whose characters are written as character references. */
export function plain(html: string): string {
  return html.replace(/&#(\d+);/gu, (_, code: string) => String.fromCodePoint(Number(code)));
}
