import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { TextAttentionApi } from '../../src/host/api.ts';
import { activeApi, editorOn, reset, sentence, showAttention } from './support.ts';

/** What is shown as a file, by the command that the panel's menu runs. */
async function exported(format: string): Promise<string> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  const file = vscode.Uri.joinPath(folder.uri, `${randomUUID()}.${format}`);
  await vscode.commands.executeCommand('textAttention.export', format, file);
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
}

describe('Comparing', () => {
  let api: TextAttentionApi;

  before(async () => {
    api = await activeApi();
  });
  afterEach(reset);

  it('puts another model and another text beside the run, two at most; a link brings the models back, no text', async () => {
    await editorOn(`${sentence} Once more.`, sentence);
    await showAttention(api);
    await vscode.commands.executeCommand('textAttention.compareModel', 'causal-lm-small');
    assert.equal(api.view?.view, 'compare');
    assert.deepEqual(api.view.compare, [{ model: 'causal-lm-small' }]);
    await vscode.commands.executeCommand('textAttention.compareModel', 'masked-lm-small');
    assert.deepEqual(api.view.compare, [{ model: 'causal-lm-small' }], 'no run stands beside itself');
    const { link } = api;
    const [head = '', first = ''] = (await exported('csv-difference')).split('\r\n');
    assert.match(
      head,
      /^query,query_token,key,key_token,masked-lm-small,causal-lm-small,causal-lm-small - masked-lm-small$/,
    );
    assert.match(first, /^\d+,The,\d+,The,/);
    const other = 'The dog that was hungry ate the fish.';
    await vscode.commands.executeCommand('textAttention.compareText', other);
    await vscode.commands.executeCommand('textAttention.compareText', 'Another one.');
    assert.deepEqual(api.view.compare, [{ text: other }, { text: 'Another one.' }]);
    const svg = await exported('svg');
    assert.match(svg, /The dog that was hungry/);
    assert.match(svg, /No difference map, the words differ/);
    assert.ok(!api.link.includes('dog'), 'a link holds no text');
    await vscode.commands.executeCommand('textAttention.clear');
    await api.openLink(vscode.Uri.parse(link, true));
    assert.deepEqual(api.view.compare, [{ model: 'causal-lm-small' }]);
  });

  it('of Bahdanau, Luong and a Transformer shows how far each is from the known alignment', async () => {
    await vscode.commands.executeCommand('textAttention.compareKinds');
    assert.equal(api.current?.info.model.id, 'recurrent-bahdanau');
    assert.deepEqual(api.view?.compare, [{ model: 'recurrent-general' }, { model: 'translation-small' }]);
    const { runs } = JSON.parse(await exported('json-difference')) as {
      runs: { model: string; heads: string; difference?: unknown; alignment?: { errorRate: number; words: number } }[];
    };
    assert.deepEqual(
      runs.map(({ model, alignment }) => [model, alignment?.words]),
      [
        ['recurrent-bahdanau', 8],
        ['recurrent-general', 8],
        ['translation-small', 8],
      ],
    );
    assert.equal(runs[2]?.heads, 'layer 1, head 3');
    for (const { alignment } of runs) assert.ok(alignment && alignment.errorRate >= 0 && alignment.errorRate < 0.5);
    assert.ok(runs[1]?.difference && runs[2].difference);
  });

  it('says that there is nothing to compare with before anything is shown', async () => {
    const before = api.view;
    await vscode.commands.executeCommand('textAttention.compareModel', 'causal-lm-small');
    assert.equal(api.view, before);
  });
});
