import { AttentionError } from '../errors/reason.ts';

/**
 * The name of a value among its equals, for caches and comparisons: two objects have the same one when they hold the
 * same, in whatever order their fields were written and whether a field is undefined or left out.
 */
export function keyOf(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}

/** The most that is kept: so many values, or with `sizeOf` the sum of their sizes. The newest stays, however large. */
export interface CacheBounds<V> {
  readonly most: number;
  readonly sizeOf?: (value: V) => number;
}

/** Values by their names; what was used longest ago leaves first. */
export class Cache<V> {
  readonly #most: number;
  readonly #sizeOf: (value: V) => number;
  /** In the order of their use, the latest last. */
  readonly #values = new Map<string, V>();

  constructor({ most, sizeOf = () => 1 }: CacheBounds<V>) {
    this.#most = most;
    this.#sizeOf = sizeOf;
  }

  /** What is kept, what was used longest ago first. */
  get entries(): readonly (readonly [name: string, value: V])[] {
    return [...this.#values];
  }

  /** The value of a name, which now counts as used last. */
  get(name: string): V | undefined {
    const value = this.#values.get(name);
    if (value !== undefined) this.#put(name, value);
    return value;
  }

  /** Keeps a value in place of the one of the same name. */
  set(name: string, value: V): void {
    this.#put(name, value);
    this.trim();
  }

  /** Forgets a name; one that is not there is no error. */
  delete(name: string): void {
    this.#values.delete(name);
  }

  /** Lets go of what does not fit any more because values have grown. */
  trim(): void {
    let held = [...this.#values.values()].reduce((sum, value) => sum + this.#sizeOf(value), 0);
    for (const [name, value] of this.#values) {
      if (held <= this.#most || this.#values.size === 1) return;
      this.#values.delete(name);
      held -= this.#sizeOf(value);
    }
  }

  #put(name: string, value: V): void {
    this.#values.delete(name);
    this.#values.set(name, value);
  }
}

interface Asked<K, V> {
  readonly key: K;
  readonly answer: Promise<V>;
  readonly cancel: AbortController;
  /** Nothing until the answer is here, where sizes are counted. */
  size: number;
}

/**
 * Answers by what was asked: keys are data, equal ones are the same ({@link keyOf}). What is asked again while it is on
 * its way is asked once, and a failure is told to all who wait for it, but not kept.
 */
export class AsyncCache<K, V> {
  readonly #asked: Cache<Asked<K, V>>;
  readonly #sizeOf: ((value: V) => number) | undefined;

  constructor({ most, sizeOf }: CacheBounds<V>) {
    this.#asked = new Cache({ most, sizeOf: ({ size }) => size });
    this.#sizeOf = sizeOf;
  }

  /** The answer for a key, by `ask` unless it is here or on its way. `ask` is cancelled when the key is forgotten. */
  get(key: K, ask: (signal: AbortSignal) => Promise<V>): Promise<V> {
    const name = keyOf(key);
    const known = this.#asked.get(name);
    if (known) return known.answer;
    const cancel = new AbortController();
    const answer = ask(cancel.signal).then((value) => {
      if (cancel.signal.aborted) throw new AttentionError({ code: 'cancelled' });
      return value;
    });
    const asked: Asked<K, V> = { key, answer, cancel, size: this.#sizeOf ? 0 : 1 };
    this.#asked.set(name, asked);
    void answer.then(
      (value) => this.#arrived(asked, value),
      () => this.#forget(name, asked),
    );
    return answer;
  }

  /** Forgets the keys that `which` tells; what they wait for is cancelled, and rejects with `cancelled`. */
  forget(which: (key: K) => boolean): void {
    for (const [name, asked] of this.#asked.entries) {
      if (!which(asked.key)) continue;
      this.#asked.delete(name);
      asked.cancel.abort();
    }
  }

  /** Forgets everything. */
  dispose(): void {
    this.forget(() => true);
  }

  #arrived(asked: Asked<K, V>, value: V): void {
    if (!this.#sizeOf) return;
    asked.size = this.#sizeOf(value);
    this.#asked.trim();
  }

  #forget(name: string, asked: Asked<K, V>): void {
    if (this.#asked.entries.some(([, each]) => each === asked)) this.#asked.delete(name);
  }
}
