import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { sentence } from './support.ts';

/** A chapter with a fence of each kind. */
export const lines = [
  '---',
  'title: A chapter',
  '---',
  '# The cat',
  'The [cat](#token=cat) and [the link](#head=4.1&token=ate&key=cat) of [4.0](#head=4.0).',
  '',
  '```attention',
  `text: ${sentence}`,
  'head: 4.1',
  'token: ate',
  'key: cat',
  'view: matrix',
  '```',
  '',
  '```question',
  'ask: Which word does head 4.1 look at most from ‘ate’?',
  `text: ${sentence}`,
  'head: 4.1',
  'token: ate',
  'answer: strongest',
  'hint: It is an animal.',
  'reason: Its weight is {weight 4.1 ate cat}.',
  '```',
  '',
  '```question',
  'ask: What is the weight of the score 2?',
  'kind: number',
  'answer: softmax 2 1 0 of 2',
  'reason: It is {softmax 2 1 0 of 2}.',
  '```',
  '',
  '```by-hand',
  'query q: 1 1',
  'key a: 1 1',
  'key b: 0 0',
  'divide: 2',
  '```',
  '',
  '```sentences',
  'head: 4.1',
  `sentence: ate > cat | ${sentence}`,
  `sentence: ate > fish | ${sentence}`,
  '```',
  '',
  '```attention',
  'text: A cat.',
  'hed: 1',
  '```',
];

/** A Markdown file in the workspace, or in a folder of it, shown. */
export async function lessonWith(text: readonly string[], under = '.'): Promise<vscode.TextEditor> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  const file = vscode.Uri.joinPath(folder.uri, under, `${randomUUID()}.md`);
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text.join('\n')));
  const document = await vscode.workspace.openTextDocument(file);
  return vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.One, preview: false });
}

/** The lines above the fences, by the line that they are over, and what they run. */
export async function lensesOf(uri: vscode.Uri): Promise<readonly vscode.CodeLens[]> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 99);
  return lenses.filter(({ command }) => command?.command.startsWith('textAttention.'));
}

/** Presses the first line above a fence whose title fits. */
export async function press(lenses: readonly vscode.CodeLens[], title: RegExp): Promise<void> {
  const lens = lenses.find(({ command }) => title.test(command?.title ?? ''));
  assert.ok(lens?.command, `${title} is among ${lenses.map(({ command }) => command?.title).join(', ')}`);
  await vscode.commands.executeCommand(lens.command.command, ...(lens.command.arguments ?? []));
}

/** Puts the cursor into a word of a line. */
export function putCursor(editor: vscode.TextEditor, line: number, word: string): void {
  const at = new vscode.Position(line, editor.document.lineAt(line).text.indexOf(word) + 1);
  editor.selection = new vscode.Selection(at, at);
}
