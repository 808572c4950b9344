import { closeSync, fstatSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exposeAttention } from '../../src/core/onnx/expose.ts';
import { settleModel, spareBytes } from '../../src/core/onnx/join.ts';
import { once, type Benchmark, type Measures } from '../benchmark.ts';
import { processorTime } from '../statistics.ts';
import { writeBigModel, type Form } from './big-file.ts';

const size = 400_000_000;

/** A model file in memory, with room behind it for what exposing adds. */
interface Room {
  readonly room: Uint8Array;
  readonly length: number;
}

function readWithRoom(path: string): Room {
  const file = openSync(path, 'r');
  const { size: length } = fstatSync(file);
  const room = new Uint8Array(length + spareBytes);
  for (let at = 0; at < length;) at += readSync(file, room, at, length - at, at);
  closeSync(file);
  return { room, length };
}

/** Finds the attention of 12 layers and names it among the outputs; gives the buffer that holds the result. */
function expose({ room, length }: Room): ArrayBufferLike {
  return settleModel(exposeAttention(room.subarray(0, length)), room).buffer;
}

/** Writes a big model, and removes it in the end. */
function withModel(form: Form, measures: (path: string) => Measures): Promise<Measures> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const path = join(folder, 'model.onnx');
  writeBigModel(path, form, size);
  return Promise.resolve({ ...measures(path), close: () => rmSync(folder, { recursive: true }) });
}

/** Exposing attention in a file of 400 MB that is in memory, against reading that file. */
function exposeTime(form: Form): Benchmark {
  return {
    name: `expose-${form}`,
    unit: 'ms',
    better: 'lower',
    limit: 0.75,
    rounds: { warmUp: 1, full: 7, quick: 3 },
    setup: () =>
      withModel(form, (path) => ({
        value: () => {
          const read = readWithRoom(path);
          return processorTime(() => expose(read));
        },
        baseline: () => processorTime(() => readWithRoom(path)),
      })),
  };
}

/** Copies of the file in memory beside the one that was read. */
const exposeCopies: Benchmark = {
  name: 'expose-copies',
  unit: 'copies',
  better: 'lower',
  limit: 0,
  rounds: once,
  setup: () =>
    withModel('softmax', (path) => ({
      value: () => {
        const read = readWithRoom(path);
        return expose(read) === read.room.buffer ? 0 : 1;
      },
    })),
};

export const exposeBenchmarks: readonly Benchmark[] = [exposeTime('softmax'), exposeTime('group-query'), exposeCopies];
