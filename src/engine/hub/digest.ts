import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** The sums of a file's content, in hexadecimal. */
export interface Sums {
  readonly sha256: string;
  /** The id that git gives to a blob of this content: SHA-1 of `blob <bytes>\0` and the content. */
  readonly gitId: string;
  /** SHA-1 of the content alone, which some look-alikes of the hub list in place of git's id. */
  readonly sha1: string;
}

/** Adds up a file's content piece by piece; its size has to be known before. */
export class Digest {
  readonly #hashes: readonly [Hash, Hash, Hash];

  constructor(bytes: number) {
    this.#hashes = [createHash('sha256'), createHash('sha1').update(`blob ${bytes}\0`), createHash('sha1')];
  }

  add(piece: Uint8Array): void {
    for (const hash of this.#hashes) hash.update(piece);
  }

  /** The sums; nothing can be added after that. */
  end(): Sums {
    const [sha256, gitId, sha1] = this.#hashes;
    return { sha256: sha256.digest('hex'), gitId: gitId.digest('hex'), sha1: sha1.digest('hex') };
  }
}

/** Adds up a whole file. `read` hears the bytes of each piece. Rejects with what the file system says, and when `signal` is aborted. */
export async function addFile(digest: Digest, path: string, signal: AbortSignal, read?: (bytes: number) => void): Promise<void> {
  for await (const piece of createReadStream(path, { signal, highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    digest.add(piece);
    read?.(piece.length);
  }
}

/** Whether a content is the one that a host lists. Null where the host says nothing. */
export function matches(sums: Sums, listed: { readonly sha256: string | null; readonly gitId: string | null }): boolean | null {
  if (listed.sha256 !== null) return sums.sha256 === listed.sha256;
  if (listed.gitId !== null) return sums.gitId === listed.gitId || sums.sha1 === listed.gitId;
  return null;
}
