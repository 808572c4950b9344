import { totalmem } from 'node:os';

/** Bytes of memory of this machine, or of the container that this process is in. */
export function machineMemory(): number {
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}
