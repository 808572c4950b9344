import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Checks the types of every room by itself, so that no room sees another's globals. */
const root = join(import.meta.dirname, '..');
const config = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8')) as { references: { path: string }[] };
const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
let failed = false;
for (const { path } of config.references) {
  const run = spawnSync(process.execPath, [tsc, '-p', join(root, path)], { stdio: 'inherit' });
  if (run.status !== 0) {
    failed = true;
    console.error(`types: ${path} failed`);
  }
}
process.exitCode = failed ? 1 : 0;
