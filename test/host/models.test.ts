import assert from 'node:assert/strict';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { TextAttentionApi } from '../../src/host/api.ts';
import { builtIns } from '../../src/core/catalogue/built-in.ts';
import { HubServer } from '../fixtures/hub-server/server.ts';
import { Answers, type Answer } from './answers.ts';
import { activeApi, editorOn, extension, reset, sentence, showAttention } from './support.ts';

const model = 'tiny/encoder';
const graph = 'onnx/model.onnx';
const consent: Answer = { to: /^Download .* for “tiny\/encoder”\?$/, with: 'Download' };
const picking: Answer = { to: /Choose Model/, with: model, typing: model };
const deleting = (name = model): Answer[] => [
  { to: /Models on This Machine/, with: name },
  { to: new RegExp(`: ${name}$`), with: 'Delete' },
  { to: new RegExp(`^Delete “${name}”`), with: 'Delete' },
];

describe('Models of the hub', () => {
  let api: TextAttentionApi;
  let server: HubServer;
  let folder: string;
  let answers: Answers;

  const answer = (...given: readonly Answer[]): Answers => {
    answers.dispose();
    answers = new Answers(...given);
    return answers;
  };
  const choose = async (...given: readonly Answer[]): Promise<Answers> => {
    const used = answer(...given);
    await vscode.commands.executeCommand('textAttention.chooseModel');
    return used;
  };

  before(async () => {
    api = await activeApi();
    folder = await mkdtemp(join(tmpdir(), 'text-attention-hub-'));
    const source = join(extension().extensionPath, 'test', 'fixtures', 'models', 'tiny-encoder');
    await cp(source, join(folder, model), { recursive: true });
    await cp(source, join(folder, 'tiny/formats'), { recursive: true });
    await cp(join(source, graph), join(folder, 'tiny/formats', 'onnx/model_quantized.onnx'));
    server = await HubServer.start(folder);
    await set('hub.host', server.address);
  });
  beforeEach(() => {
    answers = new Answers();
  });
  afterEach(async () => {
    server.faults = [];
    server.pages.clear();
    answer(...deleting(), ...deleting('tiny/formats'));
    await vscode.commands.executeCommand('textAttention.manageModels');
    answers.dispose();
    for (const name of ['model', 'dtype', 'hub.offline']) await set(name, undefined);
    server.seen.length = 0;
    await reset();
  });
  after(async () => {
    await set('hub.host', undefined);
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('are typed by name, agreed to, downloaded, and show the text again', async () => {
    server.pages.set(model, { licence: 'apache-2.0' });
    await editorOn(sentence, sentence);
    await showAttention(api);
    const { asked } = await choose(picking, consent);
    assert.equal(api.failure, null);
    assert.equal(api.current?.info.model.id, model);
    assert.equal(api.current.info.sequences[0]?.text, sentence);
    const { text, detail, offered } =
      asked.find((one) => consent.to.test(one.text)) ?? assert.fail('consent was asked for');
    assert.match(text, /12 kB/);
    for (const part of [server.address.replace('http://', ''), 'onnx/model.onnx (9 kB)', 'apache-2.0', 'fp32'])
      assert.ok(detail.includes(part), `${part} in ${detail}`);
    assert.deepEqual(offered, ['Download']);
  });

  it('chosen while a text is run read that text, and not the one before', async () => {
    await editorOn('A dog slept.', 'A dog slept.');
    await showAttention(api);
    await editorOn(sentence, sentence);
    const running = vscode.commands.executeCommand('textAttention.show');
    assert.equal(api.running, true);
    await choose({ to: /Choose Model/, with: 'causal-lm-small' });
    await running;
    assert.equal(api.failure, null);
    assert.equal(api.current?.info.model.id, 'causal-lm-small');
    assert.equal(api.current.info.sequences[0]?.text, sentence);
  });

  it('offers no row before all are known, so that Enter cannot take another', async () => {
    const { asked } = await choose({ to: /Choose Model/, with: null });
    assert.deepEqual(
      asked.map(({ offered }) => offered),
      [[]],
    );
    const shown: (readonly string[])[] = [];
    const picked = await choose({
      to: /Choose Model/,
      with: 'causal-lm-small',
      typing: 'causal',
      rows: (labels) => shown.push(labels),
    });
    assert.equal(picked.asked.length, 1);
    assert.equal(shown.length, 1, 'the rows came once');
    for (const id of Object.keys(builtIns)) assert.ok(shown[0]?.includes(`$(package) ${id}`), id);
    assert.equal(vscode.workspace.getConfiguration('textAttention').get('model'), 'causal-lm-small');
  });

  it('that ship are tried on an example sentence with one click', async () => {
    await choose({ to: /Choose Model/, with: 'recurrent-local-p', press: 'Try an example sentence' });
    assert.equal(api.failure, null);
    assert.equal(api.current?.info.model.id, 'recurrent-local-p');
    assert.equal(api.current.info.sequences[0]?.text, builtIns['recurrent-local-p']?.examples[0]);
    assert.equal(vscode.window.activeTextEditor?.document.isDirty, false, 'nothing asks to be saved');
  });

  it('are not fetched without consent', async () => {
    const { asked } = await choose(picking, { ...consent, with: null });
    assert.ok(asked.some(({ text }) => consent.to.test(text)));
    assert.equal(server.requestsFor(graph).length, 0);
    assert.equal(vscode.workspace.getConfiguration('textAttention').get('model'), 'masked-lm-small');
  });

  it('go on where a cancelled download stopped', async () => {
    server.faults = [{ path: /model\.onnx$/, fault: { kind: 'stall', after: 4000 }, times: 1 }];
    const used = answer(picking, consent, { to: /was cancelled\. The part on this machine is kept/, with: 'Continue' });
    used.onProgress = once(hasPart, (cancel) => cancel());
    await vscode.commands.executeCommand('textAttention.chooseModel');
    assert.equal(used.seen(/was cancelled/).length, 1);
    assertResumed();
    await editorOn(sentence, sentence);
    assert.equal((await showAttention(api)).info.model.id, model);
  });

  it('tell before the consent what has arrived of them', async () => {
    server.faults = [{ path: /model\.onnx$/, fault: { kind: 'stall', after: 4000 }, times: 1 }];
    const used = answer(picking, consent);
    used.onProgress = once(hasPart, (cancel) => cancel());
    await vscode.commands.executeCommand('textAttention.chooseModel');
    const again = await choose({ ...picking, with: `$(debug-pause) ${model}` }, consent);
    assert.match(again.seen(consent.to)[0]?.detail ?? '', /continues after \d+ kB/);
    assertResumed();
  });

  it('survive the death of the process that downloads them', async () => {
    server.faults = [{ path: /model\.onnx$/, fault: { kind: 'stall', after: 4000 }, times: 1 }];
    const used = answer(picking, consent, {
      to: /download of onnx\/model\.onnx of “tiny\/encoder” was interrupted/,
      with: 'Retry',
    });
    let killed: number | undefined;
    used.onProgress = once(hasPart, () => {
      killed = api.libraryPid;
      if (killed !== undefined) process.kill(killed, 'SIGKILL');
    });
    await vscode.commands.executeCommand('textAttention.chooseModel');
    assert.ok(killed, 'it was killed in the middle');
    assert.equal(used.seen(/was interrupted/).length, 1);
    assertResumed();
    await editorOn(sentence, sentence);
    assert.equal((await showAttention(api)).info.model.id, model);
  });

  it('behind terms ask for a token, which stays in the secret storage', async () => {
    const token = 'hub_SecretOfThisTest';
    server.pages.set(model, { gated: true, token });
    await editorOn(sentence, sentence);
    const used = await choose(
      picking,
      consent,
      { to: /restricts access to “tiny\/encoder”/, with: 'Set Access Token…' },
      { to: /Set Access Token/, with: token },
    );
    assert.match(used.seen(consent.to)[0]?.detail ?? '', /needs an access token/);
    assert.equal((await showAttention(api)).info.model.id, model);
    const settings = JSON.stringify(vscode.workspace.getConfiguration('textAttention'));
    assert.ok(settings.includes(server.address) && !settings.includes(token));
    assert.ok(!JSON.stringify([used.asked, used.progress]).includes(token));
    answer(...deleting());
    await vscode.commands.executeCommand('textAttention.manageModels');
    answer();
    await vscode.commands.executeCommand('textAttention.removeToken');
    assert.equal(answers.seen(/was removed/).length, 1);
    const without = await choose(picking, consent);
    assert.equal(without.seen(/restricts access/).length, 1);
  });

  it('are not looked up when working offline', async () => {
    await set('hub.offline', true);
    const used = await choose(picking);
    assert.deepEqual(used.seen(/offline mode is on/)[0]?.offered, ['Open Settings']);
    assert.equal(server.seen.length, 0);
  });

  it('can be downloaded from the failure of a run', async () => {
    await set('model', model);
    await editorOn(sentence, sentence);
    await vscode.commands.executeCommand('textAttention.show');
    assert.deepEqual(api.failure, { code: 'model-not-downloaded', model });
    assert.deepEqual(answers.seen(/has not been downloaded/)[0]?.offered, ['Download…']);
    answer(consent);
    await vscode.commands.executeCommand('textAttention.downloadModel', model);
    assert.equal(api.failure, null);
    assert.equal(api.current?.info.model.id, model);
  });

  it('come in the number format that the person chooses', async () => {
    const formats = 'tiny/formats';
    const ask: Answer = { to: /for “tiny\/formats”/, with: 'Download' };
    const used = await choose(
      { ...picking, with: formats, typing: formats },
      { ...ask, with: 'Other Formats…' },
      { to: /Number Format of/, with: 'q8' },
      ask,
    );
    assert.match(used.seen(ask.to)[1]?.detail ?? '', /^Number format: q8$/m);
    assert.equal(server.requestsFor('onnx/model_quantized.onnx').length, 1);
    assert.equal(server.requestsFor(graph).length, 0);
    assert.equal(vscode.workspace.getConfiguration('textAttention').get('dtype'), 'q8');
    await editorOn(sentence, sentence);
    assert.equal((await showAttention(api)).info.model.id, formats);
  });

  it('are deleted from the picker after a question, and can be verified', async () => {
    await choose(picking, consent);
    const managed = answer(
      { to: /Models on This Machine/, with: model },
      { to: /: tiny\/encoder$/, with: 'Verify' },
      { to: /Models on This Machine/, with: null },
    );
    await vscode.commands.executeCommand('textAttention.manageModels');
    assert.equal(managed.seen(/All files of “tiny\/encoder” verified/).length, 1);
    const trash: Answer = { to: /Choose Model/, with: `$(server-process) ${model}`, press: 'Delete from this machine' };
    const { asked } = await choose(trash, { to: /^Delete “tiny\/encoder”/, with: 'Delete' });
    assert.match(asked.find(({ text }) => text.startsWith('Delete'))?.detail ?? '', /^This frees 1\d kB in /);
    answer();
    await vscode.commands.executeCommand('textAttention.manageModels');
    assert.equal(
      answers
        .seen(/No models have been downloaded|Models on This Machine/)
        .filter(({ offered }) => offered.some((row) => row.includes(model))).length,
      0,
    );
  });

  it('are refused with a way to the settings when they take more memory than they may', async () => {
    await set('memory', 0.000_001);
    try {
      await editorOn(sentence, sentence);
      await vscode.commands.executeCommand('textAttention.show');
      assert.equal(api.failure?.code, 'memory-too-small');
      assert.deepEqual(answers.seen(/needs .* of memory; .* is available/)[0]?.offered, ['Open Settings']);
    } finally {
      await set('memory', undefined);
    }
    await vscode.commands.executeCommand('textAttention.rerun');
    assert.equal(api.failure, null);
  });

  /** The second request for the weights went on where the first had stopped. */
  function assertResumed(): void {
    const [first, second] = server.requestsFor(graph);
    assert.equal(first?.range, null);
    assert.match(second?.range ?? '', /^bytes=[1-9]\d*-$/);
  }
});

function set(name: string, value: unknown): Thenable<void> {
  return vscode.workspace.getConfiguration('textAttention').update(name, value, vscode.ConfigurationTarget.Global);
}

/** Acts on the first step of a progress that fits, and on no other. */
function once(fits: (message: string) => boolean, act: (cancel: () => void) => void): Answers['onProgress'] {
  let done = false;
  return (message, cancel) => {
    if (done || !fits(message)) return;
    done = true;
    act(cancel);
  };
}

/** Whether a part of the weights, beyond the small files, has arrived. */
function hasPart(message: string): boolean {
  return /^[5-8] kB of 1\d kB/.test(message);
}
