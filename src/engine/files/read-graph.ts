import type { FileHandle } from 'node:fs/promises';
import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { openFile } from './read-file.ts';

/** Bytes that are read at a time. */
const piece = 1 << 16;
/** Bytes that the tag of a field and the length after it take at most. */
const header = 20;

/** The messages that hold weights, and in which of their fields: `weights` are the bytes themselves. */
type Part = 'file' | 'graph' | 'tensor' | 'node' | 'attribute' | 'weights';
const way: Readonly<Record<Part, ReadonlyMap<number, Part>>> = {
  file: new Map([[7, 'graph']]),
  graph: new Map([
    [1, 'node'],
    [5, 'tensor'],
  ]),
  tensor: new Map([[9, 'weights']]),
  // A branch of an `If` is a graph (6) in an attribute (5).
  node: new Map([[5, 'attribute']]),
  attribute: new Map([[6, 'graph']]),
  weights: new Map(),
};

/**
 * Reads an ONNX file without its large weights: a buffer of the size of the file in which raw_data (9) of the stored
 * tensors (`initializer`, 5) of the graph (7), and of the graphs inside its nodes, stay zeros where they have
 * `minWeights` bytes or more. Memory is taken for what is read alone. `progress` may throw to stop. Throws what the
 * file system throws.
 */
export async function readGraphFile(path: string, minWeights: number, progress: () => void): Promise<Uint8Array> {
  const file = await openFile(path);
  try {
    const { size } = await file.stat();
    const pages = new Pages(file, new Uint8Array(size), progress);
    await readMessage(pages, 0, size, 'file', minWeights);
    return pages.bytes;
  } finally {
    await file.close();
  }
}

/** Reads a message of the way to the weights: fields beside the way, and those too small for large weights, whole. */
async function readMessage(pages: Pages, start: number, end: number, part: Part, minWeights: number): Promise<void> {
  const reader = new BinaryReader(pages.bytes);
  for (let at = start; at < end;) {
    if (!pages.has(at, Math.min(at + header, end))) await pages.read(at, Math.min(at + header, end));
    const field = fieldAt(reader, at);
    // What is damaged is read whole: whoever reads the graph says what is wrong with it.
    if (field === null || field.end > end) return pages.read(at, end);
    const isLarge = field.isLong && field.end - field.start >= minWeights;
    const next = isLarge ? way[part].get(field.no) : undefined;
    if (next === undefined) await pages.read(field.start, field.end);
    else if (next !== 'weights') await readMessage(pages, field.start, field.end, next, minWeights);
    at = field.end;
  }
}

interface Field {
  readonly no: number;
  readonly isLong: boolean;
  readonly start: number;
  readonly end: number;
}

function fieldAt(reader: BinaryReader, at: number): Field | null {
  try {
    reader.pos = at;
    const [no, type] = reader.tag();
    if (type !== WireType.LengthDelimited) {
      const start = reader.pos;
      reader.skip(type, no);
      return { no, isLong: false, start, end: reader.pos };
    }
    const length = reader.uint32();
    return { no, isLong: true, start: reader.pos, end: reader.pos + length };
  } catch {
    return null;
  }
}

/** A file that is read where it is asked for, mostly from front to back. */
class Pages {
  readonly bytes: Uint8Array;
  readonly #file: FileHandle;
  readonly #progress: () => void;
  /** The part that was read last, without a gap. */
  #from = 0;
  #to = 0;

  constructor(file: FileHandle, bytes: Uint8Array, progress: () => void) {
    this.#file = file;
    this.bytes = bytes;
    this.#progress = progress;
  }

  /** Whether a part was read already. */
  has(start: number, end: number): boolean {
    return start >= this.#from && end <= this.#to;
  }

  async read(start: number, end: number): Promise<void> {
    if (this.has(start, end)) return;
    if (start < this.#from || start > this.#to) this.#from = this.#to = start;
    const last = Math.min(this.bytes.length, Math.max(end, this.#to + piece));
    while (this.#to < last) {
      this.#progress();
      const { bytesRead } = await this.#file.read(this.bytes, this.#to, last - this.#to, this.#to);
      if (bytesRead === 0) return;
      this.#to += bytesRead;
    }
  }
}
