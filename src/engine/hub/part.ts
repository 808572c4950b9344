import { mkdir, open, readFile, rm, writeFile, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as v from 'valibot';
import type { PlannedFile } from '../../protocol/hub.ts';
import { decodeText, EncodingError } from '../files/decode-text.ts';
import { isNotFound } from '../files/json-file.ts';
import { addFile, Digest, type Verdict } from '../store/digest.ts';
import { sizeOnDisk } from '../store/manifest.ts';

/** What is noted beside the bytes that have arrived, so that only bytes of the same content are ever joined. */
const noteSchema = v.object({
  bytes: v.number(),
  sha256: v.nullable(v.string()),
  gitId: v.nullable(v.string()),
  commit: v.string(),
  etag: v.nullable(v.string()),
});
type Note = v.InferOutput<typeof noteSchema>;

/** A file while it arrives: the bytes so far, appended in order, and their sum. */
export class PartialFile {
  readonly path: string;
  readonly #file: PlannedFile;
  readonly #handle: FileHandle;
  #note: Note;
  #digest: Digest;
  #size = 0;

  private constructor(path: string, file: PlannedFile, handle: FileHandle, note: Note) {
    this.path = path;
    this.#file = file;
    this.#handle = handle;
    this.#note = note;
    this.#digest = new Digest(file);
  }

  /**
   * Opens what is left of an earlier attempt, if it is of the same content; else begins anew. Throws what the file
   * system says.
   */
  static async open(path: string, file: PlannedFile, commit: string, signal: AbortSignal): Promise<PartialFile> {
    await mkdir(dirname(path), { recursive: true });
    const note: Note = { bytes: file.bytes, sha256: file.sha256, gitId: file.gitId, commit, etag: null };
    const before = await readNote(path);
    const size = (await sizeOnDisk(path)) ?? 0;
    const part = new PartialFile(path, file, await open(path, 'a'), note);
    try {
      const same =
        before !== null &&
        before.bytes === note.bytes &&
        before.sha256 === note.sha256 &&
        before.gitId === note.gitId &&
        (file.sha256 !== null || file.gitId !== null || (before.commit === commit && isStrong(before.etag)));
      if (!same || size > file.bytes) await part.restart();
      else if (size > 0) await part.#resume(size, before.etag, signal);
      return part;
    } catch (thrown) {
      await part.close();
      throw thrown;
    }
  }

  /** Bytes that have arrived. */
  get size(): number {
    return this.#size;
  }

  /** The version that the bytes are of, as the host names it; null when it does not. */
  get etag(): string | null {
    return this.#note.etag;
  }

  /** The version in the form that may stand in `If-Range`, which takes strong ones alone (RFC 9110, 13.1.5). */
  get strongEtag(): string | null {
    return isStrong(this.#note.etag) ? this.#note.etag : null;
  }

  /** Notes the version before the first byte of it is kept. */
  async begin(etag: string | null): Promise<void> {
    this.#note = { ...this.#note, etag };
    await writeFile(notePath(this.path), JSON.stringify(this.#note));
  }

  async append(piece: Uint8Array): Promise<void> {
    await this.#handle.appendFile(piece);
    this.#digest.add(piece);
    this.#size += piece.length;
  }

  /** Throws the bytes away. */
  async restart(): Promise<void> {
    await this.#handle.truncate(0);
    this.#size = 0;
    this.#digest = new Digest(this.#file);
    await this.begin(null);
  }

  /** What becomes of a part that is complete; its bytes are on the disk after that. */
  async finish(): Promise<Verdict> {
    await this.#handle.sync();
    return this.#digest.end();
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }

  /** Closes the part and removes all of it. */
  async discard(): Promise<void> {
    await this.close();
    await rm(this.path, { force: true });
    await rm(notePath(this.path), { force: true });
  }

  async #resume(size: number, etag: string | null, signal: AbortSignal): Promise<void> {
    await addFile(this.#digest, this.path, signal);
    this.#size = size;
    this.#note = { ...this.#note, etag };
  }
}

function isStrong(etag: string | null): etag is string {
  return etag !== null && /^"[\x21\x23-\x7e]*"$/.test(etag);
}

function notePath(path: string): string {
  return `${path}.note`;
}

async function readNote(path: string): Promise<Note | null> {
  try {
    const parsed = v.safeParse(noteSchema, JSON.parse(decodeText(await readFile(notePath(path)))));
    return parsed.success ? parsed.output : null;
  } catch (thrown) {
    if (isNotFound(thrown) || thrown instanceof SyntaxError || thrown instanceof EncodingError) return null;
    throw thrown;
  }
}
