import { BinaryWriter } from '@bufbuild/protobuf/wire';
import type { Message } from './wire.ts';

interface Edit {
  readonly at: number;
  readonly removed: number;
  readonly bytes: Uint8Array;
}

/**
 * Edits a file of nested messages without rewriting it: what is inserted is kept aside, the lengths of all enclosing
 * messages follow, and everything else stays a view of the original bytes.
 */
export class Splice {
  readonly #edits = new Map<Message, Edit[]>();

  /** Puts bytes at the end of a message: protobuf reads them as further fields. */
  append(message: Message, bytes: Uint8Array): void {
    this.replace(message, message.end, message.end, bytes);
  }

  /** Replaces the bytes from `start` to `end` (file offsets inside `message`, on the bounds of its own fields). */
  replace(message: Message, start: number, end: number, bytes: Uint8Array): void {
    for (let at: Message | null = message; at !== null; at = at.parent)
      if (!this.#edits.has(at)) this.#edits.set(at, []);
    this.#edits.get(message)?.push({ at: start, removed: end - start, bytes });
  }

  /** The edited file, in order, as views of the original and of what was inserted. */
  chunks(original: Uint8Array): readonly Uint8Array[] {
    const chunks: Uint8Array[] = [];
    let from = 0;
    for (const edit of this.#resolved()) {
      if (edit.at > from) chunks.push(original.subarray(from, edit.at));
      if (edit.bytes.length > 0) chunks.push(edit.bytes);
      from = edit.at + edit.removed;
    }
    if (from < original.length) chunks.push(original.subarray(from));
    return chunks;
  }

  /**
   * All edits by offset, those of the length fields included. Inner messages are resolved first: their length may get
   * wider.
   */
  #resolved(): readonly Edit[] {
    const growth = new Map<Message, number>();
    const lengths: Edit[] = [];
    const deepestFirst = [...this.#edits].map(([message, edits]) => ({ message, edits, depth: depthOf(message) }));
    deepestFirst.sort((a, b) => b.depth - a.depth);
    for (const { message, edits } of deepestFirst) {
      const own = edits.reduce((sum, edit) => sum + edit.bytes.length - edit.removed, growth.get(message) ?? 0);
      if (message.parent === null) continue;
      const bytes = new BinaryWriter().uint32(message.end - message.start + own).finish();
      const removed = message.start - message.lengthAt;
      lengths.push({ at: message.lengthAt, removed, bytes });
      growth.set(message.parent, (growth.get(message.parent) ?? 0) + own + bytes.length - removed);
    }
    return [...lengths, ...deepestFirst.flatMap(({ edits }) => edits)].sort((a, b) => a.at - b.at);
  }
}

function depthOf(message: Message): number {
  let depth = 0;
  for (let at = message.parent; at !== null; at = at.parent) depth += 1;
  return depth;
}
