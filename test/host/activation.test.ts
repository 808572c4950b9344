import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { activate } from '../../src/extension.ts';
import { extension } from './support.ts';

/**
 * Milliseconds of processor time that require and activate may take together: nothing in them waits, and other
 * processes do not count.
 */
const most = 30;
/**
 * The first of several activations is the one that people feel; the fastest is the one that a cold cache and other
 * work of the machine disturb least.
 */
const rounds = 10;

/** The name of this file makes it run first: nothing has activated the extension before. */
describe('Activation', () => {
  it('takes less than 30 ms, loads no model runtime and starts no process', () => {
    const found = extension();
    assert.equal(found.isActive, false, 'the extension is activated by its first use, not by the window');
    const times = Array.from({ length: rounds }, () => activateOnce(found));
    console.log(`require and activate: ${times.map((time) => `${time.toFixed(1)} ms`).join(', ')}`);
    assert.ok(Math.min(...times) < most, `${times.join(', ')} ms`);
    const loaded = Object.keys(require.cache).filter((file) => /onnxruntime|transformers|engine\.cjs/.test(file));
    assert.deepEqual(loaded, []);
    if (existsSync('/proc/self/maps')) assert.doesNotMatch(readFileSync('/proc/self/maps', 'utf8'), /onnxruntime/);
  });

  it('bundles no model runtime', () => {
    const bundle = readFileSync(join(extension().extensionPath, 'dist', 'extension.cjs'), 'utf8');
    assert.doesNotMatch(bundle, /require\("(onnxruntime-node|@huggingface\/transformers)"\)/);
    assert.ok(bundle.length < 400_000, `${bundle.length} bytes`);
  });
});

/** Processor time of this thread; Node 20, of the oldest VS Code, only knows that of the process. */
function processorTime(since?: NodeJS.CpuUsage): NodeJS.CpuUsage {
  const { threadCpuUsage } = process as { threadCpuUsage?: (since?: NodeJS.CpuUsage) => NodeJS.CpuUsage };
  return threadCpuUsage ? threadCpuUsage.call(process, since) : process.cpuUsage(since);
}

/** Milliseconds of this thread's processor time that one require and activate take; what they made is disposed of. */
function activateOnce(found: vscode.Extension<unknown>): number {
  const file = join(found.extensionPath, 'dist', 'extension.cjs');
  const context = contextOf(found);
  Reflect.deleteProperty(require.cache, require.resolve(file));
  const start = processorTime();
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- what VS Code does, measured without its messages between processes
  const main = require(file) as { activate: typeof activate };
  const api = main.activate(context);
  const used = processorTime(start);
  const time = (used.user + used.system) / 1000;
  assert.equal(api.enginePid, undefined);
  // VS Code hands the same log out again, closed once it was disposed of.
  for (const subscription of context.subscriptions)
    if (!('onDidChangeLogLevel' in subscription)) subscription.dispose();
  Reflect.deleteProperty(require.cache, require.resolve(file));
  return time;
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
