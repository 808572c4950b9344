import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { test } from 'node:test';

const file = join(import.meta.dirname, '..', 'fixtures', 'engine', 'fails.ts');

function run(what: string): { status: number | null; said: unknown[]; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [file, what], { encoding: 'utf8', timeout: 60_000 });
  return {
    status,
    said: stdout
      .trim()
      .split('\n')
      .filter((line) => line !== '')
      .map((line): unknown => JSON.parse(line)),
    stderr,
  };
}

const unexpected = (detail: string, stack = true): object => ({ reason: { code: 'unexpected', detail }, stack });

test('what nobody awaits or catches is told once, with its stack for the log, and the process ends with 1', () => {
  assert.deepEqual(run('rejection'), { status: 1, said: [unexpected('nobody awaits this')], stderr: '' });
  assert.deepEqual(run('exception'), { status: 1, said: [unexpected('nobody catches this')], stderr: '' });
  assert.deepEqual(run('nothing'), { status: 1, said: [unexpected('undefined', false)], stderr: '' });
});

test('the process ends, too, when telling takes for ever or fails', () => {
  assert.equal(run('deaf').status, 1);
  assert.equal(run('worse').status, 1);
});

test('a reader that goes away ends nothing', async () => {
  const child = spawn(process.execPath, [file, 'unlistened'], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  const [errors, [status]] = await Promise.all([textOf(child.stderr), once(child, 'exit')]);
  assert.deepEqual([status, errors], [0, '']);
});
