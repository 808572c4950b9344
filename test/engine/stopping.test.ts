import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { after, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { bundle, injected } from './support/engine-process.ts';
import { fixtureModels } from './support/models.ts';

const text = 'the cat ate';
const place = mkdtempSync(join(tmpdir(), 'stopping-'));
const started: ChildProcess[] = [];
const workers: number[] = [];
after(() => {
  for (const child of started) child.kill('SIGKILL');
  for (const worker of workers) if (isRunning(worker)) process.kill(worker, 'SIGKILL');
  rmSync(place, { recursive: true });
});

/** Waits until something holds; fails with its name after a minute. */
async function until(what: string, holds: () => boolean): Promise<void> {
  for (const end = Date.now() + 60_000; !holds();) {
    assert.ok(Date.now() < end, `in vain until ${what}`);
    await delay(20);
  }
}

/** More than a second, which is what a person is promised: machines that run tests are slow. */
const soon = 5000;

/** Code that says that it is there, with its process's number, and then never lets the thread go. */
const busy = (marker: string, how: string): string =>
  `{ require('node:fs').writeFileSync(${JSON.stringify(marker)}, String(process.pid)); ${how} }`;
const ways = {
  'a pattern that backtracks': "/^(?:a+)+$/.test('a'.repeat(60) + 'b');",
  'a loop': 'for (;;);',
  'native code that waits': 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);',
};

/** Runs the command line with code that blocks the thread of the process that does the work where `where` says. */
function start(args: readonly string[], code: string): ChildProcess {
  const guarded =
    `import { createRequire } from 'node:module'; const require = createRequire('file:///'); ` +
    `if (process.env.TEXT_ATTENTION_WORKER_OF) { ${code} }`;
  const child = spawn(process.execPath, [bundle('cli.cjs'), ...args], {
    env: { ...process.env, TEXT_ATTENTION_MODELS: fixtureModels, ...injected(guarded) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  return child;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // What has ended but was not collected by its new parent yet has no memory any more.
    return process.platform !== 'linux' || !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

async function marked(marker: string): Promise<number> {
  await until('the worker is busy', () => existsSync(marker) && readFileSync(marker, 'utf8') !== '');
  const worker = Number(readFileSync(marker, 'utf8'));
  workers.push(worker);
  return worker;
}

async function stopped(
  child: ChildProcess,
  signal: NodeJS.Signals,
): Promise<{ status: number; out: string; errors: string; took: number }> {
  assert.ok(child.stdout && child.stderr);
  const start = performance.now();
  child.kill(signal);
  const [out, errors, [status]] = await Promise.all([textOf(child.stdout), textOf(child.stderr), once(child, 'exit')]);
  return { status, out, errors, took: performance.now() - start };
}

describe('a run whose thread is busy', { skip: process.platform === 'win32' && 'Windows has no signals' }, () => {
  let marks = 0;
  const newMarker = (): string => join(place, `marker-${marks++}`);

  for (const [name, how] of Object.entries(ways)) {
    for (const [signal, expected] of name === 'a loop'
      ? ([
          ['SIGINT', 130],
          ['SIGTERM', 143],
          ['SIGHUP', 129],
        ] as const)
      : ([['SIGINT', 130]] as const)) {
      it(`with ${name} ends on ${signal}`, async () => {
        const marker = newMarker();
        const child = start(['--model', 'tiny-encoder', text], `setImmediate(() => ${busy(marker, how)})`);
        const worker = await marked(marker);
        const { status, out, errors, took } = await stopped(child, signal);
        assert.deepEqual({ status, out, errors }, { status: expected, out: '', errors: 'Stopped.\n' });
        assert.ok(took < soon, `${took} ms`);
        assert.ok(!isRunning(worker));
      });
    }
  }

  it('leaves no part of the file that it was writing, and the old file', async () => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      const marker = newMarker();
      const folder = mkdtempSync(join(place, 'out-'));
      const out = join(folder, 'a.json');
      writeFileSync(out, 'old');
      const child = start(
        ['--model', 'tiny-encoder', '--format', 'json', '--out', out, text],
        `require('node:fs').renameSync = () => ${busy(marker, 'for (;;);')};`,
      );
      await marked(marker);
      assert.equal(readdirSync(folder).length, 2, 'the part is there');
      await stopped(child, signal);
      assert.deepEqual(readdirSync(folder), ['a.json']);
      assert.equal(readFileSync(out, 'utf8'), 'old');
    }
  });

  it('ends by itself when the process that a person started is killed', async () => {
    const marker = newMarker();
    const child = start(
      ['--model', 'tiny-encoder', text],
      `setImmediate(() => ${busy(marker, ways['native code that waits'])})`,
    );
    const worker = await marked(marker);
    child.kill('SIGKILL');
    await until('the worker has ended', () => !isRunning(worker));
  });

  it('that is killed itself is told in one sentence, with exit code 1', async () => {
    const marker = newMarker();
    const child = start(['check', '--model', 'tiny-encoder', text], `setImmediate(() => ${busy(marker, 'for (;;);')})`);
    const worker = await marked(marker);
    process.kill(worker, 'SIGSEGV');
    assert.ok(child.stdout && child.stderr);
    const [out, errors, [status]] = await Promise.all([
      textOf(child.stdout),
      textOf(child.stderr),
      once(child, 'exit'),
    ]);
    assert.deepEqual({ out, status }, { out: '', status: 1 });
    assert.match(
      errors,
      /^The model process ended in the middle of a run: it crashed \(signal SIGSEGV\)\. Run it again\. [^\n]*\n$/,
    );
  });
});

describe('an error that nothing catches in the command line', () => {
  it('is one sentence, exit code 1, and a stack in the file that TEXT_ATTENTION_LOG names', async () => {
    for (const where of ['TEXT_ATTENTION_WORKER_OF', 'TEXT_ATTENTION_MODELS']) {
      const log = join(place, `log-${where}`);
      const code = `if (process.env.${where}) setImmediate(() => { throw new TypeError('injected'); });`;
      const child = spawn(process.execPath, [bundle('cli.cjs'), '--model', 'tiny-encoder', text], {
        env: { ...process.env, TEXT_ATTENTION_MODELS: fixtureModels, TEXT_ATTENTION_LOG: log, ...injected(code) },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const [out, errors, [status]] = await Promise.all([
        textOf(child.stdout),
        textOf(child.stderr),
        once(child, 'exit'),
      ]);
      assert.deepEqual({ out, status }, { out: '', status: 1 }, where);
      assert.match(errors, /^Text Attention had an unexpected error: injected\. [^\n]*TEXT_ATTENTION_LOG[^\n]*\n$/);
      assert.match(readFileSync(log, 'utf8'), /TypeError: injected\n +at /);
    }
  });
});
