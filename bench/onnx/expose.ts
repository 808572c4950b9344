import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { exposeAttention } from '../../src/core/onnx/expose.ts';
import { joinModel } from '../../src/core/onnx/join.ts';
import { minReferenced } from '../../src/core/onnx/reference.ts';
import { readFile } from '../../src/engine/files/read-file.ts';
import { readGraphFile } from '../../src/engine/files/read-graph.ts';
import type { Benchmark, Measures } from '../benchmark.ts';
import { processorTime } from '../statistics.ts';
import { writeBigModel, type Form } from './big-file.ts';

const size = 400_000_000;

/** Reads a graph without its weights and finds the attention of 12 layers; gives the model to open. */
async function exposed(path: string): Promise<Uint8Array> {
  const bytes = await readGraphFile(path, minReferenced, () => undefined);
  return joinModel(exposeAttention(bytes, { file: basename(path) }));
}

/** Writes a big model, and removes it in the end. */
function withModel(form: Form, measures: (path: string) => Measures): Promise<Measures> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const path = join(folder, 'model.onnx');
  writeBigModel(path, form, size);
  return Promise.resolve({ ...measures(path), close: () => rmSync(folder, { recursive: true }) });
}

/** Making a model with its attention exposed of a file of 400 MB, against reading that file. */
function exposeTime(form: Form): Benchmark {
  return {
    name: `expose-${form}`,
    unit: 'ms',
    better: 'lower',
    limit: 0.75,
    rounds: { warmUp: 1, full: 7, quick: 3 },
    setup: () =>
      withModel(form, (path) => ({
        value: () => processorTime(() => exposed(path)),
        baseline: () => processorTime(() => readFile(path, () => undefined)),
      })),
  };
}

export const exposeBenchmarks: readonly Benchmark[] = [exposeTime('softmax'), exposeTime('group-query')];
