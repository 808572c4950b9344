import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { Benchmark } from '../benchmark.ts';
import { bertBase } from './bert-shape.ts';
import { encoder } from './encoder.ts';

const tokens = 512;
const bytesPerWeight = 4;

/**
 * The most memory that the engine takes, beyond its libraries, for all attention of 512 tokens in 144 heads, against
 * the bytes of the model and of that attention. Opening takes two to three times the bytes of the graph (its file, the
 * tensors of the runtime, some of them packed for its kernels), until the file's are collected; a run takes the
 * attention as tensors and as the joined map (`core/attention/memory.ts`). Measured: 2.0 to 2.5, depending on when
 * garbage is collected.
 */
export const engineMemory: Benchmark = {
  name: 'engine-memory-512',
  unit: 'MB',
  better: 'lower',
  limit: 3.5,
  rounds: { warmUp: 0, full: 3, quick: 1 },
  resource: encoder,
  async setup() {
    const { folder, bytes } = await encoder.get();
    const weights = bertBase.layers * bertBase.heads * tokens ** 2 * bytesPerWeight;
    return { value: () => peakOf(folder), baseline: () => (bytes + weights) / 1e6 };
  },
};

/** A process of its own: memory that this one has taken before would count, or be taken again unseen. */
async function peakOf(folder: string): Promise<number> {
  const child = fork(join(import.meta.dirname, 'memory-process.ts'), [folder, String(tokens)]);
  return new Promise((resolve, reject) => {
    child.once('message', (bytes) => resolve(Number(bytes) / 1e6));
    child.once('error', reject);
    child.once('exit', (status) => reject(new Error(`the process that measures memory ended with ${status}`)));
  });
}
