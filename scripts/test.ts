import { rm } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { findChromium } from '../test/harness/chromium.ts';
import { oldestVersion } from '../test/harness/install.ts';
import { hostTests } from './testing/host-stage.ts';
import { check, nodeTests, resultsFolder, type Outcome, type Stage } from './testing/stage.ts';

/**
 * Every stage, in the order in which it runs: cheap ones first, and what needs the package after the package. Stages of
 * one group run side by side, those that keep one processor busy and no more than one: what only reads the sources, and
 * the two versions of VS Code. Limits end what hangs; a machine half as fast as others has to stay far below them.
 */
const groups: readonly (readonly Stage[])[] = [
  [
    check('lint', 'node_modules/eslint/bin/eslint.js', ['.', '--max-warnings', '0'], 10),
    check('format', 'node_modules/prettier/bin/prettier.cjs', ['--check', '.']),
    check('types', 'scripts/types.ts'),
  ],
  [check('build', 'scripts/build.ts')],
  [nodeTests('unit', ['test/unit/**/*.test.ts'], { minutes: 10 })],
  [nodeTests('engine', ['test/engine/**/*.test.ts'], { minutes: 25 })],
  [nodeTests('panel', ['test/ui/panel/**/*.test.ts'], { minutes: 40 })],
  [hostTests('host'), hostTests('host-old', oldestVersion)],
  [check('package', 'scripts/package.ts')],
  [workbenchTests('workbench'), workbenchTests('workbench-old', oldestVersion)],
];

const reportLimit = 12_000;

/** The tests that drive a whole VS Code with the packaged extension: the newest one, or the version that is named. */
function workbenchTests(name: string, version?: string): Stage {
  const env: Record<string, string> = version === undefined ? {} : { TEXT_ATTENTION_VSCODE_VERSION: version };
  // What the lesson's lines do is the same in an older one, how its editor draws them is not.
  const newestOnly = version === undefined ? [] : ['test/ui/lesson-editor.test.ts'];
  const exclude = ['test/ui/panel/**', ...newestOnly];
  return nodeTests(name, ['test/ui/**/*.test.ts'], { minutes: 40, concurrency: 1, exclude, env });
}

interface Done extends Outcome {
  readonly name: string;
  readonly seconds: number;
}

/** The stages that the person asked for with `--only unit,engine`, in their groups; all when nothing is asked. */
function chosen(): readonly (readonly Stage[])[] {
  const { values } = parseArgs({ options: { only: { type: 'string' } } });
  if (values.only === undefined) return groups;
  const names = values.only.split(',').map((name) => name.trim());
  const stages = groups.flat();
  const unknown = names.filter((name) => !stages.some((stage) => stage.name === name));
  if (unknown.length > 0) {
    throw new Error(
      `There is no stage called ${unknown.join(' or ')}; there are ${stages.map((stage) => stage.name).join(', ')}.`,
    );
  }
  return groups.map((group) => group.filter((stage) => names.includes(stage.name)));
}

/** Runs a stage; one that cannot say what it found counts as one failure. */
async function perform(stage: Stage): Promise<Done> {
  const start = performance.now();
  const outcome = await stage.run().catch((error: unknown): Outcome => {
    const report =
      error instanceof Error
        ? `${error.message}${error.cause instanceof Error ? `\n${error.cause.message}` : ''}\n`
        : String(error);
    return { passed: 0, failed: 1, skipped: 0, report };
  });
  const done = { ...outcome, name: stage.name, seconds: (performance.now() - start) / 1000 };
  console.log(line(done));
  if (done.failed > 0) {
    const cut = done.report.length > reportLimit;
    console.log(
      `${cut ? `… (the beginning is in test-results/${stage.name}.log)\n` : ''}${done.report.slice(-reportLimit)}`,
    );
  }
  return done;
}

function line({ name, passed, failed, skipped, seconds }: Done): string {
  const cells = [
    `${passed} passed`.padStart(12),
    `${failed} failed`.padStart(11),
    `${skipped} skipped`.padStart(12),
    `${seconds.toFixed(1)} s`.padStart(9),
  ];
  return `${name.padEnd(14)}${cells.join('')}`;
}

try {
  const wanted = chosen();
  if (wanted === groups) await rm(resultsFolder, { recursive: true, force: true });
  // Found, or installed, once for all stages that use it; those say themselves what is missing where there is none.
  const chromium = await findChromium().catch((error: unknown) => console.error(String(error)));
  if (chromium !== undefined) process.env['CHROMIUM'] = chromium;
  const start = performance.now();
  const done: Done[] = [];
  for (const group of wanted) done.push(...(await Promise.all(group.map(perform))));
  const seconds = (performance.now() - start) / 1000;
  const sum = (part: 'passed' | 'failed' | 'skipped'): number => done.reduce((total, one) => total + one[part], 0);
  console.log(
    `\n${done.map(line).join('\n')}\nin ${seconds.toFixed(0)} s; logs and screenshots are in ${resultsFolder}\n`,
  );
  console.log(`${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
  process.exitCode = sum('failed') === 0 ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
