import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, afterEach, before, type TestContext } from 'node:test';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../../harness/chromium.ts';
import { VsCodeServer } from '../../harness/server.ts';
import { Workbench } from '../../harness/workbench.ts';

const root = join(import.meta.dirname, '..', '..', '..');

/** The text that the tests work in: a copy of the sample that a newcomer sees first. */
export const sample = 'first-steps.md';
export const sentence = 'The cat that was hungry ate the fish.';

/** A VS Code with the packaged extension installed, and its window. */
export interface Session {
  readonly server: VsCodeServer;
  readonly workbench: Workbench;
  /** The folder that the window shows; it goes with the session. */
  readonly folder: string;
}

/** The package of this machine's platform; rejects when it was not made. */
async function packaged(): Promise<string> {
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  const path = join(root, `text-attention-${process.platform}-${process.arch}-${version}.vsix`);
  if (!existsSync(path)) throw new Error(`${path} is not there; “npm run package” makes it.`);
  return path;
}

/**
 * One session for all tests of a file, in the newest VS Code or in the one that TEXT_ATTENTION_VSCODE_VERSION names,
 * with `files` (contents by path) in its folder beside the sample. When a test fails, its window is kept as a picture
 * in test-results/screenshots.
 */
export function session(files: Readonly<Record<string, string>> = {}): () => Session {
  let browser: Browser | undefined;
  let folder: string | undefined;
  let server: VsCodeServer | undefined;
  let workbench: Workbench | undefined;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'text-attention-ui-'));
    await cp(join(root, 'samples'), folder, { recursive: true });
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), content);
    }
    const version = process.env['TEXT_ATTENTION_VSCODE_VERSION'];
    server = await VsCodeServer.start({ ...(version === undefined ? {} : { version }), packages: [await packaged()] });
    browser = await launchChromium();
    workbench = await Workbench.open(browser, server, folder, sample);
  });
  afterEach(async (context) => {
    // The types of Node 24 leave out whether the test has passed.
    const test = context as TestContext & { passed?: boolean };
    if (test.passed !== true) await workbench?.picture(`failed ${test.name.replaceAll(/[^\p{L}\p{N}]+/gu, '-')}`);
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  });
  return () => {
    if (!server || !workbench || folder === undefined) throw new Error('VS Code has not started.');
    return { server, workbench, folder };
  };
}
