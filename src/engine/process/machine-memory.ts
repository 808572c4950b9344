import { totalmem } from 'node:os';

/** Shares of the memory that is free, and of all that there is, that runs may take: the larger of the two. */
const shares = { free: 0.8, all: 0.5 } as const;

/** Bytes of memory of this machine, or of the container that this process is in. */
export function machineMemory(): number {
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}

/**
 * Bytes that a model and its attention may take when nobody says otherwise: most of what is free, or half of all memory
 * where the system counts its caches as taken (macOS).
 */
export function usualBudget(): number {
  return Math.floor(
    Math.max(shares.free * (process.availableMemory() + process.memoryUsage.rss()), shares.all * machineMemory()),
  );
}
