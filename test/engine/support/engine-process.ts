import { fork, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  engineContract,
  engineListenerContract,
  type EngineContract,
  type EngineListenerContract,
} from '../../../src/protocol/engine.ts';
import { Peer } from '../../../src/protocol/peer.ts';
import { fixtureModels, places, root } from './models.ts';

/** A bundle of dist/; throws with the command that makes it when it is not there. */
export function bundle(name: string): string {
  const path = join(root, 'dist', name);
  if (!existsSync(path)) throw new Error(`dist/${name} is missing: run "npm run build" first.`);
  return path;
}

/** Variables that make a process of ours run this code before its own: for failures that no input is known to cause. */
export function injected(code: string): NodeJS.ProcessEnv {
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(code)}` };
}

/** The engine as the extension starts it. */
export interface EngineProcess {
  readonly child: ChildProcess;
  readonly peer: Peer<EngineListenerContract, EngineContract>;
  readonly exited: Promise<number | null>;
}

/** Forks dist/engine.cjs with the tiny models. */
export function startEngine(
  options: { idle?: string; store?: string; env?: NodeJS.ProcessEnv; cwd?: string; node?: string } = {},
): EngineProcess {
  const child = fork(
    bundle('engine.cjs'),
    ['--models', fixtureModels, '--store', options.store ?? places.store, '--idle', options.idle ?? '10'],
    {
      serialization: 'advanced',
      execArgv: [],
      env: options.env ?? process.env,
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      ...(options.node === undefined ? {} : { execPath: options.node }),
    },
  );
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const port = {
    post: (message: unknown) => {
      child.send(message as object, () => undefined);
    },
    listen: (listener: (message: unknown) => void) => {
      child.on('message', listener);
      return () => child.off('message', listener);
    },
  };
  return { child, peer: new Peer(port, engineListenerContract, {}, engineContract), exited };
}
