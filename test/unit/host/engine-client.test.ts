import assert from 'node:assert/strict';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, describe, it } from 'node:test';
import { AttentionError, type Reason } from '../../../src/core/errors/reason.ts';
import { EngineClient, type EngineOptions } from '../../../src/host/process/engine-client.ts';
import type { Log } from '../../../src/host/window/log.ts';

const file = join(import.meta.dirname, '../../fixtures/engine/misbehaving.ts');

class Lines extends EventTarget implements Log {
  readonly all: string[] = [];
  readonly #add = (message: string): void => {
    this.all.push(message);
    this.dispatchEvent(new Event('line'));
  };
  readonly debug = this.#add;
  readonly info = this.#add;
  readonly warn = this.#add;
  readonly error = this.#add;

  async until(pattern: RegExp): Promise<void> {
    while (!this.all.some((line) => pattern.test(line))) await once(this, 'line');
  }
}

let client: EngineClient | undefined;
let log = new Lines();

function start(options: Partial<EngineOptions> = {}): EngineClient {
  log = new Lines();
  client = new EngineClient({ file, idle: () => Infinity, grace: 300, log, ...options });
  return client;
}

afterEach(() => client?.dispose());

const analyse = (engine: EngineClient, text: string, signal?: AbortSignal): Promise<unknown> =>
  engine.ask('analyse', { analysis: 'a', model: 'm', text }, { signal });

async function reasonFrom(promise: Promise<unknown>): Promise<Reason> {
  const thrown = await promise.then(
    () => assert.fail('it did not reject'),
    (error: unknown) => error,
  );
  assert.ok(thrown instanceof AttentionError, String(thrown));
  return thrown.reason;
}

async function gone(pid: number | undefined): Promise<void> {
  assert.ok(pid);
  await log.until(new RegExp(`\\(pid ${pid}\\) ended`));
  assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' });
}

describe('EngineClient', () => {
  it('starts nothing before the first question, then one process for all', async () => {
    const engine = start();
    assert.equal(engine.pid, undefined);
    await Promise.all([analyse(engine, 'one'), analyse(engine, 'two')]);
    const { pid } = engine;
    assert.ok(pid);
    await analyse(engine, 'three');
    assert.equal(engine.pid, pid);
    await log.until(/^ready$/);
  });

  for (const [text, detail] of [
    ['kill', /it was killed \(signal SIGKILL\).*memory/],
    ['abort', /it crashed \(signal SIGABRT\)/],
    ['exit', /it ended with exit code 3 \(Error: no such thing\)/],
    ['memory', /it ran out of memory/],
    ['dying', /^it had an unexpected error \(no such property\)$/],
  ] as const) {
    it(`says what happened when the process dies by ${text} in a run, and starts another`, async () => {
      const engine = start();
      const reason = await reasonFrom(analyse(engine, text));
      assert.equal(reason.code, 'engine-died');
      assert.match(reason.code === 'engine-died' ? reason.detail : '', detail);
      assert.equal(engine.pid, undefined);
      await analyse(engine, 'again');
      assert.ok(engine.pid);
    });
  }

  it('rejects every open question when the process dies', async () => {
    const engine = start();
    const open = ['patient', 'patient', 'kill'].map((text) => reasonFrom(analyse(engine, text)));
    for (const { code } of await Promise.all(open)) assert.equal(code, 'engine-died');
  });

  it('keeps a process that lets go of a cancelled run', async () => {
    const engine = start();
    await analyse(engine, 'one');
    const { pid } = engine;
    const cancel = new AbortController();
    const run = reasonFrom(analyse(engine, 'patient', cancel.signal));
    cancel.abort();
    assert.deepEqual(await run, { code: 'cancelled' });
    await analyse(engine, 'two');
    assert.equal(engine.pid, pid);
  });

  it('ends a process that is deaf to a cancel; whoever asks next gets a new one', async () => {
    const engine = start();
    await analyse(engine, 'one');
    const { pid } = engine;
    const cancel = new AbortController();
    const run = reasonFrom(analyse(engine, 'deaf', cancel.signal));
    cancel.abort();
    assert.deepEqual(await run, { code: 'cancelled' });
    await analyse(engine, 'two');
    assert.notEqual(engine.pid, pid);
    await gone(pid);
  });

  it('does not let a run that is asked for in the same breath as a cancel be ended with the cancelled one', async () => {
    const engine = start();
    await analyse(engine, 'one');
    const cancel = new AbortController();
    const run = reasonFrom(analyse(engine, 'deaf', cancel.signal));
    cancel.abort();
    await analyse(engine, 'two');
    assert.deepEqual(await run, { code: 'cancelled' });
  });

  it('ends an idle process, which takes its analyses with it', async () => {
    const engine = start({ idle: () => 20 });
    await analyse(engine, 'one');
    await gone(engine.pid);
    assert.equal(engine.pid, undefined);
    assert.deepEqual(await reasonFrom(engine.ask('weights', { analysis: 'a', map: 0, layer: 0 })), {
      code: 'analysis-gone',
    });
  });

  it('does not end a process that is at work', async () => {
    const engine = start({ idle: () => 20 });
    const cancel = new AbortController();
    const run = reasonFrom(analyse(engine, 'patient', cancel.signal));
    await analyse(engine, 'one');
    const { pid } = engine;
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.equal(engine.pid, pid);
    cancel.abort();
    assert.deepEqual(await run, { code: 'cancelled' });
  });

  it('leaves no process when it is disposed', async () => {
    const engine = start();
    await analyse(engine, 'one');
    const { pid } = engine;
    engine.dispose();
    await gone(pid);
    assert.deepEqual(await reasonFrom(analyse(engine, 'two')), { code: 'cancelled' });
  });

  it('gives the process a small environment with the runtime’s telemetry off', async () => {
    process.env['TEXT_ATTENTION_SECRET'] = 'x';
    const reason = await reasonFrom(analyse(start(), 'environment'));
    delete process.env['TEXT_ATTENTION_SECRET'];
    const names = reason.code === 'unexpected' ? reason.detail.split(' ') : [];
    assert.ok(names.includes('ORT_DISABLE_TELEMETRY') && names.includes('PATH'));
    assert.ok(!names.includes('TEXT_ATTENTION_SECRET'));
    assert.ok(!names.some((name) => name.startsWith('npm_') || name.startsWith('VSCODE_')));
  });

  it('says so when its program is missing', async () => {
    const reason = await reasonFrom(analyse(start({ file: '/nowhere/engine.cjs' }), 'one'));
    assert.equal(reason.code, 'engine-missing');
  });
});
