import { writeFile } from 'node:fs/promises';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type Mocha from 'mocha';

interface Result {
  readonly title: string;
  readonly state: 'passed' | 'failed' | 'skipped';
  readonly ms: number;
  readonly error?: string;
}

/**
 * Runs every suite beside this file, writes what came of it to TEXT_ATTENTION_RESULTS, and rejects when a test failed.
 */
export async function run(): Promise<void> {
  const file = process.env['TEXT_ATTENTION_RESULTS'];
  if (!file) throw new Error('TEXT_ATTENTION_RESULTS must name the file for the results.');
  // An import that runs later gives the class itself on every Node: a module of this format that is required comes
  // wrapped on Node 20.
  const { default: Runner } = await import('mocha');
  const mocha = new Runner({ ui: 'bdd', timeout: 60_000, grep: process.env['TEXT_ATTENTION_GREP'] ?? '' });
  for (const name of readdirSync(__dirname)
    .filter((one) => one.endsWith('.test.cjs'))
    .sort())
    mocha.addFile(join(__dirname, name));
  const tests = await resultsOf(mocha);
  await writeFile(file, JSON.stringify({ tests }, null, 2));
  const failed = tests.filter(({ state }) => state === 'failed');
  if (failed.length > 0)
    throw new Error(`${failed.length} tests failed: ${failed.map(({ title }) => title).join('; ')}`);
}

function resultsOf(mocha: Mocha): Promise<Result[]> {
  const tests: Result[] = [];
  return new Promise((resolve) => {
    const runner = mocha.run(() => resolve(tests));
    runner.on('pass', (test) => tests.push({ title: test.fullTitle(), state: 'passed', ms: test.duration ?? 0 }));
    runner.on('pending', (test) => tests.push({ title: test.fullTitle(), state: 'skipped', ms: 0 }));
    // A hook that fails counts too: it is what kept tests from running.
    runner.on('fail', (test, error: Error) =>
      tests.push({
        title: test.fullTitle(),
        state: 'failed',
        ms: test.duration ?? 0,
        error: error.stack ?? error.message,
      }),
    );
  });
}
