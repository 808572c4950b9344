import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { ProcessGroup } from '../test/harness/process.ts';

/**
 * Checks the types of every room by itself, so that no room sees another's globals. With the compiler of TypeScript 7,
 * which needs a third of the time; lint still needs the library of TypeScript 6.
 */
const root = join(import.meta.dirname, '..');
const config = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8')) as { references: { path: string }[] };
const tsc = join(root, 'node_modules', 'typescript-7', 'bin', 'tsc');
const limit = 5 * 60_000;

const rooms = config.references.map(({ path }) => path);

async function worker(): Promise<void> {
  for (let room = rooms.shift(); room !== undefined; room = rooms.shift()) {
    const ended = await new ProcessGroup(process.execPath, [tsc, '-p', join(root, room)], { cwd: root }).within(limit);
    if (ended.status === 0) continue;
    process.exitCode = 1;
    console.error(`${ended.output}types: ${room} failed`);
  }
}

await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, worker));
