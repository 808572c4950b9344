import { fork, type ChildProcess, type ForkOptions } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { describeEnd } from '../../core/errors/process-end.ts';
import { AttentionError } from '../../core/errors/reason.ts';
import { words } from '../../core/words/words.ts';
import type { Port } from '../../protocol/contract.ts';
import type { Log } from '../window/log.ts';

/** What the model process may see of the environment: enough to run, to find its files and to reach a proxy. */
const passed = [
  'PATH',
  'HOME',
  'USERPROFILE',
  'APPDATA',
  'LOCALAPPDATA',
  'SystemRoot',
  'TMPDIR',
  'TEMP',
  'TMP',
  'LANG',
  'LC_ALL',
  'LD_LIBRARY_PATH',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'no_proxy',
  'NODE_EXTRA_CA_CERTS',
];

/** How much of the end of its standard error is kept to say what a process died of, in characters. */
const tailLength = 4000;

/** The process would also end by itself when idle; its owner decides that, so its own limit is a week. */
const childIdleMinutes = String(7 * 24 * 60);

/** Milliseconds between losing the channel and ending the process. */
const disconnectGrace = 1000;

/** What is started: the program, the folder of downloaded models, and the bytes of memory that a model may take. */
export interface EngineProgram {
  readonly file: string;
  readonly store?: string | undefined;
  readonly memory?: number | null | undefined;
}

/** One run of the model process, from its start to its end. */
export class EngineProcess {
  readonly port: Port;
  readonly #child: ChildProcess;
  #tail = '';

  /**
   * Starts `file` as a process of its own. `onEnd` is called once, with words for what it died of. Throws
   * `engine-missing` when there is no such file.
   */
  constructor({ file, store, memory }: EngineProgram, log: Log, onEnd: (detail: string) => void) {
    if (!existsSync(file)) throw new AttentionError({ code: 'engine-missing', detail: `there is no file ${file}` });
    const choices = [
      '--language',
      words().tag,
      ...(store === undefined ? [] : ['--store', store]),
      ...(typeof memory === 'number' ? ['--memory', String(memory)] : []),
    ];
    const child = started(file, ['--idle', childIdleMinutes, ...choices], {
      serialization: 'advanced',
      execArgv: [],
      env: environment(),
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#child = child;
    this.port = portOf(child);
    follow(child.stdout, (text) => log.debug(text));
    follow(child.stderr, (text) => {
      this.#tail = (this.#tail + text).slice(-tailLength);
      log.warn(text);
    });
    let ended = false;
    const end = (detail: string): void => {
      if (ended) return;
      ended = true;
      onEnd(detail);
    };
    child.on('error', (error) => end(error.message));
    child.once('close', (code, signal) => end(describeEnd(code, signal, this.#tail)));
    // Without its channel the process is of no use; one that is ending by itself is given the time to say how.
    child.once('disconnect', () => setTimeout(() => child.kill('SIGKILL'), disconnectGrace).unref());
  }

  /** The process id, undefined when the process could not be started. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Ends the process at once; a native run takes no softer hint. */
  kill(): void {
    this.#child.kill('SIGKILL');
  }
}

/** What the system refuses at once (no memory for another process, say) is told as what it is. */
function started(file: string, args: readonly string[], options: ForkOptions): ChildProcess {
  try {
    return fork(file, args, options);
  } catch (thrown) {
    throw new AttentionError(
      { code: 'engine-missing', detail: thrown instanceof Error ? thrown.message : String(thrown) },
      { cause: thrown },
    );
  }
}

function environment(): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = {
    // The model runtime must find this before it loads: its own telemetry stays off.
    ORT_DISABLE_TELEMETRY: '1',
    // In the desktop application the executable is Electron, which is a plain Node only when told so.
    ELECTRON_RUN_AS_NODE: '1',
  };
  for (const name of passed) {
    const value = process.env[name];
    if (value !== undefined) env[name] = value;
  }
  return env;
}

function portOf(child: ChildProcess): Port {
  return {
    post: (message) => {
      // What cannot be sent any more is answered when the process's end is noticed.
      if (child.connected) child.send(message as object, () => undefined);
    },
    listen: (listener) => {
      child.on('message', listener);
      return () => child.off('message', listener);
    },
  };
}

function follow(stream: Readable | null, hear: (text: string) => void): void {
  // A pipe that breaks ends with its process, which is told by itself.
  stream
    ?.on('error', () => undefined)
    .setEncoding('utf8')
    .on('data', (text: string) => hear(text.trimEnd()));
}
