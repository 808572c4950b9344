/** What is measured once: milliseconds, megabytes or a count. */
export type Measure = () => number | Promise<number>;

/** A benchmark that is set up. */
export interface Measures {
  readonly value: Measure;
  /** What the value is compared with; without one the value itself has the limit. */
  readonly baseline?: Measure;
  close?(): void | Promise<void>;
}

/** How often a benchmark measures: rounds whose times do not count, then those of a full and of a quick run. */
export interface Rounds {
  readonly warmUp: number;
  readonly full: number;
  readonly quick: number;
}

export type Mode = 'full' | 'quick';

/** For counts and bytes, which are the same every time. */
export const once: Rounds = { warmUp: 0, full: 1, quick: 1 };

/** Something that several benchmarks use, such as a browser; closed before a benchmark that uses another one. */
export interface Resource {
  /** Why it cannot be had on this machine; null when it can. */
  missing?(): Promise<string | null>;
  close(): Promise<void>;
}

/**
 * One figure. Its limit is one of the ratio where there is a baseline, else of the value, which is a count then: a
 * limit in milliseconds would hold on one machine and not on another.
 */
export interface Benchmark {
  readonly name: string;
  readonly unit: 'ms' | 'MB' | 'nodes' | 'copies';
  /** `lower`: the ratio is value / baseline, at most the limit. `higher`: baseline / value, at least the limit. */
  readonly better: 'lower' | 'higher';
  readonly limit?: number;
  readonly rounds: Rounds;
  readonly resource?: Resource;
  setup(): Promise<Measures>;
}

/** A resource that is opened when it is first asked for. */
export class Shared<T> implements Resource {
  readonly #open: () => Promise<T>;
  readonly #close: (opened: T) => Promise<void>;
  readonly missing: () => Promise<string | null>;
  #opened: Promise<T> | null = null;

  constructor(
    open: () => Promise<T>,
    close: (opened: T) => Promise<void>,
    missing: () => Promise<string | null> = () => Promise.resolve(null),
  ) {
    this.#open = open;
    this.#close = close;
    this.missing = missing;
  }

  get(): Promise<T> {
    this.#opened ??= this.#open();
    return this.#opened;
  }

  async close(): Promise<void> {
    const opened = this.#opened;
    this.#opened = null;
    if (opened) await this.#close(await opened);
  }
}
