import { globSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { parseArgs } from 'node:util';

/**
 * Runs test files with node:test and writes exact counts as JSON `{passed, failed, skipped}`.
 *
 * Usage: node node-tests.ts --counts FILE [--concurrency N] [--exclude GLOB]... GLOB... (globs are relative to the root).
 */
const root = join(import.meta.dirname, '..', '..');
/** Milliseconds that one file may take. */
const fileLimit = 600_000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    counts: { type: 'string' },
    concurrency: { type: 'string', default: '2' },
    exclude: { type: 'string', multiple: true, default: [] },
  },
});
const { counts: countsFile, exclude } = values;
if (countsFile === undefined) throw new Error('node-tests: --counts FILE is missing');

const files = globSync(positionals, { cwd: root, exclude }).sort();
if (files.length === 0) {
  console.error(`No test file matches ${positionals.join(' ')}.`);
  process.exitCode = 1;
} else {
  const stream = run({
    cwd: root,
    files: files.map((file) => join(root, file)),
    concurrency: Number(values.concurrency),
    timeout: fileLimit,
  });
  stream.on('test:summary', ({ file, counts }) => {
    if (file !== undefined) return;
    const { passed, skipped, todo, tests } = counts;
    mkdirSync(dirname(countsFile), { recursive: true });
    writeFileSync(
      countsFile,
      JSON.stringify({ passed, failed: tests - passed - skipped - todo, skipped: skipped + todo }),
    );
    if (tests > passed + skipped + todo) process.exitCode = 1;
  });
  stream.compose(spec).pipe(process.stdout);
}
