import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import * as v from 'valibot';
import { AttentionError } from '../../core/errors/reason.ts';
import { decodeText } from '../files/decode-text.ts';
import { isNotFound } from '../files/json-file.ts';
import { pause } from '../process/patience.ts';
import { words } from '../../core/words/words.ts';

const holderSchema = v.object({
  pid: v.pipe(v.number(), v.integer(), v.minValue(1)),
  machine: v.string(),
  key: v.string(),
});
type Holder = v.InferOutput<typeof holderSchema>;

/** Milliseconds between two signs of life of a holder. */
const heartbeatInterval = 2_000;
/** Without a sign of life for so long, a holder counts as dead even where its process cannot be asked. */
const staleAfter = 60_000;
const look = 150;
/** How long is waited before the lock itself is named, so that a person can act. */
const patience = 15_000;

/** How to take a lock. */
export interface LockRequest {
  readonly path: string;
  /** What is locked, as messages name it. */
  readonly model: string;
  readonly signal: AbortSignal;
  /**
   * Hears who holds the lock while it is waited for; without it nothing is waited for, and `model-locked` is thrown.
   */
  readonly waiting?: ((by: string) => void) | undefined;
}

/**
 * Does something while no other process does it, on this machine or on another that shares the folder. A lock whose
 * holder is dead is taken over. The signal that `action` gets is also aborted when the lock is lost. Throws
 * `model-locked`, `cancelled`.
 */
export async function whileLocked<T>(request: LockRequest, action: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const holder: Holder = { pid: process.pid, machine: hostname(), key: randomUUID() };
  await take(request, holder);
  const lost = new AbortController();
  const alive = setInterval(() => void keep(request.path, holder, lost), heartbeatInterval);
  alive.unref();
  try {
    return await action(AbortSignal.any([request.signal, lost.signal]));
  } catch (thrown) {
    if (lost.signal.aborted && !request.signal.aborted)
      throw new AttentionError(
        { code: 'model-locked', model: request.model, by: words().details.store.window },
        { cause: thrown },
      );
    throw thrown;
  } finally {
    clearInterval(alive);
    if (!lost.signal.aborted && (await readHolder(request.path))?.key === holder.key)
      await rm(request.path, { force: true });
  }
}

async function take(request: LockRequest, holder: Holder): Promise<void> {
  const { path, model, signal, waiting } = request;
  const since = performance.now();
  while (!(await created(path, holder))) {
    if (signal.aborted) throw new AttentionError({ code: 'cancelled' });
    const other = await readHolder(path);
    if (other !== null && !(await isAlive(path, other))) {
      await removeDead(path, other);
      continue;
    }
    const by = other === null ? words().details.store.window : inWords(other);
    if (!waiting) throw new AttentionError({ code: 'model-locked', model, by });
    waiting(performance.now() - since < patience ? by : words().details.store.stale(by, path));
    await pause(look, signal);
  }
}

async function created(path: string, holder: Holder): Promise<boolean> {
  await mkdir(dirname(path), { recursive: true });
  try {
    const file = await open(path, 'wx');
    try {
      await file.writeFile(JSON.stringify(holder));
    } finally {
      await file.close();
    }
    return true;
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
    // The folder may be gone again (the last model in it was deleted).
    if (code === 'EEXIST' || code === 'ENOENT') return false;
    // Windows forbids what is being deleted; without a lock there it is the folder that forbids.
    if (
      code === 'EPERM' &&
      (await stat(path).then(
        () => true,
        (other: unknown) => !isNotFound(other),
      ))
    )
      return false;
    throw thrown;
  }
}

/**
 * Of several processes that find a dead holder one moves its lock away; whoever moved a living one by mistake puts it
 * back.
 */
async function removeDead(path: string, dead: Holder): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (thrown) {
    if (isNotFound(thrown)) return;
    throw thrown;
  }
  if ((await readHolder(aside))?.key === dead.key) await rm(aside, { recursive: true, force: true });
  else await rename(aside, path);
}

/** Null for a lock that is gone, or that is being written at this moment. */
async function readHolder(path: string): Promise<Holder | null> {
  try {
    const text = decodeText(await readFile(path));
    const parsed = text === '' ? null : v.safeParse(holderSchema, JSON.parse(text));
    // What nobody could have written is nobody's: it counts as dead after {@link staleAfter}.
    return parsed === null ? await abandoned(path) : parsed.success ? parsed.output : await abandoned(path);
  } catch (thrown) {
    return isNotFound(thrown) ? null : abandoned(path);
  }
}

async function abandoned(path: string): Promise<Holder | null> {
  return (await age(path)) > staleAfter ? { pid: 1, machine: '', key: '' } : null;
}

async function isAlive(path: string, holder: Holder): Promise<boolean> {
  if (holder.machine === hostname() && !isRunning(holder.pid)) return false;
  return (await age(path)) <= staleAfter;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return thrown instanceof Error && 'code' in thrown && thrown.code === 'EPERM';
  }
}

async function age(path: string): Promise<number> {
  try {
    // The distance: where the clock was set back, a dead holder's lock lies in the future.
    return Math.abs(Date.now() - (await stat(path)).mtimeMs);
  } catch (thrown) {
    if (isNotFound(thrown)) return 0;
    throw thrown;
  }
}

/** A sign of life, as long as the lock is still one's own. */
async function keep(path: string, holder: Holder, lost: AbortController): Promise<void> {
  try {
    if ((await readHolder(path))?.key !== holder.key) {
      lost.abort();
      return;
    }
    const now = new Date();
    await utimes(path, now, now);
  } catch {
    // A heartbeat that fails is no harm: the next one comes soon, and after a minute of failures others may take the
    // lock over.
  }
}

function inWords({ pid, machine }: Holder): string {
  return words().details.store.process(pid, machine === hostname() ? null : machine);
}
