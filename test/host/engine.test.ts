import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { TextAttentionApi } from '../../src/host/api.ts';
import { EngineClient } from '../../src/host/process/engine-client.ts';
import { activeApi, editorOn, extension, hoverAt, reset, rowsOf, sentence, showAttention } from './support.ts';

describe('The model process', () => {
  let api: TextAttentionApi;
  before(async () => {
    api = await activeApi();
  });
  afterEach(reset);

  it('killed in the middle of a run gives a clear reason, and the next run works', async () => {
    await editorOn(sentence, sentence);
    await showAttention(api);
    const first = api.enginePid;
    assert.ok(first);
    const text = `${sentence} `.repeat(3).trim();
    const editor = await editorOn(text, text);
    // Held before it hears of the run, so that it cannot have answered when it is killed. Windows knows no way to hold
    // a process.
    if (process.platform !== 'win32') process.kill(first, 'SIGSTOP');
    const run = api.analyse(editor.document, 0, text.length);
    assert.ok(api.running);
    process.kill(first, 'SIGKILL');
    assert.equal(await run, null);
    assert.equal(api.failure?.code, 'engine-died');
    assert.match(api.failure.detail, /killed.*SIGKILL/);
    assert.equal(api.current?.info.sequences[0]?.text, sentence, 'the analysis before it is still shown');
    await vscode.commands.executeCommand('textAttention.rerun');
    assert.equal(api.failure, null);
    assert.equal(api.current.info.sequences[0]?.text, text);
    assert.ok(api.enginePid && api.enginePid !== first);
  });

  it('killed between runs is replaced unasked: an old analysis still has its numbers', async () => {
    const editor = await editorOn(sentence, sentence);
    const { id, selection } = await showAttention(api);
    const before = await hoverAt(editor.document, 4);
    const pid = api.enginePid;
    assert.ok(pid);
    process.kill(pid, 'SIGKILL');
    // A layer that no hover here has asked for: what is kept on this side cannot answer, a process has to.
    const layer = selection.layer === 0 ? 1 : 0;
    api.select(id, { ...selection, layer, heads: [1], head: 1 });
    assert.ok(rowsOf((await hoverAt(editor.document, 4))?.text ?? '', 'looks at').length > 0);
    api.select(id, selection);
    assert.deepEqual(await hoverAt(editor.document, 4), before);
    assert.notEqual(api.enginePid, pid);
  });

  it('lets a run be cancelled, and runs the next', async () => {
    const editor = await editorOn(sentence, sentence);
    const run = api.analyse(editor.document, 0, sentence.length);
    assert.ok(api.running);
    await vscode.commands.executeCommand('textAttention.cancel');
    assert.equal(await run, null);
    assert.equal(api.running, false);
    assert.deepEqual(api.failure, { code: 'cancelled' });
    await showAttention(api);
  });

  it('runs the latest of two runs that were asked for at once', async () => {
    const editor = await editorOn(`${sentence}\n\nA dog slept.`);
    const { document } = editor;
    const [first, second] = await Promise.all([
      api.analyse(document, 0, sentence.length),
      api.analyse(document, sentence.length + 2, document.getText().length),
    ]);
    assert.equal(first, null);
    assert.equal(second?.info.sequences[0]?.text, 'A dog slept.');
    assert.equal(api.failure, null);
  });

  it('is gone when its client is disposed of, in the middle of a run too', async () => {
    const ended: string[] = [];
    const log = {
      debug: (): void => {},
      info: (line: string): void => void ended.push(line),
      warn: (): void => {},
      error: (): void => {},
    };
    const client = new EngineClient({
      file: join(extension().extensionPath, 'dist', 'engine.cjs'),
      idle: () => Infinity,
      grace: 1000,
      log,
    });
    const run = client.ask('analyse', { analysis: 'a', model: 'masked-lm-small', text: sentence });
    const { pid } = client;
    assert.ok(pid);
    client.dispose();
    await assert.rejects(run);
    while (alive(pid)) await new Promise((resolve) => setImmediate(resolve));
  });
});

function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
