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

  it('opens an example of what a head does in an editor, and shows it at that head and word', async () => {
    const example = {
      text: 'Nobody saw the old horse again.',
      query: { start: 7, end: 10 },
      key: { start: 0, end: 6 },
      weight: 0.9,
    };
    await vscode.commands.executeCommand('textAttention.openExample', { map: 0, layer: 1, head: 2, example });
    const opened = api.current ?? assert.fail();
    assert.equal(opened.info.sequences[0]?.text, example.text);
    assert.equal(vscode.window.activeTextEditor?.document.getText(), `${example.text}\n`);
    const { token, ...selection } = opened.selection;
    assert.deepEqual(selection, { map: 0, layer: 1, heads: [2], head: 2 });
    const looking = opened.info.sequences[0].tokens[token?.index ?? -1];
    assert.deepEqual([token?.side, looking?.start, looking?.end], ['query', 7, 10]);
    const second = { ...example, pair: 'She left.', query: { start: 4, end: 8, inPair: true } };
    await vscode.commands.executeCommand('textAttention.openExample', { map: 0, layer: 1, head: 2, example: second });
    const { info, selection: there } = api.current ?? assert.fail();
    assert.equal(info.sequences[0]?.pair, second.pair);
    assert.deepEqual([info.sequences[0].tokens[there.token?.index ?? -1]?.segment], [1]);
    const before = api.current?.id;
    for (const value of [null, {}, { map: 0, layer: 1, head: 2, example: { ...example, text: 7 } }])
      await vscode.commands.executeCommand('textAttention.openExample', value);
    assert.equal(api.current?.id, before);
  });
});
