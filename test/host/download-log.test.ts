import assert from 'node:assert/strict';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { EngineClient } from '../../src/host/process/engine-client.ts';
import { AccessToken } from '../../src/host/models/access-token.ts';
import { Downloads } from '../../src/host/models/downloads.ts';
import { ModelStore } from '../../src/host/models/model-store.ts';
import { HubServer } from '../fixtures/hub-server/server.ts';
import { Answers, type Answer } from './answers.ts';
import { activeApi, extension } from './support.ts';

const model = 'tiny/encoder';

const consent: Answer = { to: /^Download .* for “tiny\/encoder”\?$/, with: 'Download' };

describe('The log', () => {
  let server: HubServer;
  let folder: string;
  let answers: Answers | undefined;

  before(async () => {
    await activeApi();
    folder = await mkdtemp(join(tmpdir(), 'text-attention-log-'));
    await cp(join(extension().extensionPath, 'test', 'fixtures', 'models', 'tiny-encoder'), join(folder, model), {
      recursive: true,
    });
    server = await HubServer.start(folder);
    await set('hub.host', server.address);
  });
  after(async () => {
    answers?.dispose();
    await set('hub.host', undefined);
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('of a download holds no token', async () => {
    const token = 'hub_SecretOfThisTest';
    server.pages.set(model, { gated: true, token });
    const lines: string[] = [];
    const write = (line: string): void => void lines.push(line);
    const log = { debug: write, info: write, warn: write, error: write };
    const store = join(folder, 'store-of-the-log-test');
    const engine = new EngineClient({
      file: join(extension().extensionPath, 'dist', 'engine.cjs'),
      store,
      idle: () => Infinity,
      grace: 1000,
      log,
    });
    const kept = new Map<string, string>();
    const access = new AccessToken({
      get: async (key) => kept.get(key),
      store: async (key, value) => void kept.set(key, value),
      delete: async (key) => void kept.delete(key),
    });
    try {
      answers = new Answers(
        consent,
        { to: /restricts access/, with: 'Set Access Token…' },
        { to: /Set Access Token/, with: 'hub_wrong' },
        { to: /restricts access/, with: 'Set Access Token…' },
        { to: /Set Access Token/, with: token },
      );
      const arrived = await new Downloads(new ModelStore({ engine, library: engine }, access), access, log).get({
        model,
        formats: false,
      });
      assert.equal(arrived?.model.state, 'complete');
      assert.deepEqual([...kept.values()], [token]);
      const text = JSON.stringify([lines, answers.asked, answers.progress]);
      assert.ok(lines.some((line) => line.startsWith(`${model} is here`)));
      assert.ok(!text.includes(token) && !text.includes('hub_wrong'));
    } finally {
      engine.dispose();
    }
  });
});

function set(name: string, value: unknown): Thenable<void> {
  return vscode.workspace.getConfiguration('textAttention').update(name, value, vscode.ConfigurationTarget.Global);
}
