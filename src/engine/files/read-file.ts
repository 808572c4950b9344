import { open, stat, type FileHandle } from 'node:fs/promises';
import { words } from '../../core/words/words.ts';

/** Bytes that are read at a time: small enough for a cancel to be felt, large enough not to cost anything. */
const piece = 16 << 20;

/** A file's bytes at the start of a buffer that has spare room behind them. */
export interface FileInRoom {
  readonly room: Uint8Array;
  readonly length: number;
}

/**
 * Reads a whole file into a buffer with `spare` bytes behind it. `progress` hears the bytes that are read and the size,
 * and may throw to stop. Throws what the file system throws, RangeError when the file is larger than one buffer can be,
 * and Error when the path does not lead to a regular file.
 */
export async function readWithRoom(
  path: string,
  spare: number,
  progress: (done: number, total: number) => void,
): Promise<FileInRoom> {
  const file = await openFile(path);
  try {
    const { size } = await file.stat();
    const room = new Uint8Array(size + spare);
    let done = 0;
    while (done < size) {
      progress(done, size);
      const { bytesRead } = await file.read(room, done, Math.min(piece, size - done), done);
      if (bytesRead === 0) break;
      done += bytesRead;
    }
    progress(done, size);
    return { room, length: done };
  } finally {
    await file.close();
  }
}

/**
 * Opens a file to read it. Throws Error when the path does not lead to a regular file: a pipe may never be written to,
 * a device never ends.
 */
export async function openFile(path: string): Promise<FileHandle> {
  await fileSize(path);
  return open(path);
}

/** The size of a file in bytes. Throws Error when the path does not lead to a regular file. */
export async function fileSize(path: string): Promise<number> {
  const found = await stat(path);
  if (!found.isFile()) throw new Error(words().details.files.notFile);
  return found.size;
}
