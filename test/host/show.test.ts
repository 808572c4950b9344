import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { charactersOf } from '../../src/core/text/token.ts';
import type { AnalysisView, TextAttentionApi } from '../../src/host/api.ts';
import { activeApi, editorOn, reset, sentence, showAttention } from './support.ts';

describe('Show Attention', () => {
  let api: TextAttentionApi;
  before(async () => {
    api = await activeApi();
  });
  afterEach(reset);

  it('takes the selection', async () => {
    await editorOn(`Before. ${sentence} After.`, sentence);
    const { info, start, end } = await showAttention(api);
    assert.equal(info.sequences[0]?.text, sentence);
    assert.deepEqual([start, end], [8, 8 + sentence.length]);
    assert.equal(info.model.id, 'masked-lm-small');
  });

  it('takes the sentence at the cursor when nothing is selected', async () => {
    const editor = await editorOn(`A dog slept.\n\n${sentence} It slept.\n`);
    const at = editor.document.positionAt(editor.document.getText().indexOf('hungry'));
    editor.selection = new vscode.Selection(at, at);
    const { info } = await showAttention(api);
    assert.equal(info.sequences[0]?.text, sentence);
  });

  it('opens one panel beside the editor, and shows a further text in it', async () => {
    await editorOn(`${sentence} A dog slept.`, sentence);
    await showAttention(api);
    await untilPanels(['Attention: “The cat that was hungry…”']);
    await editorOn('A dog slept.', 'A dog slept.');
    await showAttention(api);
    await untilPanels(['Attention: “A dog slept.”']);
    assert.equal(api.analyses.length, 2);
  });

  it('says so when there is no text, and disturbs nothing', async () => {
    for (const content of ['', '\n\n']) {
      await editorOn(content);
      await vscode.commands.executeCommand('textAttention.show');
      assert.equal(api.current, null);
      assert.equal(api.running, false);
      assert.deepEqual(panels(), []);
    }
  });

  it('runs again on the text as it is now', async () => {
    const editor = await editorOn(sentence, sentence);
    await showAttention(api);
    await editor.edit((edit) => edit.replace(new vscode.Range(0, 4, 0, 7), 'dog'));
    assert.equal(api.current?.stale, true);
    await vscode.commands.executeCommand('textAttention.rerun');
    assert.equal(api.current?.info.sequences[0]?.text, sentence.replace('cat', 'dog'));
    assert.equal(api.current.stale, false);
    assert.equal(api.analyses.length, 1);
  });

  it('finds every token’s characters in an LF and in a CRLF file', async () => {
    for (const eol of ['\n', '\r\n']) {
      const text = `The cat${eol}that was hungry${eol}ate the fish.`;
      const editor = await editorOn(`One line.${eol}${eol}${text}${eol}`, text);
      assert.equal(editor.document.eol, eol === '\n' ? vscode.EndOfLine.LF : vscode.EndOfLine.CRLF);
      const analysis = await showAttention(api);
      assert.equal(analysis.info.sequences[0]?.text, text);
      assertOnItsCharacters(editor.document, analysis);
      await reset();
    }
  });

  it('works in the cell of a notebook', async () => {
    const cell = new vscode.NotebookCellData(vscode.NotebookCellKind.Markup, `Before.\n\n${sentence}`, 'markdown');
    const notebook = await vscode.workspace.openNotebookDocument('jupyter-notebook', new vscode.NotebookData([cell]));
    const { document } = notebook.cellAt(0);
    const analysis = await api.analyse(document, 9, 9 + sentence.length);
    assert.ok(analysis);
    assertOnItsCharacters(document, analysis);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), 'Long before. ');
    assert.ok(await vscode.workspace.applyEdit(edit));
    assert.ok(api.current);
    assert.equal(api.current.stale, false);
    assertOnItsCharacters(document, api.current);
  });

  it('opens with the one head that stands out, and with every head where none does', async () => {
    // What was looked at last in a model is gone on from: here that is in another one, whatever ran before.
    const settings = vscode.workspace.getConfiguration('textAttention');
    await settings.update('model', 'causal-lm-small', vscode.ConfigurationTarget.Global);
    await editorOn(sentence, sentence);
    const other = await showAttention(api);
    api.select(other.id, { ...other.selection, layer: other.selection.layer === 1 ? 0 : 1 });
    await settings.update('model', undefined, vscode.ConfigurationTarget.Global);
    await reset();
    await editorOn(sentence, sentence);
    const { selection } = await showAttention(api);
    assert.equal(selection.heads.length, 1);
    assert.deepEqual([selection.head, selection.token], [selection.heads[0], null]);
    await reset();
    await editorOn('1 2 3', '1 2 3');
    const { selection: plain, info } = await showAttention(api);
    assert.deepEqual([plain.layer, plain.head, plain.heads.length], [0, null, info.maps[0]?.shape[1]]);
  });

  it('keeps the layer and heads that were looked at for the next text', async () => {
    await editorOn(sentence, sentence);
    const first = await showAttention(api);
    api.select(first.id, { ...first.selection, layer: 1, heads: [1], head: 1 });
    await editorOn('A dog slept.', 'A dog slept.');
    const { selection } = await showAttention(api);
    assert.deepEqual([selection.layer, selection.heads, selection.head, selection.token], [1, [1], 1, null]);
  });

  it('refuses a model that is not there with a clear reason, and recovers', async () => {
    const settings = vscode.workspace.getConfiguration('textAttention');
    await settings.update('model', 'no-such-model', vscode.ConfigurationTarget.Global);
    try {
      await editorOn(sentence, sentence);
      await vscode.commands.executeCommand('textAttention.show');
      assert.deepEqual(api.failure, { code: 'model-not-found', model: 'no-such-model' });
    } finally {
      await settings.update('model', undefined, vscode.ConfigurationTarget.Global);
    }
    await vscode.commands.executeCommand('textAttention.rerun');
    assert.equal(api.failure, null);
    assert.equal(api.current?.info.sequences[0]?.text, sentence);
  });
});

function panels(): string[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('textAttention.panel'))
    .map(({ label }) => label);
}

/** Tabs are told to extensions a moment after they were opened. */
function untilPanels(expected: readonly string[]): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (panels().join('\n') !== expected.join('\n')) return;
      subscription.dispose();
      resolve();
    };
    const subscription = vscode.window.tabGroups.onDidChangeTabs(look);
    look();
  });
}

function assertOnItsCharacters(document: vscode.TextDocument, { info, start }: AnalysisView): void {
  const [sequence] = info.sequences;
  assert.ok(sequence);
  const words = sequence.tokens.filter(({ special }) => !special);
  assert.ok(words.length > 5);
  for (const token of words) {
    const range = new vscode.Range(document.positionAt(start + token.start), document.positionAt(start + token.end));
    assert.equal(document.getText(range), charactersOf(sequence, token));
    assert.equal(document.getText(range).toLowerCase(), token.text.replace(/^##/u, ''));
  }
}
