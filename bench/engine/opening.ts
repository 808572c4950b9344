import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { Benchmark } from '../benchmark.ts';
import { encoder } from './encoder.ts';

/** How a model is opened: by onnxruntime from the path of its file, or as the engine does. */
export type Way = 'path' | 'engine';
/** What a process that opened a model tells: processor time, and bytes of memory beyond its libraries. */
export interface Opened {
  readonly milliseconds: number;
  readonly bytes: number;
}

/** A process of its own opens the model: what was opened before would warm caches and leave memory behind. */
async function opened(way: Way): Promise<Opened> {
  const { folder } = await encoder.get();
  const child = fork(join(import.meta.dirname, 'opening-process.ts'), [folder, way]);
  return new Promise((resolve, reject) => {
    child.once('message', (told) => resolve(told as Opened));
    child.once('error', reject);
    child.once('exit', (status) => reject(new Error(`the process that opens the model ended with ${status}`)));
  });
}

function opening(name: string, unit: 'ms' | 'MB', limit: number, figure: (told: Opened) => number): Benchmark {
  return {
    name,
    unit,
    better: 'lower',
    limit,
    rounds: { warmUp: 1, full: 7, quick: 1 },
    resource: encoder,
    setup: () =>
      Promise.resolve({
        value: async () => figure(await opened('engine')),
        baseline: async () => figure(await opened('path')),
      }),
  };
}

/**
 * Opening a model of BERT-base's shape against onnxruntime's own way. What is left beside the graph is packing the
 * matrices for the kernels, which short texts need: without it opening takes 0.04 and a pass of 16 tokens 2.1 times as
 * long. The packed matrices are the memory that is left, too.
 */
export const openingBenchmarks: readonly Benchmark[] = [
  opening('opening', 'ms', 0.85, ({ milliseconds }) => milliseconds),
  opening('opening-memory', 'MB', 0.6, ({ bytes }) => bytes / 1e6),
];
