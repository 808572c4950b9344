import { fork, type ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import * as v from 'valibot';
import { describeEnd } from '../../core/errors/process-end.ts';
import { AttentionError, reasonOf, type Reason } from '../../core/errors/reason.ts';
import { reasonSchema } from '../../protocol/reason-schema.ts';
import { lastResort, stackOf } from '../process/last-resort.ts';
import { partOf } from './output.ts';
import { endWithParent } from '../process/parent-watch.ts';

/** Marks the process that does the work; holds the number of the one that supervises it. */
const mark = 'TEXT_ATTENTION_WORKER_OF';
/** How much of what a worker writes to standard error tells what it died of, in characters. */
const tailLength = 4000;

/** How a worker's run ended: its exit status, or why it failed with a stack for the log. */
const endSchema = v.union([
  v.object({ status: v.number() }),
  v.object({ reason: reasonSchema, stack: v.nullable(v.string()) }),
]);
type End = v.InferOutput<typeof endSchema>;

/** Work to be done by a process of its own. */
export interface Task {
  /** This program. */
  readonly file: string;
  readonly args: readonly string[];
  /** The file that the work writes, if it does. */
  readonly out: string | undefined;
  readonly signal: AbortSignal;
  /** Takes details of what goes wrong. */
  readonly note: (details: string) => void;
}

/**
 * Does work in a process of its own, with this one's input and output, and gives its exit status: only so can Ctrl-C
 * end a thread that is busy in a regular expression or in native code. Nothing of an unfinished file is left. Throws
 * `cancelled`, the reason that the work failed for, and `engine-died`.
 */
export async function supervise({ file, args, out, signal, note }: Task): Promise<number> {
  const child = fork(file, args, {
    stdio: ['inherit', 'inherit', 'pipe', 'ipc'],
    env: { ...process.env, [mark]: String(process.pid) },
  });
  const kill = (): void => void child.kill('SIGKILL');
  signal.addEventListener('abort', kill);
  if (signal.aborted) kill();
  try {
    const { end, death } = await ended(child, note);
    if (signal.aborted) throw new AttentionError({ code: 'cancelled' });
    if (end === null) throw new AttentionError({ code: 'engine-died', detail: death });
    if ('status' in end) return end.status;
    if (end.stack !== null) note(end.stack);
    throw new AttentionError(end.reason);
  } finally {
    signal.removeEventListener('abort', kill);
    if (out !== undefined) rmSync(partOf(out, process.pid), { force: true });
  }
}

function ended(child: ChildProcess, note: (details: string) => void): Promise<{ end: End | null; death: string }> {
  let end: End | null = null;
  let tail = '';
  child.on('message', (message) => {
    const parsed = v.safeParse(endSchema, message);
    if (parsed.success) end = parsed.output;
  });
  child.stderr
    ?.on('error', () => undefined)
    .setEncoding('utf8')
    .on('data', (text: string) => {
      tail = (tail + text).slice(-tailLength);
      note(text);
    });
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ end, death: error.message }));
    child.once('close', (code, signal) => resolve({ end, death: describeEnd(code, signal, tail) }));
  });
}

/** The process that supervises this one; null where this one was started by hand. */
export function supervisor(env: Readonly<Record<string, string | undefined>>): number | null {
  return process.connected && env[mark] !== undefined ? Number(env[mark]) : null;
}

/** Does the work that a supervisor wants, and tells it how that ended. */
export async function work(run: () => Promise<number>): Promise<void> {
  // A terminal sends these to the whole group; the supervisor is who acts on them.
  for (const name of ['SIGINT', 'SIGHUP'] as const) process.on(name, () => undefined);
  lastResort((reason, stack) => tell({ reason, stack }));
  endWithParent();
  const end = await run().then(
    (status): End => ({ status }),
    (thrown: unknown): End => {
      const reason: Reason = reasonOf(thrown);
      return { reason, stack: reason.code === 'unexpected' ? stackOf(thrown) : null };
    },
  );
  await tell(end);
  process.exitCode = 'status' in end ? end.status : 1;
  // Listening for its end keeps the channel, and so this process, alive.
  process.channel?.unref();
}

function tell(end: End): Promise<void> {
  return new Promise((resolve) => {
    if (process.send) process.send(end, undefined, undefined, () => resolve());
    else resolve();
  });
}
