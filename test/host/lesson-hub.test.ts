import assert from 'node:assert/strict';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { TextAttentionApi } from '../../src/host/api.ts';
import { HubServer } from '../fixtures/hub-server/server.ts';
import { Answers, type Answer } from './answers.ts';
import { lensesOf, lessonWith, press } from './lesson-support.ts';
import { activeApi, extension, reset, sentence } from './support.ts';

const model = 'tiny/encoder';
const consent: Answer = { to: /^Download .* for “tiny\/encoder”\?$/, with: 'Download' };

function setHost(address: string | undefined): Thenable<void> {
  return vscode.workspace
    .getConfiguration('textAttention')
    .update('hub.host', address, vscode.ConfigurationTarget.Global);
}

describe('A lesson with a model of the hub', () => {
  let api: TextAttentionApi;
  let server: HubServer;
  let folder: string;

  before(async () => {
    api = await activeApi();
    folder = await mkdtemp(join(tmpdir(), 'text-attention-hub-'));
    const source = join(extension().extensionPath, 'test', 'fixtures', 'models', 'tiny-encoder');
    await cp(source, join(folder, model), { recursive: true });
    server = await HubServer.start(folder);
    await setHost(server.address);
  });
  after(async () => {
    const answers = new Answers(
      { to: /Models on This Machine/, with: model },
      { to: /: tiny\/encoder$/, with: 'Delete' },
      { to: /^Delete “tiny\/encoder”/, with: 'Delete' },
    );
    await vscode.commands.executeCommand('textAttention.manageModels');
    answers.dispose();
    await setHost(undefined);
    await server.stop();
    await rm(folder, { recursive: true, force: true });
    await reset();
  });

  it('asks before it downloads it, and then shows the picture; the model of the settings stays', async () => {
    const { document } = await lessonWith(['```attention', `model: ${model}`, `text: ${sentence}`, 'head: 0.1', '```']);
    const show = async (...given: readonly Answer[]): Promise<Answers> => {
      const answers = new Answers(...given);
      try {
        await press(await lensesOf(document.uri), /^\$\(cloud-download\) Show it/u);
      } finally {
        answers.dispose();
      }
      return answers;
    };
    const refused = await show({ ...consent, with: null });
    const [asked] = refused.seen(consent.to);
    assert.match(asked?.detail ?? '', /onnx\/model\.onnx/u);
    assert.equal(server.requestsFor('onnx/model.onnx').length, 0);
    assert.notEqual(api.current?.info.model.id, model);
    await show(consent);
    const { current } = api;
    assert.equal(current?.info.model.id, model);
    assert.deepEqual([current.selection.layer, current.selection.head], [0, 1]);
    assert.equal(vscode.workspace.getConfiguration('textAttention').get('model'), 'masked-lm-small');
    const again = await show();
    assert.deepEqual(again.asked, [], 'a model that is here needs no consent');
  });
});
