import type { IncomingMessage } from 'node:http';
import { AttentionError } from '../../core/errors/reason.ts';
import type { PlannedFile } from '../../protocol/hub.ts';
import { isWebPage } from '../files/impostor.ts';
import { messageOf } from '../files/json-file.ts';
import { diskFailure } from '../store/disk.ts';
import { describe, detailOf } from './failure.ts';
import type { Hub } from './hub.ts';
import { fileAddress } from './listing.ts';
import type { ManifestFile } from '../store/manifest.ts';
import { PartialFile } from './part.ts';
import { Persistence, RetryableError } from '../process/patience.ts';
import { words } from '../../core/words/words.ts';

/** One file of a plan to download. */
export interface FileTask {
  readonly hub: Hub;
  readonly id: string;
  /** The model as messages name it. */
  readonly model: string;
  readonly commit: string;
  readonly file: PlannedFile;
  /** Where its bytes are gathered. */
  readonly part: string;
  readonly signal: AbortSignal;
  /** Hears how many bytes of the file are here. */
  progress(bytes: number): void;
}

/** Bytes that make an attempt a success even though it was cut off: the next failure is the first again. */
const worthwhile = 1 << 20;
/** How often a file may turn out to have changed before it is given up. */
const maxChanges = 2;

/**
 * Downloads a file into its part, going on where an earlier attempt stopped, and checks size and sum. Throws
 * `download-corrupt` (then the part is gone), `download-interrupted`, `disk-full`, `file-failed`, `cancelled` and what
 * the hub's answers mean.
 */
export async function fetchFile(task: FileTask): Promise<ManifestFile> {
  const part = await openPart(task);
  try {
    await gather(task, part);
    const { sha256, matches } = await part.finish();
    if (matches === false) throw corrupt(task, words().details.hub.checksum);
    const { path, bytes } = task.file;
    await part.close();
    return { path, bytes, sha256, gitId: task.file.gitId, etag: part.etag };
  } catch (thrown) {
    if (thrown instanceof AttentionError && thrown.reason.code === 'download-corrupt') await part.discard();
    else await part.close();
    if (task.signal.aborted) throw new AttentionError({ code: 'cancelled' }, { cause: thrown });
    throw diskFailure(thrown, part.path, task.file.bytes - part.size);
  }
}

async function openPart({ part, file, commit, signal }: FileTask): Promise<PartialFile> {
  try {
    return await PartialFile.open(part, file, commit, signal);
  } catch (thrown) {
    if (signal.aborted) throw new AttentionError({ code: 'cancelled' }, { cause: thrown });
    throw diskFailure(thrown, part, file.bytes);
  }
}

async function gather(task: FileTask, part: PartialFile): Promise<void> {
  const persistence = new Persistence(task.hub.patience);
  let changes = 0;
  let furthest = part.size;
  task.progress(part.size);
  while (part.size < task.file.bytes) {
    try {
      if (await continued(task, part)) continue;
      if (++changes > maxChanges) throw corrupt(task, words().details.hub.changes);
    } catch (thrown) {
      if (part.size >= furthest + worthwhile) persistence.reset();
      furthest = Math.max(furthest, part.size);
      await persistence.again(thrown, task.signal);
    }
  }
}

/** One attempt at the rest of the file; false when the host has another version by now and the part begins anew. */
async function continued(task: FileTask, part: PartialFile): Promise<boolean> {
  const { hub, id, commit, file, model, signal } = task;
  const range =
    part.size === 0
      ? {}
      : { range: `bytes=${part.size}-`, ...(part.strongEtag === null ? {} : { 'if-range': part.strongEtag }) };
  const answer = await hub.get(fileAddress(id, commit, file.path), range, { model, file: file.path }, signal);
  try {
    if (answer.statusCode === 416) {
      await part.restart();
      return false;
    }
    if (answer.statusCode === 206 ? !continues(answer, part) : part.size > 0) {
      await part.restart();
      if (answer.statusCode === 206) return false;
    }
    checkLength(task, answer, part);
    if (part.size === 0) await part.begin(answer.headers.etag ?? null);
    await receive(task, answer, part);
    return true;
  } finally {
    answer.destroy();
  }
}

/** Whether a partial answer begins where the part ends, in the same version of the file. */
function continues(answer: IncomingMessage, part: PartialFile): boolean {
  const [, start] = /^bytes (\d+)-/.exec(answer.headers['content-range'] ?? '') ?? [];
  const sameVersion = part.etag === null || (answer.headers.etag ?? part.etag) === part.etag;
  return start !== undefined && Number(start) === part.size && sameVersion;
}

/** A host that announces another size than it lists has another file, or lies. */
function checkLength(task: FileTask, answer: IncomingMessage, part: PartialFile): void {
  const { bytes } = task.file;
  const announced = answer.headers['content-length'];
  if (announced !== undefined && Number(announced) !== bytes - part.size) {
    throw corrupt(task, words().details.hub.announced(Number(announced) + part.size, bytes));
  }
}

async function receive(task: FileTask, answer: IncomingMessage, part: PartialFile): Promise<void> {
  const { bytes, path } = task.file;
  try {
    for await (const piece of answer as AsyncIterable<Buffer>) {
      if (part.size === 0 && isWebPage(piece))
        throw task.hub.invalid(words().details.hub.webPage(describe({ model: task.model, file: path })));
      if (part.size + piece.length > bytes) throw corrupt(task, words().details.hub.tooLong(bytes));
      await keep(part, piece);
      task.progress(part.size);
    }
  } catch (thrown) {
    if (thrown instanceof AttentionError || thrown instanceof KeepingFailed || task.signal.aborted) throw thrown;
    throw new RetryableError(
      { code: 'download-interrupted', model: task.model, file: path, detail: detailOf(thrown) },
      { cause: thrown },
    );
  }
  if (part.size < bytes) throw corrupt(task, words().details.hub.tooShort(part.size, bytes));
}

/** The disk failed, not the connection. */
class KeepingFailed extends Error {}

async function keep(part: PartialFile, piece: Uint8Array): Promise<void> {
  try {
    await part.append(piece);
  } catch (thrown) {
    throw new KeepingFailed(messageOf(thrown), { cause: thrown });
  }
}

function corrupt({ model, file }: FileTask, detail: string): AttentionError {
  return new AttentionError({ code: 'download-corrupt', model, file: file.path, detail });
}
