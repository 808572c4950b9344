import assert from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { whileLocked } from '../../../src/engine/store/lock.ts';
import type { DownloadProgress } from '../../../src/protocol/hub.ts';
import { encoderFiles } from '../../fixtures/hub-server/model.ts';
import type { ChildTask } from './child.ts';
import { assertStored, modelId, reasonFor, scene, weights, type Scene } from './scene.ts';

interface Told {
  readonly progress?: DownloadProgress;
  readonly state?: string;
  readonly reason?: unknown;
}

/** Starts a download in another process. */
function begin(test: TestContext, { server, store }: Scene): ChildProcess {
  const child = fork(join(import.meta.dirname, 'child.ts'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  test.after(() => void child.kill('SIGKILL'));
  child.send({ settings: { host: server.address }, model: modelId, store } satisfies ChildTask);
  return child;
}

async function told(child: ChildProcess, is: (message: Told) => boolean): Promise<Told> {
  return new Promise((resolve, reject) => {
    child.on('message', (message: Told) => {
      if (is(message)) resolve(message);
    });
    child.once('exit', () => reject(new Error('the process ended without saying so')));
  });
}

const slowly = [{ path: /model\.onnx/, fault: { kind: 'slow', piece: 100_000, pause: 50 } as const }];
const arriving = ({ progress }: Told): boolean => progress?.stage === 'downloading' && progress.done > 100_000;
const ended = ({ state, reason }: Told): boolean => state !== undefined || reason !== undefined;

describe('two processes and one model', () => {
  it('the second waits, says for whom, and finds the files there', async (test) => {
    const s = await scene(test, encoderFiles(2_000_000));
    s.server.faults = slowly;
    const first = begin(test, s);
    const done = told(first, ended);
    await told(first, arriving);
    const heard: DownloadProgress[] = [];
    await s.download(await s.plan(), { report: (progress) => heard.push(progress) });
    assert.deepEqual(await done, { state: 'complete' });
    assert.equal(heard[0]?.stage, 'waiting');
    assert.equal(heard[0].detail, `another window (process ${first.pid})`);
    assert.equal(s.server.bytesSent(weights), 2_000_000, 'every byte was sent once');
    assert.equal(s.server.requestsFor(weights).length, 1);
    await assertStored(s, [weights]);
  });

  it('the second says who downloads when it is not to wait, and its cancel ends the waiting', async (test) => {
    const s = await scene(test, encoderFiles(4_000_000));
    s.server.faults = slowly;
    const first = begin(test, s);
    await told(first, arriving);
    const plan = await s.plan();
    const reason = await reasonFor(s.download(plan, { whenLocked: 'refuse' }));
    assert.deepEqual(reason, { code: 'model-locked', model: modelId, by: `another window (process ${first.pid})` });
    const controller = new AbortController();
    const report = ({ stage }: DownloadProgress): void => {
      if (stage !== 'waiting') return;
      controller.abort();
    };
    assert.equal((await reasonFor(s.download(plan, { signal: controller.signal, report }))).code, 'cancelled');
    assert.equal(first.exitCode, null, 'the first still downloads');
  });

  it('the second takes over from a process that was killed, and goes on with its bytes', async (test) => {
    const s = await scene(test, encoderFiles(2_000_000));
    s.server.faults = slowly;
    const first = begin(test, s);
    await told(first, arriving);
    first.kill('SIGKILL');
    await once(first, 'exit');
    assert.ok(existsSync(join(s.store, modelId, 'main.lock')), 'it had no time to clear up');
    s.server.faults = [];
    const start = performance.now();
    await s.download(await s.plan());
    assert.ok(performance.now() - start < 20_000, 'the process is asked, not waited for until its lock is old');
    await assertStored(s, [weights]);
    assert.match(s.server.requestsFor(weights).at(-1)?.range ?? '', /^bytes=[1-9]\d*-$/);
  });
});

describe('a lock', () => {
  const lockOf = async (s: Scene, content: string): Promise<string> => {
    const path = join(s.store, 'a', 'b', 'main.lock');
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
    return path;
  };
  const { signal } = new AbortController();

  it('of a machine that has been silent is taken over, one that lives is not', async (test) => {
    const s = await scene(test);
    const path = await lockOf(s, JSON.stringify({ pid: process.pid, machine: 'elsewhere', key: 'k' }));
    const by = `another window (process ${process.pid} on elsewhere)`;
    assert.deepEqual(await reasonFor(whileLocked({ path, model: 'a/b', signal }, () => Promise.resolve())), {
      code: 'model-locked',
      model: 'a/b',
      by,
    });
    await utimes(path, new Date(), new Date(Date.now() - 120_000));
    assert.equal(await whileLocked({ path, model: 'a/b', signal }, () => Promise.resolve(7)), 7);
    assert.ok(!existsSync(path));
  });

  it('that nobody could have written counts as held until it is old', async (test) => {
    const s = await scene(test);
    for (const content of ['', '{"pid":', '{"pid":"x"}']) {
      const path = await lockOf(s, content);
      assert.equal(
        (await reasonFor(whileLocked({ path, model: 'a/b', signal }, () => Promise.resolve()))).code,
        'model-locked',
        content,
      );
      if (content === '') continue;
      await utimes(path, new Date(), new Date(Date.now() - 120_000));
      assert.equal(await whileLocked({ path, model: 'a/b', signal }, () => Promise.resolve(7)), 7, content);
    }
  });

  it('lets one in at a time, however many want it', async (test) => {
    const s = await scene(test);
    const path = await lockOf(s, JSON.stringify({ pid: 999_999_999, machine: hostname(), key: 'dead' }));
    let inside = 0;
    let most = 0;
    await Promise.all(
      Array.from({ length: 6 }, () =>
        whileLocked({ path, model: 'a/b', signal, waiting: () => undefined }, async () => {
          most = Math.max(most, ++inside);
          await new Promise(setImmediate);
          inside--;
        }),
      ),
    );
    assert.equal(most, 1);
  });

  it('that is lost stops what it was taken for', async (test) => {
    const s = await scene(test);
    const path = join(s.store, 'main.lock');
    const reason = await reasonFor(
      whileLocked({ path, model: 'a/b', signal }, async (held) => {
        await writeFile(path, JSON.stringify({ pid: process.pid, machine: 'elsewhere', key: 'other' }));
        await once(held, 'abort');
        held.throwIfAborted();
      }),
    );
    assert.equal(reason.code, 'model-locked');
    assert.ok(existsSync(path), 'the lock of the other stays');
  });
});
