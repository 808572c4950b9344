import * as vscode from 'vscode';
import { opening } from './commands.ts';
import { registerChatLenses } from './editor/chat-lenses.ts';
import type { Panel } from './panel/panel.ts';
import type { ShowAttention } from './analysis/show-attention.ts';
import { registerTable } from './window/register.ts';

/** What the commands of chats work on. */
export interface ChatServices {
  readonly extension: vscode.Uri;
  readonly show: ShowAttention;
  readonly panel: Panel;
}

/** Registers the commands of chats, and the lines above them. */
export function registerChats(services: ChatServices): vscode.Disposable {
  const { extension, show } = services;
  const table: Readonly<Record<string, (...values: unknown[]) => unknown>> = {
    'textAttention.showChat': (uri) => opening(services, show.onChat(documentOf(uri))),
    'textAttention.continueChat': async (uri) => {
      const document = documentOf(uri);
      if (!document) return;
      const shown = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
      const end = document.positionAt(document.getText().length);
      await vscode.window.showTextDocument(document, {
        viewColumn: shown?.viewColumn ?? vscode.ViewColumn.One,
        selection: new vscode.Range(end, end),
      });
      await vscode.commands.executeCommand('textAttention.continueText');
    },
    'textAttention.openChat': () => openSample(extension),
  };
  return vscode.Disposable.from(registerChatLenses(), registerTable(table));
}

/** A document by its address, where it is open; without one, that of the active editor. */
function documentOf(uri: unknown): vscode.TextDocument | undefined {
  if (typeof uri !== 'string') return vscode.window.activeTextEditor?.document;
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri);
}

/** Opens a chat to try, as a document of the person's own that nothing has saved yet. */
async function openSample(extension: vscode.Uri): Promise<void> {
  const file = vscode.Uri.joinPath(extension, 'samples', 'chat.md');
  const content = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.One, preview: false });
}
