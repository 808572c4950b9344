import { join } from 'node:path';
import { findChromium } from '../test/harness/chromium.ts';
import { ProcessGroup } from '../test/harness/process.ts';

/** Renews the golden pictures of the views, with which the panel's tests compare; look at every one that changed. */
const root = join(import.meta.dirname, '..');
const limit = 5 * 60_000;

const env = { ...process.env, CHROMIUM: await findChromium(), GOLDEN: 'renew' };
const { output, status } = await new ProcessGroup(
  process.execPath,
  ['--test', join(root, 'test', 'ui', 'panel', 'golden.test.ts')],
  { cwd: root, env },
).within(limit);
console.log(output);
process.exitCode = status ?? 1;
