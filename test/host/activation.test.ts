import assert from 'node:assert/strict';
import fs, { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { activate } from '../../src/extension.ts';
import { extension } from './support.ts';

/** The name of this file makes it run first: nothing has activated the extension before. */
describe('Activation', () => {
  it('loads no model runtime, starts no process and waits for no file', () => {
    const found = extension();
    assert.equal(found.isActive, false, 'the extension is activated by its first use, not by the window');
    assert.deepEqual(activateOnce(found), []);
    const loaded = Object.keys(require.cache).filter((file) => /onnxruntime|transformers|engine\.cjs/.test(file));
    assert.deepEqual(loaded, []);
    if (existsSync('/proc/self/maps')) assert.doesNotMatch(readFileSync('/proc/self/maps', 'utf8'), /onnxruntime/);
  });

  it('bundles no model runtime', () => {
    const bundle = readFileSync(join(extension().extensionPath, 'dist', 'extension.cjs'), 'utf8');
    assert.doesNotMatch(bundle, /require\("(onnxruntime-node|@huggingface\/transformers)"\)/);
    assert.ok(bundle.length < 1_000_000, `${bundle.length} bytes`);
  });

  it('locks the group of the panel, as VS Code does those of other editors that stay beside a text', () => {
    const locked = vscode.workspace
      .getConfiguration('workbench.editor')
      .inspect<Record<string, boolean>>('autoLockGroups');
    // VS Code registers its own defaults after those of extensions, which then stand in place of them.
    for (const name of [
      'mainThreadWebview-textAttention.panel',
      'terminalEditor',
      'mainThreadWebview-simpleBrowser.view',
    ])
      assert.equal(locked?.defaultValue?.[name], true, name);
  });
});

/** Names of the blocking calls of node:fs that activate makes: what people wait for in it is work, and files are read later. */
function activateOnce(found: vscode.Extension<unknown>): string[] {
  const file = join(found.extensionPath, 'dist', 'extension.cjs');
  const context = contextOf(found);
  Reflect.deleteProperty(require.cache, require.resolve(file));
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- what VS Code does, without its messages between processes
  const main = require(file) as { activate: typeof activate };
  const calls: string[] = [];
  const blocking = Object.keys(fs).filter((name) => name.endsWith('Sync')) as 'readFileSync'[];
  const real = blocking.map((name) => [name, fs[name]] as const);
  for (const [name, call] of real)
    fs[name] = ((...args: Parameters<typeof call>) => (calls.push(name), call(...args))) as typeof call;
  let api: ReturnType<typeof activate>;
  try {
    api = main.activate(context);
  } finally {
    for (const [name, call] of real) fs[name] = call;
  }
  assert.equal(api.enginePid, undefined);
  // VS Code hands the same log out again, closed once it was disposed of.
  for (const subscription of context.subscriptions)
    if (!('onDidChangeLogLevel' in subscription)) subscription.dispose();
  Reflect.deleteProperty(require.cache, require.resolve(file));
  return calls;
}

/** As much of a context as activate uses. */
function contextOf(extension: vscode.Extension<unknown>): vscode.ExtensionContext {
  const { extensionUri, extensionPath } = extension;
  const memento: vscode.Memento = {
    keys: () => [],
    get: <T>(_key: string, otherwise?: T) => otherwise,
    update: () => Promise.resolve(),
  };
  const secrets = { get: () => Promise.resolve(undefined), onDidChange: () => ({ dispose: () => undefined }) };
  const globalStorageUri = vscode.Uri.joinPath(extensionUri, 'no-storage');
  const context = {
    subscriptions: [],
    extension,
    extensionUri,
    extensionPath,
    globalStorageUri,
    secrets,
    workspaceState: memento,
    globalState: memento,
  };
  return context as unknown as vscode.ExtensionContext;
}
