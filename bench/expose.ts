/**
 * Finding and exposing attention in a file of 400 MB: milliseconds beyond reading it, and whether it stays the only
 * copy in memory. Run: node bench/expose.ts
 */
import { closeSync, fstatSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exposeAttention } from '../src/core/onnx/expose.ts';
import { settleModel, spareBytes } from '../src/core/onnx/join.ts';
import { writeBigModel } from './expose-file.ts';

const size = 400_000_000;
const limit = 150;

/** Reads a file into a buffer with room to spare. */
function readWithRoom(path: string): { room: Uint8Array; length: number } {
  const file = openSync(path, 'r');
  const { size: length } = fstatSync(file);
  const room = new Uint8Array(length + spareBytes);
  for (let at = 0; at < length;) at += readSync(file, room, at, length - at, at);
  closeSync(file);
  return { room, length };
}

function measure(path: string): { read: number; find: number; settle: number; alone: boolean; sites: number } {
  const start = performance.now();
  const { room, length } = readWithRoom(path);
  const afterRead = performance.now();
  const exposure = exposeAttention(room.subarray(0, length));
  const afterFind = performance.now();
  const settled = settleModel(exposure, room);
  const end = performance.now();
  return {
    read: afterRead - start,
    find: afterFind - afterRead,
    settle: end - afterFind,
    alone: settled.buffer === room.buffer,
    sites: exposure.sites.length,
  };
}

const folder = mkdtempSync(join(tmpdir(), 'expose-'));
try {
  for (const form of ['softmax', 'group-query'] as const) {
    const path = join(folder, `${form}.onnx`);
    writeBigModel(path, form, size);
    for (const run of ['first', 'second', 'third']) {
      const { read, find, settle, alone, sites } = measure(path);
      const beyond = find + settle;
      console.log(
        `${form}, ${run} run: read ${read.toFixed(0)} ms, found ${sites} in ${find.toFixed(1)} ms, written in place in ${settle.toFixed(1)} ms: ` +
          `${beyond.toFixed(0)} ms beyond reading (limit ${limit}), ${alone ? 'no second copy' : 'A SECOND COPY'}`,
      );
      if (beyond > limit || !alone) process.exitCode = 1;
    }
    rmSync(path);
  }
} finally {
  rmSync(folder, { recursive: true });
}
