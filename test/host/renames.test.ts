import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { TextAttentionApi } from '../../src/host/api.ts';
import { activeApi, editorOn, hoverAt, reset, sentence, showAttention, until } from './support.ts';

describe('An analysis in a document that is renamed or moved', () => {
  let api: TextAttentionApi;
  before(async () => {
    api = await activeApi();
  });
  afterEach(reset);

  const rename = async (from: vscode.Uri, to: vscode.Uri): Promise<void> => {
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(from, to);
    assert.ok(await vscode.workspace.applyEdit(edit), `${from.path} is renamed`);
  };

  /**
   * The analysis stands on its sentence in the document of that name, is told by its hover there, and follows its
   * edits.
   */
  const livesIn = async (uri: vscode.Uri): Promise<void> => {
    const document = await vscode.workspace.openTextDocument(uri);
    await until(api, () => api.current?.uri.toString() === uri.toString() && !api.current.stale);
    const found = (): string => document.getText().slice(api.current?.start, api.current?.end);
    assert.equal(api.current?.stale, false);
    assert.equal(found(), sentence);
    assert.equal((await hoverAt(document, document.getText().indexOf('hungry') + 1))?.over, 'hungry');
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, new vscode.Position(0, 0), 'Before it. ');
    assert.ok(await vscode.workspace.applyEdit(edit));
    assert.equal(api.current.stale, false);
    assert.equal(found(), sentence);
  };

  it('follows the file to its new name, and back', async () => {
    const { document } = await editorOn(`Once.\n${sentence}`, sentence);
    await showAttention(api);
    const to = vscode.Uri.joinPath(document.uri, '..', `${randomUUID()}.md`);
    await rename(document.uri, to);
    await livesIn(to);
    await rename(to, document.uri);
    await livesIn(document.uri);
  });

  it('follows the folder that the file is in, and a file with changes that are not saved', async () => {
    const { document } = await editorOn(`Once.\n${sentence}`, sentence);
    const inside = vscode.Uri.joinPath(document.uri, '..', randomUUID(), 'text.txt');
    await rename(document.uri, inside);
    const editor = await vscode.window.showTextDocument(inside);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'Not saved. '));
    const start = editor.document.getText().indexOf(sentence);
    editor.selection = new vscode.Selection(
      editor.document.positionAt(start),
      editor.document.positionAt(start + sentence.length),
    );
    await showAttention(api);
    const folder = vscode.Uri.joinPath(inside, '..');
    const elsewhere = vscode.Uri.joinPath(folder, '..', randomUUID());
    await rename(folder, elsewhere);
    await livesIn(vscode.Uri.joinPath(elsewhere, 'text.txt'));
  });

  it('follows a notebook’s cell that is moved, edited, or whose notebook is renamed', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const cells = ['First cell.', `Before.\n\n${sentence}`].map((source) => ({
      cell_type: 'markdown',
      metadata: {},
      source,
    }));
    const file = vscode.Uri.joinPath(folder.uri, `${randomUUID()}.ipynb`);
    await vscode.workspace.fs.writeFile(
      file,
      new TextEncoder().encode(JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 })),
    );
    const notebook = await vscode.workspace.openNotebookDocument(file);
    const editor = await vscode.window.showNotebookDocument(notebook);
    const { document } = notebook.cellAt(1);
    assert.ok(await api.analyse(document, 9, 9 + sentence.length));

    editor.selection = new vscode.NotebookRange(1, 2);
    await vscode.commands.executeCommand('notebook.cell.moveUp');
    assert.match(notebook.cellAt(0).document.getText(), /hungry/u);
    await livesIn(notebook.cellAt(0).document.uri);

    await notebook.save();
    const to = vscode.Uri.joinPath(folder.uri, `${randomUUID()}.ipynb`);
    await rename(file, to);
    const renamed = await vscode.workspace.openNotebookDocument(to);
    const moved = renamed.getCells().find((cell) => cell.document.getText().includes(sentence));
    assert.ok(moved);
    await livesIn(moved.document.uri);
  });
});
