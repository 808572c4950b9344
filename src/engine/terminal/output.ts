import { closeSync, openSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { AttentionError } from '../../core/errors/reason.ts';
import { visibleLines } from '../../core/text/foreign.ts';
import { messageOf } from '../files/json-file.ts';
import { words } from '../../core/words/words.ts';

type Parts = Iterable<string | Uint8Array>;

/**
 * Writes a file that is either there in full or not at all: into a neighbour first, which then takes its name. What is
 * no ordinary file (a device, a pipe) is written to as it is. Throws `file-failed`, and leaves nothing behind.
 */
export function writeFileWhole(path: string, parts: Parts, owner: number = process.pid): void {
  const whole = !isSpecial(path);
  const part = whole ? partOf(path, owner) : path;
  try {
    // One of that name is what a killed process of the same number has left.
    if (whole) rmSync(part, { force: true });
    writeParts(part, whole ? 'wx' : 'w', parts);
    if (whole) renameSync(part, path);
  } catch (thrown) {
    if (whole) rmSync(part, { force: true });
    throw failed(path, thrown);
  }
}

/** Where a file is gathered that `owner`, a process, is to clean up after if need be. */
export function partOf(path: string, owner: number): string {
  return join(dirname(path), `.${basename(path)}.${owner}.part`);
}

function isSpecial(path: string): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats !== undefined && !stats.isFile() && !stats.isDirectory();
}

function writeParts(path: string, flags: string, parts: Parts): void {
  const file = openSync(path, flags);
  try {
    for (const each of parts) writeFileSync(file, each);
  } finally {
    closeSync(file);
  }
}

/**
 * Writes lines for people to a terminal: no character of a model, a file or a host moves the cursor, changes colours or
 * turns letters around, whatever line it got into. Throws as {@link writeStream} does.
 */
export function writeWords(stream: NodeJS.WriteStream, lines: string): Promise<void> {
  return writeStream(stream, [visibleLines(lines)]);
}

/**
 * Writes to a stream at the reader's pace. A reader that has seen enough (`| head`) is no error; throws `file-failed`
 * on others.
 */
export async function writeStream(stream: NodeJS.WriteStream, parts: Parts): Promise<void> {
  let failure: unknown = null;
  const broken = new Promise<void>((resolve) =>
    stream.once('error', (error) => {
      failure = error;
      resolve();
    }),
  );
  for (const each of parts) {
    if (failure !== null) break;
    await Promise.race([
      broken,
      new Promise<void>((resolve) => {
        stream.write(each, () => resolve());
      }),
    ]);
  }
  if (failure === null || (failure instanceof Error && 'code' in failure && failure.code === 'EPIPE')) return;
  throw failed(words().details.options.standardOutput, failure);
}

/** Node's message without the system call and the path behind it. */
function failed(file: string, thrown: unknown): AttentionError {
  const detail = messageOf(thrown).replace(/, \w+( '.*)?$/, '');
  return new AttentionError({ code: 'file-failed', file, detail }, { cause: thrown });
}
