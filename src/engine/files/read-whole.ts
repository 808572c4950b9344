import { readSync } from 'node:fs';

/** Milliseconds between two looks at a pipe that has nothing yet. */
const rest = 10;
const chunkSize = 1 << 16;

/**
 * All bytes of an open file or pipe, up to its end. A pipe that another process has made non-blocking says that it has
 * nothing yet (EAGAIN) instead of waiting, as a slow producer or a person at a terminal makes it: it is asked again.
 * Throws what the system says otherwise.
 */
export function readWhole(descriptor: number): Buffer {
  const parts: Buffer[] = [];
  const sleeper = new Int32Array(new SharedArrayBuffer(4));
  for (;;) {
    const chunk = Buffer.allocUnsafe(chunkSize);
    const count = readSome(descriptor, chunk);
    if (count === 0) return Buffer.concat(parts);
    if (count === null) Atomics.wait(sleeper, 0, 0, rest);
    else parts.push(chunk.subarray(0, count));
  }
}

/** How many bytes were read, 0 at the end; null where there are none yet. */
function readSome(descriptor: number, into: Buffer): number | null {
  try {
    return readSync(descriptor, into);
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? thrown.code : null;
    if (code === 'EAGAIN') return null;
    // A closed pipe on Windows.
    if (code === 'EOF') return 0;
    throw thrown;
  }
}
