import { open, stat, type FileHandle } from 'node:fs/promises';
import { words } from '../../core/words/words.ts';

/** Bytes that are read at a time: small enough for a cancel to be felt, large enough not to cost anything. */
const piece = 16 << 20;

/**
 * Reads a whole file. `progress` hears the bytes that are read and the size, and may throw to stop. Throws what the
 * file system throws, RangeError when the file is larger than one buffer can be, and Error when the path does not lead
 * to a regular file.
 */
export async function readFile(path: string, progress: (done: number, total: number) => void): Promise<Uint8Array> {
  const file = await openFile(path);
  try {
    const { size } = await file.stat();
    const bytes = new Uint8Array(size);
    let done = 0;
    while (done < size) {
      progress(done, size);
      const { bytesRead } = await file.read(bytes, done, Math.min(piece, size - done), done);
      if (bytesRead === 0) break;
      done += bytesRead;
    }
    progress(done, size);
    return bytes.subarray(0, done);
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
