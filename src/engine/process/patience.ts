import { setTimeout as delay } from 'node:timers/promises';
import { AttentionError, type Reason } from '../../core/errors/reason.ts';

/** How often and how long something is tried again. Times in milliseconds. */
export interface Patience {
  readonly attempts: number;
  /** The wait before the second attempt; each further one is twice as long. */
  readonly firstWait: number;
  /** The longest wait between two attempts; a host that asks for more is told to the person instead. */
  readonly longestWait: number;
  /** Without a byte for so long, a connection counts as dead. */
  readonly idleTimeout: number;
}

export const usualPatience: Patience = { attempts: 4, firstWait: 500, longestWait: 60_000, idleTimeout: 15_000 };

/** A failure that another attempt may cure; `reason` is what is told when patience ends. */
export class RetryableError extends Error {
  readonly reason: Reason;
  /** Milliseconds that the host asked to wait. */
  readonly wait: number | null;

  constructor(reason: Reason, options: { wait?: number | null; cause?: unknown } = {}) {
    super(reason.code, { cause: options.cause });
    this.reason = reason;
    this.wait = options.wait ?? null;
  }
}

/** Counts the attempts at one thing and waits between them. */
export class Persistence {
  readonly #patience: Patience;
  #failures = 0;

  constructor(patience: Patience) {
    this.#patience = patience;
  }

  /** To be called when something was achieved: the count begins anew. */
  reset(): void {
    this.#failures = 0;
  }

  /**
   * Waits before the next attempt. Throws the reason of the error when there have been enough or the host asks for too
   * long a wait, `cancelled` when the signal is aborted, and anything that is not a {@link RetryableError} as it is.
   */
  async again(failure: unknown, signal: AbortSignal): Promise<void> {
    if (signal.aborted) throw new AttentionError({ code: 'cancelled' }, { cause: failure });
    if (!(failure instanceof RetryableError)) throw failure;
    const { attempts, firstWait, longestWait } = this.#patience;
    this.#failures++;
    const wait = failure.wait ?? Math.min(longestWait, firstWait * 2 ** (this.#failures - 1) * (1 + Math.random() / 4));
    if (this.#failures >= attempts || wait > longestWait) throw new AttentionError(failure.reason, { cause: failure });
    await pause(wait, signal);
  }
}

/** Does something until it succeeds or patience ends, as {@link Persistence.again} says. */
export async function persist<T>(patience: Patience, signal: AbortSignal, attempt: () => Promise<T>): Promise<T> {
  const persistence = new Persistence(patience);
  for (;;) {
    try {
      return await attempt();
    } catch (thrown) {
      await persistence.again(thrown, signal);
    }
  }
}

/** Waits, but ends at once with `cancelled` when the signal is aborted. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(milliseconds, undefined, { signal });
  } catch (thrown) {
    throw new AttentionError({ code: 'cancelled' }, { cause: thrown });
  }
}

/**
 * Milliseconds that a `Retry-After` header asks for, seconds or a date (RFC 9110, 10.2.3); null when it says nothing
 * sensible.
 */
export function retryAfter(header: string | undefined, now: number): number | null {
  if (header === undefined) return null;
  const text = header.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const date = /^[A-Za-z]{3,9},? /.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
