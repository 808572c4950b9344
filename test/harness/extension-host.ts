import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { launchChromium } from './chromium.ts';
import { VsCodeServer } from './server.ts';

/** What VS Code says about native modules that this install does without. */
const missingNatives = /spdlog|native-watchdog|Could not locate the bindings/;

/** One test that ran inside the extension host. */
export interface HostTest {
  readonly title: string;
  readonly state: 'passed' | 'failed' | 'skipped';
  /** How long it took, in milliseconds. */
  readonly ms: number;
  readonly error?: string;
}

/** What a suite that ran inside the extension host has to say. */
export interface HostResults {
  readonly tests: readonly HostTest[];
}

/** A suite to run inside the extension host; all paths are absolute. */
export interface HostRun {
  readonly version?: string;
  /** The folder of the extension under development. */
  readonly extension: string;
  /** The CommonJS file that exports `run()`. */
  readonly suite: string;
  /** The folder that the window opens. */
  readonly workspace: string;
  /** Where the suite writes its results; it learns the path from TEXT_ATTENTION_RESULTS. */
  readonly results: string;
  /** Milliseconds until the run is given up. */
  readonly limit: number;
  readonly onLog?: (text: string) => void;
}

/**
 * Runs a suite inside the extension host of a real VS Code and reads the results that it wrote.
 *
 * An extension host that is killed reports success, so only the results file counts: rejects when it is missing, when
 * its shape is wrong, or when the suite does not end in time.
 */
export async function runInExtensionHost(run: HostRun): Promise<HostResults> {
  await mkdir(dirname(run.results), { recursive: true });
  await rm(run.results, { force: true });
  const server = await VsCodeServer.start({
    ...(run.version === undefined ? {} : { version: run.version }),
    smokeTestDriver: true,
    env: { TEXT_ATTENTION_RESULTS: run.results },
  });
  try {
    const ended = await watch(server, run);
    const written = await readFile(run.results, 'utf8').catch(() => null);
    if (written === null) throw new Error(`The extension host ended (${ended}) without writing results.`);
    return checked(JSON.parse(written), ended);
  } finally {
    await server.stop();
  }
}

/** Opens the window that runs the suite; resolves with what the window reported, or that the time was up. */
async function watch(server: VsCodeServer, run: HostRun): Promise<string> {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const ended = new Promise<string>((resolve, reject) => {
      page.exposeFunction('codeAutomationExit', (code: number) => resolve(`exit code ${code}`)).catch(reject);
      page.once('crash', () => resolve('the page crashed'));
      setTimeout(() => resolve(`not within ${run.limit / 1000} s`), run.limit).unref();
    });
    await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => {
      const text = args.map(String).join(' ');
      if (!missingNatives.test(text)) run.onLog?.(`${type}: ${text}\n`);
    });
    await page.goto(
      server.open(run.workspace, [
        ['extensionDevelopmentPath', server.remote(run.extension)],
        ['extensionTestsPath', server.remote(run.suite)],
        ['skipWelcome', 'true'],
      ]),
      { timeout: run.limit },
    );
    return await ended;
  } finally {
    await browser.close();
  }
}

function checked(value: unknown, ended: string): HostResults {
  const { tests } = value as Partial<HostResults>;
  const known = ['passed', 'failed', 'skipped'];
  if (!Array.isArray(tests) || tests.length === 0 || !tests.every((test) => known.includes(test.state))) {
    throw new Error('The results of the extension host have not the shape {tests: [{title, state, ms, error?}]}.');
  }
  if (ended === 'exit code 0' || tests.some((test) => test.state === 'failed')) return { tests };
  return {
    tests: [
      ...tests,
      { title: 'the extension host', state: 'failed', ms: 0, error: `ended with ${ended} although no test failed` },
    ],
  };
}
