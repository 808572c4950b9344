import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as v from 'valibot';
import { AttentionError, type Reason } from '../../../src/core/errors/reason.ts';
import type { Contract, Handlers, Port, Progress } from '../../../src/protocol/contract.ts';
import { Peer } from '../../../src/protocol/peer.ts';

const adder = {
  requests: {
    add: { params: v.object({ a: v.number(), b: v.number() }), result: v.number() },
    slow: { params: v.null(), result: v.string() },
    liar: { params: v.null(), result: v.number() },
  },
  events: { note: v.string() },
} satisfies Contract;
const nobody = { requests: {}, events: { heard: v.number() } } satisfies Contract;

/** Two ports joined back to back; messages are cloned and arrive in a later turn, as across a process border. */
function joined(): [Port, Port] {
  const listeners: ((message: unknown) => void)[][] = [[], []];
  const port = (own: number, other: number): Port => ({
    post: (message) => {
      const copy: unknown = structuredClone(message);
      setImmediate(() => listeners[other]?.forEach((hear) => hear(copy)));
    },
    listen: (hear) => {
      listeners[own]?.push(hear);
      return () => {
        listeners[own] = [];
      };
    },
  });
  return [port(0, 1), port(1, 0)];
}

function pair(handlers: Partial<Handlers<typeof adder>> = {}) {
  const [left, right] = joined();
  const server = new Peer(
    left,
    adder,
    { add: ({ a, b }) => a + b, slow: () => 'done', liar: () => 'no number' as never, ...handlers },
    nobody,
  );
  const client = new Peer(right, nobody, {}, adder);
  return { server, client, left, right };
}

const rejectsWith = (promise: Promise<unknown>, code: Reason['code']) =>
  assert.rejects(promise, (thrown: unknown) => thrown instanceof AttentionError && thrown.reason.code === code);

describe('peer', () => {
  it('asks and answers', async () => {
    assert.equal(await pair().client.ask('add', { a: 2, b: 3 }), 5);
  });

  it('carries typed reasons and wraps what a handler throws', async () => {
    const typed = pair({
      add: () => {
        throw new AttentionError({ code: 'text-empty' });
      },
    });
    await rejectsWith(typed.client.ask('add', { a: 1, b: 1 }), 'text-empty');
    const wild = pair({
      add: () => {
        throw new TypeError('bad');
      },
    });
    await rejectsWith(wild.client.ask('add', { a: 1, b: 1 }), 'unexpected');
  });

  it('refuses parameters and results that do not fit, naming the field', async () => {
    const { client } = pair();
    await assert.rejects(
      client.ask('add', { a: 'x', b: 1 } as never),
      (thrown: unknown) =>
        thrown instanceof AttentionError &&
        thrown.reason.code === 'message-invalid' &&
        thrown.reason.detail.startsWith('add, a:'),
    );
    await rejectsWith(client.ask('liar', null), 'message-invalid');
  });

  it('refuses operations that do not exist, inherited names included', async () => {
    const { client } = pair();
    await rejectsWith(client.ask('constructor' as never, null as never), 'message-invalid');
    await rejectsWith(client.ask('subtract' as never, null as never), 'message-invalid');
  });

  it('cancels: the asker hears it at once, the handler through its signal', async () => {
    let aborted: () => void = () => undefined;
    const stopped = new Promise<void>((resolve) => {
      aborted = resolve;
    });
    let started: () => void = () => undefined;
    const running = new Promise<void>((resolve) => {
      started = resolve;
    });
    const { client } = pair({
      slow: (_, { signal }) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => {
            aborted();
            resolve('late');
          });
          started();
        }),
    });
    const controller = new AbortController();
    const asked = client.ask('slow', null, { signal: controller.signal });
    await running;
    controller.abort();
    await rejectsWith(asked, 'cancelled');
    await stopped;
    await rejectsWith(client.ask('slow', null, { signal: controller.signal }), 'cancelled');
  });

  it('tells progress in order, before the answer', async () => {
    const seen: Progress[] = [];
    const { client } = pair({
      slow: (_, { report }) => {
        report({ stage: 'one', done: 1, total: 2 });
        report({ stage: 'two' });
        return 'done';
      },
    });
    assert.equal(await client.ask('slow', null, { onProgress: (progress) => seen.push(progress) }), 'done');
    assert.deepEqual(seen, [{ stage: 'one', done: 1, total: 2 }, { stage: 'two' }]);
  });

  it('hears events that fit, until it stops hearing', async () => {
    const { server, client } = pair();
    const heard: string[] = [];
    const stop = server.on('note', (text) => heard.push(text));
    client.tell('note', 'first');
    client.tell('note', 7 as never);
    await client.ask('add', { a: 0, b: 0 });
    stop();
    client.tell('note', 'second');
    await client.ask('add', { a: 0, b: 0 });
    assert.deepEqual(heard, ['first']);
  });

  it('drops garbage without an answer', async () => {
    const { client, right } = pair();
    for (const garbage of [
      null,
      3,
      'x',
      {},
      { type: 'request' },
      { type: 'result', id: -1 },
      { type: 'error', id: 0, reason: 'x' },
    ])
      right.post(garbage);
    assert.equal(await client.ask('add', { a: 1, b: 1 }), 2);
  });

  it('leaves nothing pending when it closes', async () => {
    const { client } = pair({ slow: () => new Promise(() => undefined) });
    const asked = client.ask('slow', null);
    client.close({ code: 'engine-died', detail: 'killed' });
    await rejectsWith(asked, 'engine-died');
    await rejectsWith(client.ask('slow', null), 'engine-died');
  });
});
