import { spawn, type ChildProcess } from 'node:child_process';

/** How a program is started: folder, environment, and where its output goes besides being kept. */
export interface StartOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Called with every piece of standard output and standard error. */
  readonly onOutput?: (text: string) => void;
}

/** What became of a program that has ended. */
export interface Ended {
  /** Exit status; null when a signal or the time limit ended it, or when it could not be started. */
  readonly status: number | null;
  readonly output: string;
  readonly timedOut: boolean;
}

const keptCharacters = 2_000_000;
const running = new Set<ProcessGroup>();

/** A program with everything it starts, so that all of it can be ended together. */
export class ProcessGroup {
  readonly child: ChildProcess;
  /** Resolves when the program has ended, however it ended; never rejects. */
  readonly ended: Promise<Ended>;
  #output = '';
  #timedOut = false;

  constructor(command: string, args: readonly string[], options: StartOptions = {}) {
    endAllWithThisProcess();
    this.child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(this);
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#output = (this.#output + text).slice(-keptCharacters);
        options.onOutput?.(text);
      });
    }
    this.ended = new Promise((resolve) => {
      const finish = (status: number | null): void => {
        running.delete(this);
        resolve({ status, output: this.#output, timedOut: this.#timedOut });
      };
      this.child.once('error', (error) => {
        this.#output += `${command}: ${error.message}\n`;
        finish(null);
      });
      this.child.once('close', finish);
    });
  }

  /** Everything written so far (the last 2 million characters). */
  get output(): string {
    return this.#output;
  }

  /** Sends a signal to the program and everything it started; nothing happens when all of it is gone. */
  signal(name: NodeJS.Signals): void {
    const { pid } = this.child;
    if (pid === undefined) return;
    try {
      if (process.platform === 'win32') this.child.kill(name);
      else process.kill(-pid, name);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }

  /** Asks everything to end, insists after `patience` milliseconds, and resolves when the program is gone. */
  async stop(patience = 5000): Promise<Ended> {
    this.signal('SIGTERM');
    const insist = setTimeout(() => this.signal('SIGKILL'), patience);
    const ended = await this.ended;
    clearTimeout(insist);
    this.signal('SIGKILL');
    return ended;
  }

  /** Waits for the end, but no longer than `limit` milliseconds: then everything is ended and `timedOut` is true. */
  async within(limit: number): Promise<Ended> {
    const timer = setTimeout(() => {
      this.#timedOut = true;
      void this.stop();
    }, limit);
    const ended = await this.ended;
    clearTimeout(timer);
    this.signal('SIGKILL');
    return ended;
  }
}

let prepared = false;

/** Once: whatever ends this process ends the programs that it started. */
function endAllWithThisProcess(): void {
  if (prepared) return;
  prepared = true;
  process.once('exit', () => {
    for (const group of running) group.signal('SIGKILL');
  });
  process.once('SIGINT', () => process.exit(130));
  process.once('SIGTERM', () => process.exit(143));
  process.once('SIGHUP', () => process.exit(129));
}

/** Runs a program to its end and resolves with its output; rejects with a sentence when it fails or takes too long. */
export async function runToEnd(
  command: string,
  args: readonly string[],
  options: StartOptions & { limit: number },
): Promise<string> {
  const ended = await new ProcessGroup(command, args, options).within(options.limit);
  if (ended.status === 0) return ended.output;
  const what = `${command} ${args.join(' ')}`;
  const why = ended.timedOut
    ? `did not end within ${options.limit / 1000} s`
    : `failed with status ${ended.status ?? 'none'}`;
  throw new Error(`${what}: ${why}\n${ended.output.slice(-4000)}`);
}
