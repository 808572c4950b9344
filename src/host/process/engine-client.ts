import { AttentionError, reasonOf, type Reason } from '../../core/errors/reason.ts';
import { words } from '../../core/words/words.ts';
import type { Params, RequestName, Result } from '../../protocol/contract.ts';
import {
  engineContract,
  engineListenerContract,
  type EngineContract,
  type EngineListenerContract,
} from '../../protocol/engine.ts';
import { Peer, type AskOptions } from '../../protocol/peer.ts';
import { EngineProcess } from './engine-process.ts';
import type { Log } from '../window/log.ts';

/** How the client treats its process; times are milliseconds. */
export interface EngineOptions {
  /** The program, dist/engine.cjs. */
  readonly file: string;
  /** The folder of downloaded models; without it the process takes the user's cache folder. */
  readonly store?: string | undefined;
  /** Bytes of memory that a model may take, null for the process's own judgement. Read each time a process starts. */
  readonly memory?: (() => number | null) | undefined;
  /** How long the process may stay without work; Infinity keeps it. Read anew each time it falls idle. */
  readonly idle: () => number;
  /** How long a cancelled run may take to let go before the process is ended. */
  readonly grace: number;
  readonly log: Log;
}

interface Running {
  /** Whether this client ended it. */
  stopped: boolean;
  /** What it said it is dying of. */
  dying: string | null;
  readonly process: EngineProcess;
  readonly peer: Peer<EngineListenerContract, EngineContract>;
}

/** Analyses die with their process: whoever still needs one runs it again. */
const stopped: Reason = { code: 'analysis-gone' };

/**
 * The model process as the extension host sees it: started by the first question, ended when idle, replaced when it
 * dies.
 *
 * A death in the middle of a question rejects it with `engine-died`; a process that the client ends itself (idle,
 * cancelled run) rejects what else was under way with `analysis-gone`.
 */
export class EngineClient {
  readonly #options: EngineOptions;
  #running: Running | null = null;
  #cancelling: Promise<void> | null = null;
  #idle: NodeJS.Timeout | undefined;
  #asked = 0;
  #disposed = false;

  constructor(options: EngineOptions) {
    this.#options = options;
  }

  /** The id of the process, undefined while there is none. */
  get pid(): number | undefined {
    return this.#running?.process.pid;
  }

  /** Asks the engine, starting it when there is none. Rejects with an AttentionError. */
  async ask<N extends RequestName<EngineContract>>(
    name: N,
    params: Params<EngineContract, N>,
    options: AskOptions = {},
  ): Promise<Result<EngineContract, N>> {
    // A run that is being cancelled may block the process until it is ended: whoever asks next must not be ended with
    // it.
    while (this.#cancelling) await this.#cancelling;
    if (options.signal?.aborted) throw new AttentionError({ code: 'cancelled' });
    const running = this.#running ?? this.#start();
    this.#asked++;
    clearTimeout(this.#idle);
    const asking = running.peer.ask(name, params, options);
    // After the peer's own listener, so that the process hears of the cancel first.
    const cancelled = (): void => this.#awaitCancel(running);
    options.signal?.addEventListener('abort', cancelled);
    try {
      return await asking;
    } finally {
      options.signal?.removeEventListener('abort', cancelled);
      if (--this.#asked === 0) this.#fallIdle();
    }
  }

  /** Ends the process, if there is one; the next question starts another. */
  stop(): void {
    this.#end(this.#running, stopped);
  }

  /** Ends the process for good. */
  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#idle);
    this.stop();
  }

  #start(): Running {
    if (this.#disposed) throw new AttentionError({ code: 'cancelled' });
    const { file, store, memory, log } = this.#options;
    const process = new EngineProcess({ file, store, memory: memory?.() }, log, (detail) =>
      this.#died(running, detail),
    );
    const peer = new Peer(process.port, engineListenerContract, {}, engineContract);
    const running: Running = { stopped: false, dying: null, process, peer };
    peer.on('log', ({ level, message }) => log[level](message));
    peer.on('dying', ({ detail }) => {
      running.dying = words().processEnd.failed(detail);
    });
    log.info(`The model process started (pid ${process.pid}).`);
    this.#running = running;
    return running;
  }

  #died(running: Running, seen: string): void {
    const detail = running.dying ?? seen;
    const how = running.stopped ? 'as it was told to' : detail;
    this.#options.log.info(`The model process (pid ${running.process.pid}) ended: ${how}.`);
    if (this.#running === running) this.#running = null;
    running.peer.close({ code: 'engine-died', detail });
  }

  #end(running: Running | null, reason: Reason): void {
    if (!running) return;
    if (this.#running === running) this.#running = null;
    running.stopped = true;
    running.peer.close(reason);
    running.process.kill();
  }

  /**
   * After a cancel: the process has to answer something else within the grace, or it is stuck in native code and ended.
   */
  #awaitCancel(running: Running): void {
    if (this.#cancelling || this.#running !== running) return;
    const answered = running.peer.ask('release', { analysis: 'cancelled' }).then(
      () => true,
      () => true,
    );
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), this.#options.grace);
    });
    this.#cancelling = Promise.race([answered, late]).then((free) => {
      clearTimeout(timer);
      this.#cancelling = null;
      if (free) return;
      this.#options.log.info('The cancelled run does not let go: the model process is ended.');
      this.#end(running, stopped);
    });
  }

  #fallIdle(): void {
    const wait = this.#options.idle();
    if (!Number.isFinite(wait) || !this.#running) return;
    this.#idle = setTimeout(() => this.stop(), wait);
    this.#idle.unref();
  }
}

/** Whether something was refused because a model is not there in the wanted number format. */
export function isDtypeRefusal(thrown: unknown): boolean {
  const reason = reasonOf(thrown);
  return reason.code === 'argument-invalid' && reason.argument === 'dtype';
}
