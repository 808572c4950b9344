import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ProcessGroup } from '../../test/harness/process.ts';

export const root = join(import.meta.dirname, '..', '..');

/** Where logs, counts and screenshots of a test run lie. */
export const resultsFolder = join(root, 'test-results');

/** How many tests of a stage passed, failed and were skipped. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** What a stage found, and what a person should read of it when something failed. */
export interface Outcome extends Counts {
  readonly report: string;
}

/** A part of the whole test run. `run` rejects with a sentence when the stage could not say what it found. */
export interface Stage {
  readonly name: string;
  run(): Promise<Outcome>;
}

const minute = 60_000;

/** A stage that is one check: a script that passes when it ends with status 0. */
export function check(name: string, script: string, args: readonly string[] = [], minutes = 5): Stage {
  return {
    name,
    async run() {
      const { ok, report } = await runScript(name, [script, ...args], minutes);
      return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0, report };
    },
  };
}

/** Limits of a stage of node:test files, what it leaves out, and variables that its tests see. */
interface NodeTestOptions {
  readonly minutes: number;
  readonly concurrency?: number;
  readonly exclude?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** A stage of node:test files, named by globs relative to the root. */
export function nodeTests(name: string, globs: readonly string[], options: NodeTestOptions): Stage {
  return {
    name,
    async run() {
      const counts = join(resultsFolder, `${name}.json`);
      await rm(counts, { force: true });
      const exclude = (options.exclude ?? []).flatMap((glob) => ['--exclude', glob]);
      const args = [
        'scripts/testing/node-tests.ts',
        '--counts',
        counts,
        '--concurrency',
        String(options.concurrency ?? 2),
        ...exclude,
        ...globs,
      ];
      const { ok, report } = await runScript(name, args, options.minutes, options.env);
      const written = await readFile(counts, 'utf8').catch(() => null);
      if (written === null) return { passed: 0, failed: 1, skipped: 0, report };
      const found = JSON.parse(written) as Counts;
      return { ...found, failed: ok ? found.failed : Math.max(1, found.failed), report };
    },
  };
}

/** Where Node keeps sources that it compiled or took the types off: hundreds of test processes load the same ones. */
const compiled = join(root, 'node_modules', '.cache', 'text-attention-tests');

/**
 * Runs a script of the project with this Node, within a time limit, and keeps what it wrote in test-results/NAME.log.
 */
async function runScript(
  name: string,
  args: readonly string[],
  minutes: number,
  extra: Readonly<Record<string, string>> = {},
): Promise<{ ok: boolean; report: string }> {
  const env = { NODE_COMPILE_CACHE: compiled, ...process.env, ...extra };
  const ended = await new ProcessGroup(process.execPath, args, { cwd: root, env }).within(minutes * minute);
  const late = ended.timedOut ? `\n${name} was ended: it took longer than ${minutes} minutes.\n` : '';
  const report = ended.output + late;
  await keepLog(name, report);
  return { ok: ended.status === 0 && !ended.timedOut, report };
}

/** Writes test-results/NAME.log. */
export async function keepLog(name: string, text: string): Promise<void> {
  await mkdir(resultsFolder, { recursive: true });
  await writeFile(join(resultsFolder, `${name}.log`), text);
}
