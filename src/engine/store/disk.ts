import { statfs } from 'node:fs/promises';
import { AttentionError } from '../../core/errors/reason.ts';
import { sizeOf } from '../../core/catalogue/size.ts';
import { messageOf } from '../files/json-file.ts';

/** Bytes that stay free beside a download. */
const margin = 64_000_000;

/** Tells the free bytes of the file system of a folder. */
export type FreeSpace = (folder: string) => Promise<number>;

/** What this machine says of its free bytes. */
export const freeSpace: FreeSpace = async (folder) => {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
};

/** Throws `disk-full` when `bytes` more would not fit into a folder. */
export async function checkSpace(folder: string, bytes: number, free: FreeSpace): Promise<void> {
  const available = await free(folder);
  if (bytes > 0 && bytes + margin > available) {
    throw new AttentionError({ code: 'disk-full', folder, needed: sizeOf(bytes + margin), free: sizeOf(available) });
  }
}

/**
 * What a file system threw, as a typed reason; anything else stays as it is. `missing` counts the bytes still to come.
 */
export function diskFailure(thrown: unknown, path: string, missing: number): Error {
  if (thrown instanceof AttentionError) return thrown;
  const cause = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : thrown;
  const code = cause instanceof Error && 'code' in cause ? cause.code : null;
  if (typeof code !== 'string') return thrown instanceof Error ? thrown : new Error(String(thrown));
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new AttentionError({ code: 'disk-full', folder: path, needed: sizeOf(missing), free: sizeOf(0) }, { cause });
  return new AttentionError({ code: 'file-failed', file: path, detail: messageOf(cause) }, { cause });
}
