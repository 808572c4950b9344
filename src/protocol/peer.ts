import * as v from 'valibot';
import { AttentionError, reasonOf, type Reason } from '../core/errors/reason.ts';
import type {
  Contract,
  EventName,
  Handlers,
  Params,
  Payload,
  Port,
  Progress,
  RequestName,
  Result,
} from './contract.ts';
import { messageSchema, type Message } from './message.ts';
import { words } from '../core/words/words.ts';
import { issueText } from '../core/schema.ts';

/** How a request is made: a signal that cancels it and a listener for its progress. */
export interface AskOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

interface Pending {
  readonly name: string;
  resolve(value: unknown): void;
  reject(reason: Reason): void;
  progress(progress: Progress): void;
}

/**
 * One side of a border: it answers what `Own` names and asks what `Other` names.
 *
 * Whatever arrives is checked against the schemas before anything sees it; what does not fit becomes a
 * `message-invalid` reason for the asker and is otherwise dropped. No request stays pending for ever: a handler that
 * throws answers with its reason, and {@link Peer.close} ends what is left.
 */
export class Peer<Own extends Contract, Other extends Contract> {
  readonly #port: Port;
  readonly #own: Own;
  readonly #other: Other;
  readonly #handlers: Handlers<Own>;
  readonly #pending = new Map<number, Pending>();
  readonly #working = new Map<number, AbortController>();
  readonly #listeners = new Map<string, Set<(payload: unknown) => void>>();
  readonly #stop: () => void;
  #next = 0;
  #closed: Reason | null = null;

  constructor(port: Port, own: Own, handlers: Handlers<Own>, other: Other) {
    this.#port = port;
    this.#own = own;
    this.#handlers = handlers;
    this.#other = other;
    this.#stop = port.listen((message) => this.#receive(message));
  }

  /**
   * Asks the other side. Rejects with an AttentionError: the other side's reason, `cancelled`, or why the border
   * closed.
   */
  ask<N extends RequestName<Other>>(
    name: N,
    params: Params<Other, N>,
    options: AskOptions = {},
  ): Promise<Result<Other, N>> {
    return new Promise((resolve, reject) => {
      const fail = (reason: Reason): void => reject(new AttentionError(reason));
      if (this.#closed) return fail(this.#closed);
      if (options.signal?.aborted) return fail({ code: 'cancelled' });
      const id = this.#next++;
      const cancel = (): void => {
        if (!this.#pending.delete(id)) return;
        this.#post({ type: 'cancel', id });
        fail({ code: 'cancelled' });
      };
      const settle = (): void => options.signal?.removeEventListener('abort', cancel);
      options.signal?.addEventListener('abort', cancel, { once: true });
      this.#pending.set(id, {
        name,
        resolve: (value) => {
          settle();
          resolve(value as Result<Other, N>);
        },
        reject: (reason) => {
          settle();
          fail(reason);
        },
        progress: (progress) => options.onProgress?.(progress),
      });
      this.#post({ type: 'request', id, name, params });
    });
  }

  /** Tells the other side something that needs no answer. */
  tell<N extends EventName<Other>>(name: N, payload: Payload<Other, N>): void {
    if (!this.#closed) this.#post({ type: 'event', name, payload });
  }

  /** Hears an event of the other side; the returned function stops hearing it. */
  on<N extends EventName<Own>>(name: N, listener: (payload: Payload<Own, N>) => void): () => void {
    const set = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, set);
    const heard = listener as (payload: unknown) => void;
    set.add(heard);
    return () => set.delete(heard);
  }

  /** Whether something that the other side asked for is still being worked on. */
  get isWorking(): boolean {
    return this.#working.size > 0;
  }

  /**
   * Ends everything: pending requests reject with `reason`, running handlers are aborted, nothing is heard any more.
   */
  close(reason: Reason): void {
    if (this.#closed) return;
    this.#closed = reason;
    this.#stop();
    for (const pending of this.#pending.values()) pending.reject(reason);
    for (const work of this.#working.values()) work.abort();
    this.#pending.clear();
    this.#working.clear();
    this.#listeners.clear();
  }

  #post(message: Message): void {
    this.#port.post(message);
  }

  #receive(raw: unknown): void {
    const parsed = v.safeParse(messageSchema, raw);
    if (!parsed.success || this.#closed) return;
    const message = parsed.output;
    switch (message.type) {
      case 'request':
        return void this.#answer(message.id, message.name, message.params);
      case 'cancel':
        return this.#working.get(message.id)?.abort();
      case 'progress':
        return this.#pending.get(message.id)?.progress(message.progress);
      case 'result':
        return this.#settle(message.id, message.value);
      case 'error':
        return this.#take(message.id)?.reject(message.reason);
      case 'event':
        return this.#hear(message.name, message.payload);
    }
  }

  async #answer(id: number, name: string, params: unknown): Promise<void> {
    const work = new AbortController();
    this.#working.set(id, work);
    try {
      const shape = Object.hasOwn(this.#own.requests, name) ? this.#own.requests[name] : undefined;
      const handler = this.#handlers[name as RequestName<Own>];
      if (!shape)
        throw new AttentionError({ code: 'message-invalid', detail: words().details.messages.noOperation(name) });
      const checked = check(shape.params, params, name) as Params<Own, RequestName<Own>>;
      const report = (progress: Progress): void => {
        if (this.#working.has(id)) this.#post({ type: 'progress', id, progress });
      };
      const value = await handler(checked, { signal: work.signal, report });
      if (this.#working.has(id)) this.#post({ type: 'result', id, value });
    } catch (thrown) {
      if (this.#working.has(id)) this.#post({ type: 'error', id, reason: reasonOf(thrown) });
    } finally {
      this.#working.delete(id);
    }
  }

  #settle(id: number, value: unknown): void {
    const pending = this.#take(id);
    if (!pending) return;
    const schema = this.#other.requests[pending.name]?.result;
    try {
      pending.resolve(schema ? check(schema, value, pending.name) : value);
    } catch (thrown) {
      pending.reject(reasonOf(thrown));
    }
  }

  #take(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    return pending;
  }

  #hear(name: string, payload: unknown): void {
    const schema = Object.hasOwn(this.#own.events, name) ? this.#own.events[name] : undefined;
    if (!schema) return;
    const parsed = v.safeParse(schema, payload);
    if (!parsed.success) return;
    for (const listener of this.#listeners.get(name) ?? []) listener(parsed.output);
  }
}

function check(schema: v.GenericSchema, value: unknown, name: string): unknown {
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return parsed.output;
  const issue = parsed.issues[0];
  const place = v.getDotPath(issue);
  const where = place === null ? name : `${name}, ${place}`;
  throw new AttentionError({ code: 'message-invalid', detail: `${where}: ${issueText(issue)}` });
}
