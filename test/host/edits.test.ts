import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TextAttentionApi } from '../../src/host/api.ts';
import { activeApi, editorOn, reset, sentence, showAttention } from './support.ts';

describe('An analysis in a document that is edited', () => {
  let api: TextAttentionApi;
  let editor: vscode.TextEditor;
  before(async () => {
    api = await activeApi();
  });
  beforeEach(async () => {
    editor = await editorOn(`First line.\n\n${sentence} Afterwards.\nLast line.`, sentence);
    await showAttention(api);
  });
  afterEach(reset);

  const found = (): string => {
    const { current } = api;
    assert.ok(current);
    return editor.document.getText().slice(current.start, current.end);
  };

  const follows = (): void => {
    assert.equal(api.current?.stale, false);
    assert.equal(found(), sentence);
  };

  it('follows edits before and after it', async () => {
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'A new first line.\n'));
    follows();
    await editor.edit((edit) => edit.delete(new vscode.Range(0, 0, 2, 0)));
    follows();
    await editor.edit((edit) => edit.insert(new vscode.Position(editor.document.lineCount - 1, 0), 'More. '));
    follows();
  });

  it('follows a change of several cursors in one event, and typing at its ends', async () => {
    await editor.edit((edit) => {
      edit.insert(new vscode.Position(0, 0), '>> ');
      edit.insert(new vscode.Position(2, 0), '>> ');
      edit.insert(new vscode.Position(2, sentence.length), '!!');
      edit.insert(new vscode.Position(3, 0), '>> ');
    });
    assert.equal(editor.document.lineAt(2).text, `>> ${sentence}!! Afterwards.`);
    follows();
  });

  it('becomes stale by one cursor of several inside, and fresh by undo', async () => {
    await editor.edit((edit) => {
      edit.insert(new vscode.Position(0, 0), '>> ');
      edit.replace(new vscode.Range(2, 4, 2, 7), 'dog');
    });
    assert.equal(api.current?.stale, true);
    await vscode.commands.executeCommand('undo');
    follows();
    await vscode.commands.executeCommand('redo');
    assert.equal(api.current?.stale, true);
  });

  it('comes back when the deletion of all of it is undone', async () => {
    await editor.edit((edit) => edit.delete(new vscode.Range(0, 3, 3, 2)));
    assert.equal(api.current?.stale, true);
    await vscode.commands.executeCommand('undo');
    follows();
  });

  it('follows a change of the line endings', async () => {
    await editor.edit((edit) => edit.setEndOfLine(vscode.EndOfLine.CRLF));
    assert.match(editor.document.getText(), /\r\n/);
    follows();
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'One\nmore.\n'));
    follows();
  });

  it('is independent of other analyses in the same document', async () => {
    editor.selection = new vscode.Selection(0, 0, 0, 11);
    const other = await showAttention(api);
    await editor.edit((edit) => edit.replace(new vscode.Range(0, 0, 0, 5), 'Second'));
    assert.deepEqual(
      api.analyses.map(({ id, stale }) => [id === other.id, stale]),
      [
        [true, true],
        [false, false],
      ],
    );
  });

  it('moves the focus with the cursor', async () => {
    const { current } = api;
    assert.ok(current);
    const changed = new Promise<void>((resolve) => {
      const subscription = api.onDidChange(() => {
        if (!api.current?.selection.token) return;
        subscription.dispose();
        resolve();
      });
    });
    const at = new vscode.Position(2, sentence.indexOf('hungry') + 2);
    editor.selection = new vscode.Selection(at, at);
    await changed;
    const { token } = api.current?.selection ?? {};
    assert.equal(token?.side, 'query');
    const focused = current.info.sequences[0]?.tokens[token.index];
    assert.ok(
      focused && focused.start <= sentence.indexOf('hungry') + 2 && sentence.indexOf('hungry') + 2 < focused.end,
    );
  });
});
