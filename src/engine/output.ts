import { closeSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { dirname, join, basename } from 'node:path';
import { AttentionError } from '../core/errors/reason.ts';
import { messageOf } from './json-file.ts';

/**
 * Writes a file that is either there in full or not at all: into a neighbour first, which then takes its name. Throws
 * `file-failed`, and leaves nothing behind.
 */
export function writeFileWhole(path: string, parts: Iterable<string | Uint8Array>): void {
  const part = join(dirname(path), `.${basename(path)}.${process.pid}.part`);
  try {
    const file = openSync(part, 'wx');
    try {
      for (const each of parts) writeFileSync(file, each);
    } finally {
      closeSync(file);
    }
    renameSync(part, path);
  } catch (thrown) {
    rmSync(part, { force: true });
    throw new AttentionError({ code: 'file-failed', file: path, detail: messageOf(thrown) }, { cause: thrown });
  }
}

/**
 * Writes to a stream at the reader's pace. A reader that has seen enough (`| head`) is no error; throws `file-failed` on others.
 */
export async function writeStream(stream: NodeJS.WriteStream, parts: Iterable<string | Uint8Array>): Promise<void> {
  let failure: unknown = null;
  stream.on('error', (error) => { failure = error; });
  for (const each of parts) {
    if (failure !== null) break;
    if (!stream.write(each)) await Promise.race([once(stream, 'drain').catch(() => undefined), once(stream, 'close')]);
  }
  await new Promise<void>((resolve) => { stream.write('', () => resolve()); });
  if (failure === null || (failure instanceof Error && 'code' in failure && failure.code === 'EPIPE')) return;
  throw new AttentionError({ code: 'file-failed', file: 'standard output', detail: messageOf(failure) }, { cause: failure });
}
