import { join } from 'node:path';
import * as vscode from 'vscode';
import { EngineClient } from './engine-client.ts';
import { settings } from '../window/settings.ts';

/** Milliseconds that a cancelled run may take to let go of the model process. */
const cancelGrace = 1000;

/** Milliseconds after which the process of the downloads ends without work. */
const libraryIdle = 60_000;

/** The two processes: downloads have their own, so that neither a native run nor a cancelled one holds them up. */
export interface ModelProcesses {
  /** Runs the models. */
  readonly engine: EngineClient;
  /** Downloads and checks them. */
  readonly library: EngineClient;
  /** Ends both. */
  readonly dispose: () => void;
}

/** The processes of the models, neither of them started. */
export function modelProcesses(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): ModelProcesses {
  const file = join(context.extensionPath, 'dist', 'engine.cjs');
  const store = join(context.globalStorageUri.fsPath, 'models');
  const common = { file, store, memory: () => settings.memory, grace: cancelGrace, log };
  const engine = new EngineClient({ ...common, idle: () => settings.idle });
  const library = new EngineClient({ ...common, idle: () => libraryIdle });
  const watch = vscode.workspace.onDidChangeConfiguration((change) => {
    // A process keeps the budget that it was started with; analyses are run again by whoever needs them.
    if (change.affectsConfiguration('textAttention.memory')) engine.stop();
  });
  const all = vscode.Disposable.from(engine, library, watch);
  const dispose = (): void => {
    all.dispose();
  };
  return { engine, library, dispose };
}
