import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TextAttentionApi } from '../../src/host/api.ts';
import { activeApi, editorOn, hoverAt, reset, sentence, showAttention } from './support.ts';

describe('The side panel', () => {
  let api: TextAttentionApi;
  before(async () => {
    api = await activeApi();
  });
  afterEach(reset);

  it('changes selection and hover together when a head, then a layer, is chosen', async () => {
    const editor = await editorOn(sentence, sentence);
    const { info } = await showAttention(api);
    await vscode.commands.executeCommand('textAttention.focusHead', 0, 1, 2);
    assert.deepEqual(api.current?.selection, { map: 0, layer: 1, heads: [2], head: 2, token: null });
    assert.match((await hoverAt(editor.document, 4))?.text ?? '', /layer 1, head 2/);
    await vscode.commands.executeCommand('textAttention.focusLayer', 0, 0);
    const heads = info.maps[0]?.shape[1];
    assert.ok(heads);
    assert.equal(api.current.selection.layer, 0);
    assert.equal(api.current.selection.heads.length, heads);
    assert.match((await hoverAt(editor.document, 4))?.text ?? '', new RegExp(`layer 0, mean of ${heads} heads`));
  });

  it('ignores what is no head of the analysis', async () => {
    await editorOn(sentence, sentence);
    const { selection } = await showAttention(api);
    for (const values of [[0, -1, 0], ['0', 0, 0], [0, 0, 1.5], []]) {
      await vscode.commands.executeCommand('textAttention.focusHead', ...values);
      assert.deepEqual(api.current?.selection, selection);
    }
  });

  it('goes back to an earlier analysis', async () => {
    await editorOn(sentence, sentence);
    const first = await showAttention(api);
    await editorOn('A dog slept.', 'A dog slept.');
    await showAttention(api);
    await vscode.commands.executeCommand('textAttention.showAnalysis', first.id, 2);
    assert.equal(api.current?.id, first.id);
    assert.deepEqual(api.current.selection.token, { side: 'query', index: 2 });
  });
});
