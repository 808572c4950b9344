import { writeSync } from 'node:fs';

/** The exit status that shells expect of a process that a signal has ended. */
const statuses = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/** Milliseconds that a command may take to stop by itself. */
const grace = 800;

/**
 * Ctrl-C and the signals that ask a process to end. The first one aborts what is under way, and ends the process where
 * that does not end within the grace; the second one ends it at once.
 */
export class Stops {
  readonly #stop = new AbortController();
  #status: number = statuses.SIGINT;

  constructor() {
    for (const name of Object.keys(statuses) as (keyof typeof statuses)[]) process.on(name, () => this.#hear(name));
  }

  /** Aborted by the first signal. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  /** The exit status after a stop. */
  get status(): number {
    return this.#status;
  }

  #hear(name: keyof typeof statuses): void {
    if (this.signal.aborted) return this.#leave();
    this.#status = statuses[name];
    setTimeout(() => this.#leave(), grace).unref();
    this.#stop.abort();
  }

  #leave(): void {
    try {
      writeSync(2, 'Stopped.\n');
    } catch {
      // Nobody reads it any more.
    }
    process.exit(this.#status);
  }
}
