import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TextAttentionApi } from '../../src/host/api.ts';
import { activeApi, editorOn, hoverAt, reset, rowsOf, showAttention, until } from './support.ts';

const text = 'The black cat sees the small dog .';

describe('A recurrent network', () => {
  let api: TextAttentionApi;
  const settings = vscode.workspace.getConfiguration('textAttention');

  before(async () => {
    api = await activeApi();
    await settings.update('model', 'recurrent-general', vscode.ConfigurationTarget.Global);
  });
  after(() => settings.update('model', undefined, vscode.ConfigurationTarget.Global));
  afterEach(reset);

  it('opens with its one map, whose keys are the words in the editor', async () => {
    await editorOn(`Once. ${text}`, text);
    const { info, selection } = await showAttention(api);
    assert.equal(info.model.family, 'recurrent');
    assert.deepEqual(
      info.maps.map(({ name, kind, queries, keys }) => [name, kind, queries, keys]),
      [['cross', 'cross', 1, 0]],
    );
    assert.equal(info.sequences[0]?.text, text);
    assert.deepEqual([selection.layer, selection.head], [0, 0]);
  });

  it('tells over a word which words of the target look at it, and nothing of what it looks at', async () => {
    const editor = await editorOn(`Once. ${text}`, text);
    const { start } = await showAttention(api);
    const hover = await hoverAt(editor.document, start + text.indexOf('black'));
    assert.equal(hover?.over, 'black');
    assert.equal(rowsOf(hover.text, 'is looked at by')[0]?.[0], 'gato ▸ negro');
    assert.ok(!hover.text.includes('>looks at<'));
    assert.match(hover.text, /layer 0, head 0/);
  });

  it('takes the cursor for the word that is looked at', async () => {
    const editor = await editorOn(text, text);
    await showAttention(api);
    const at = editor.document.positionAt(text.indexOf('dog') + 1);
    editor.selection = new vscode.Selection(at, at);
    await until(api, () => api.current?.selection.token !== null);
    assert.deepEqual(api.current?.selection.token, { side: 'key', index: 6 });
  });
});
