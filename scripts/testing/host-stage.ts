import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInExtensionHost } from '../../test/harness/extension-host.ts';
import { keepLog, resultsFolder, root, type Outcome, type Stage } from './stage.ts';

const limit = 40 * 60_000;

/** The suites of test/host inside the extension host of a real VS Code, in an empty workspace of their own. */
export function hostTests(name: string, version?: string): Stage {
  return { name, run: () => run(name, version) };
}

async function run(name: string, version?: string): Promise<Outcome> {
  const workspace = await mkdtemp(join(tmpdir(), 'text-attention-workspace-'));
  let log = '';
  try {
    const { tests } = await runInExtensionHost({
      ...(version === undefined ? {} : { version }),
      extension: root,
      suite: join(root, 'dist-test', 'host', 'index.cjs'),
      workspace,
      results: join(resultsFolder, `${name}.json`),
      limit,
      onLog: (text) => {
        log += text;
      },
    });
    const count = (state: string): number => tests.filter((test) => test.state === state).length;
    const report = tests
      .map(
        (test) =>
          `${test.state.padEnd(8)}${test.title}${test.error === undefined ? '' : `\n        ${test.error.replaceAll('\n', '\n        ')}`}`,
      )
      .join('\n');
    return { passed: count('passed'), failed: count('failed'), skipped: count('skipped'), report: `${report}\n` };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { passed: 0, failed: 1, skipped: 0, report: `${log.slice(-6000)}\n${why}\n` };
  } finally {
    await keepLog(name, log);
    await rm(workspace, { recursive: true, force: true });
  }
}
