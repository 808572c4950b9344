import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { kinds } from '../test/fuzz/classes.ts';

/**
 * Feeds mutated graphs, tokenizers, configurations and manifests to the code that reads them: 100,000 of each, with a
 * new seed. Usage: npm run nightly [-- --kind graphs --seed 7 --from 0 --count 100000]. What fails is told with the
 * command that repeats it.
 */
const root = join(import.meta.dirname, '..');
/** Cases in one process: what leaks shows, and what kills the process costs little. */
const batch = 5000;
/** Megabytes that reading anything may take, and those of the heap that make Node give up before. */
const maxMegabytes = 1000;
const heap = 700;
/** Minutes in which one case must end, on however busy a machine. */
const patience = 5;

interface Told {
  readonly taken: number;
  readonly refused: number;
  readonly failures: readonly { readonly number: number; readonly why: string }[];
  readonly slowest: number;
  readonly megabytes: number;
}

const text = { type: 'string' } as const;
const { values } = parseArgs({ options: { kind: text, seed: text, from: text, count: text } });
const seed = Number(values.seed ?? randomInt(2 ** 31));
const [first, count] = [Number(values.from ?? 0), Number(values.count ?? 100_000)];
const folder = await mkdtemp(join(tmpdir(), 'text-attention-nightly-'));
let failed = 0;
try {
  console.log(`seed ${seed}`);
  for (const kind of values.kind === undefined ? Object.keys(kinds) : [values.kind]) await runKind(kind);
} finally {
  await rm(folder, { recursive: true, force: true });
}
console.log(failed === 0 ? 'nothing failed' : `${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

async function runKind(kind: string): Promise<void> {
  let [taken, refused, slowest, megabytes] = [0, 0, 0, 0];
  for (let from = first; from < first + count;) {
    const size = Math.min(batch, first + count - from);
    const told = await runBatch(kind, from, size);
    if (typeof told === 'number') {
      fail(kind, told, 'the process died, or did not come to an end');
      from = told + 1;
      continue;
    }
    for (const { number, why } of told.failures) fail(kind, number, why);
    if (told.megabytes > maxMegabytes)
      fail(kind, from, `${told.megabytes} MB of memory for cases ${from} to ${from + size - 1}`);
    taken += told.taken;
    refused += told.refused;
    slowest = Math.max(slowest, told.slowest);
    megabytes = Math.max(megabytes, told.megabytes);
    from += size;
  }
  console.log(
    `${kind}: ${taken} taken, ${refused} refused with a sentence; slowest ${slowest.toFixed(2)} s, ` +
      `at most ${megabytes} MB`,
  );
}

function fail(kind: string, number: number, why: string): void {
  failed++;
  console.log(
    `${kind} ${number}: ${why}\n  again: npm run nightly -- --kind ${kind} --seed ${seed} --from ${number} --count 1`,
  );
}

/** Runs some cases in a process of their own; gives what it tells, or the case that it did not come back from. */
async function runBatch(kind: string, from: number, size: number): Promise<Told | number> {
  const progress = join(folder, 'case');
  const args = [
    `--max-old-space-size=${heap}`,
    'test/fuzz/main.ts',
    '--kind',
    kind,
    '--seed',
    String(seed),
    '--from',
    String(from),
    '--count',
    String(size),
    '--progress',
    progress,
  ];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  const current = async (): Promise<number> => Number(await readFile(progress, 'utf8').catch(() => from));
  let [output, last, since] = ['', -1, 0];
  child.stdout.on('data', (piece: Buffer) => {
    output += piece.toString();
  });
  const watch = setInterval(() => {
    void current().then((now) => {
      since = now === last ? since + 1 : 0;
      last = now;
      if (since >= patience * 4) child.kill('SIGKILL');
    });
  }, 15_000);
  await new Promise<void>((resolve) => child.once('close', () => resolve()));
  clearInterval(watch);
  try {
    return JSON.parse(output) as Told;
  } catch {
    return current();
  }
}
