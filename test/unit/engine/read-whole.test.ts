import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { test } from 'node:test';

const module = pathToFileURL(join(import.meta.dirname, '../../../src/engine/files/read-whole.ts')).href;

/** Looks at standard input, which makes a pipe non-blocking, says so, and then reads all of it. */
const reader = `import { readWhole } from ${JSON.stringify(module)};
process.stdin;
process.stdout.write('ready\\n');
process.stdout.write(readWhole(0).toString());`;

test('a pipe is read to its end, however late its bytes come', async () => {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', reader]);
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    // Nothing is written before the reader looks: it finds an empty pipe.
    if (said === '') child.stdin.write('the cat\n', () => child.stdin.end('ate'.repeat(100_000)));
    said += text;
  });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  await once(child, 'close');
  assert.equal(complaint, '');
  assert.equal(said, `ready\nthe cat\n${'ate'.repeat(100_000)}`);
});
