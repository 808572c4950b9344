import { join } from 'node:path';
import { ProcessGroup } from '../test/harness/process.ts';
import { VsCodeServer } from '../test/harness/server.ts';
import { build } from './build.ts';

const root = join(import.meta.dirname, '..');
const samples = join(root, 'samples');
const sample = join(samples, 'first-steps.md');
const patience = 30_000;

/**
 * Opens the person's own VS Code on the samples; false when there is none, or, after a sentence, when it does not want
 * to.
 */
async function openOwn(): Promise<boolean> {
  const command = process.platform === 'win32' ? 'code.cmd' : 'code';
  const args = [`--extensionDevelopmentPath=${root}`, '--new-window', samples, sample];
  const ended = await new ProcessGroup(command, args).within(patience);
  if (ended.status === 0) return true;
  if (!ended.output.includes('ENOENT')) console.log(`Your own VS Code did not open:\n${ended.output.trim()}`);
  return false;
}

/** Starts the VS Code of the tests, says where it is, and keeps it until this process is asked to end. */
async function serve(): Promise<void> {
  const server = await VsCodeServer.start({ linked: [root] });
  const address = server.open(samples, [['openFile', server.remote(sample)]]);
  console.log(
    `\nA VS Code with Text Attention and a sample text runs here; open this address in a browser:\n\n  ${address}\n`,
  );
  console.log('Ctrl+C ends it.');
  await server.ended;
}

try {
  await build({ production: false });
  if (await openOwn())
    console.log(
      'Your VS Code opens a window with Text Attention. Select a sentence and run “Attention: Show Attention”.',
    );
  else await serve();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
