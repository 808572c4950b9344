import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** What a host says of a file's content. */
export interface ListedSums {
  readonly bytes: number;
  readonly sha256: string | null;
  /** The id that git gives to a blob of this content: SHA-1 of `blob <bytes>\0` and the content. */
  readonly gitId: string | null;
}

/**
 * A file's SHA-256 in hexadecimal, and whether the content is the one that the host lists; null where it says nothing.
 */
export interface Verdict {
  readonly sha256: string;
  readonly matches: boolean | null;
}

/** Adds up a file's content piece by piece and compares it with what a host lists. */
export class Digest {
  readonly #listed: ListedSums;
  readonly #sha256 = createHash('sha256');
  /** Git's id, and SHA-1 of the content alone, which some look-alikes of the hub list in its place. */
  readonly #others: readonly Hash[];

  constructor(listed: ListedSums) {
    this.#listed = listed;
    const needed = listed.sha256 === null && listed.gitId !== null;
    this.#others = needed ? [createHash('sha1').update(`blob ${listed.bytes}\0`), createHash('sha1')] : [];
  }

  add(piece: Uint8Array): void {
    this.#sha256.update(piece);
    for (const hash of this.#others) hash.update(piece);
  }

  /** The verdict; nothing can be added after that. */
  end(): Verdict {
    const sha256 = this.#sha256.digest('hex');
    const { gitId, sha256: listed } = this.#listed;
    const others = this.#others.map((hash) => hash.digest('hex'));
    if (listed !== null) return { sha256, matches: sha256 === listed };
    return { sha256, matches: gitId === null ? null : others.includes(gitId) };
  }
}

/**
 * Adds up a whole file. `read` hears the bytes of each piece. Rejects with what the file system says, and when `signal`
 * is aborted.
 */
export async function addFile(
  digest: Digest,
  path: string,
  signal: AbortSignal,
  read?: (bytes: number) => void,
): Promise<void> {
  for await (const piece of createReadStream(path, { signal, highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    digest.add(piece);
    read?.(piece.length);
  }
}
