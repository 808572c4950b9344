import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { downloadAndUnzipVSCode, runTests, SilentReporter } from '@vscode/test-electron';
import type { HostResults } from '../test/harness/extension-host.ts';
import { build } from './build.ts';

const root = join(import.meta.dirname, '..');
const results = join(root, 'test-results', 'desktop.json');
const version = '1.139.1';
const downloadLimit = 10 * 60_000;
const runLimit = 5 * 60_000;

/** Rejects with a sentence when something takes too long. */
function within<T>(what: string, limit: number, work: Promise<T>): Promise<T> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error(`${what} took longer than ${limit / 60_000} minutes.`)), limit).unref();
  });
  return Promise.race([work, late]);
}

async function download(): Promise<string> {
  console.log(
    `The desktop run uses the VS Code ${version} that Microsoft publishes; it needs the open internet to download it.`,
  );
  try {
    const options = { version, cachePath: join(root, '.vscode-test', 'desktop'), reporter: new SilentReporter() };
    return await within('The download', downloadLimit, downloadAndUnzipVSCode(options));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(
      `VS Code could not be downloaded (${why}). This run needs the open internet; “npm test” does without.`,
      { cause: error },
    );
  }
}

async function run(): Promise<boolean> {
  await build({ production: false });
  const vscodeExecutablePath = await download();
  await rm(results, { force: true });
  const workspace = await mkdtemp(join(tmpdir(), 'text-attention-workspace-'));
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const ended = await within(
    'The tests',
    runLimit,
    runTests({
      vscodeExecutablePath,
      extensionDevelopmentPath: root,
      extensionTestsPath: join(root, 'dist-test', 'host', 'index.cjs'),
      extensionTestsEnv: { TEXT_ATTENTION_RESULTS: results },
      launchArgs: [workspace, '--disable-extensions', '--disable-gpu', ...sandbox],
    }),
  ).catch((error: unknown) => String(error));
  const written = await readFile(results, 'utf8').catch(() => null);
  if (written === null)
    throw new Error(
      `VS Code ended (${ended}) without results; without a screen it needs one, ` +
        'such as “xvfb-run npm run test:desktop”.',
    );
  const { tests } = JSON.parse(written) as HostResults;
  for (const test of tests)
    console.log(`${test.state.padEnd(8)}${test.title}${test.error === undefined ? '' : `\n        ${test.error}`}`);
  const count = (state: string): number => tests.filter((test) => test.state === state).length;
  console.log(`${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`);
  return count('failed') === 0 && count('passed') > 0;
}

try {
  process.exit((await run()) ? 0 : 1);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
