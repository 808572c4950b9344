import { dirname } from 'node:path';
import type * as Ort from 'onnxruntime-node';
import { AttentionError } from '../../core/errors/reason.ts';
import type { Model } from '../../core/onnx/graph.ts';
import { readModel } from '../../core/onnx/read.ts';
import { minReferenced } from '../../core/onnx/reference.ts';
import { words } from '../../core/words/words.ts';
import type { Work } from '../../protocol/contract.ts';
import { invalid, messageOf } from '../files/json-file.ts';
import { readWithRoom, type FileInRoom } from '../files/read-file.ts';
import { readGraphFile } from '../files/read-graph.ts';
import { checkpoint } from '../process/stage.ts';

/** A graph file of a model: its name for messages, and its absolute path. */
export interface GraphFile {
  readonly model: string;
  readonly file: string;
  readonly path: string;
}

/** How every session is opened. Nothing is logged: what fails is thrown. */
export const sessionOptions: Ort.InferenceSession.SessionOptions = { executionProviders: ['cpu'], logSeverityLevel: 4 };

/**
 * How a session of a graph in memory is opened. Such a graph has no folder of its own: without that of its file,
 * weights in files beside it would be looked for wherever the process happens to be.
 */
export function inMemoryOptions({ path }: GraphFile): Ort.InferenceSession.SessionOptions {
  return { ...sessionOptions, extra: { session: { model_external_initializers_file_folder_path: dirname(path) } } };
}

/** Reads a whole graph file, with `spare` bytes of room behind it. Throws `model-file-invalid`, `cancelled`. */
export async function readWhole(graph: GraphFile, spare: number, work: Work): Promise<FileInRoom> {
  return readAs(
    graph,
    readWithRoom(graph.path, spare, (done, total) => {
      checkpoint(work.signal);
      work.report({ stage: words().stages.loading, done, total });
    }),
  );
}

/** Reads the graph of a file, without its large weights. Throws `model-file-invalid`, `cancelled`, GraphError. */
export async function readGraph(graph: GraphFile, work: Work): Promise<Model> {
  work.report({ stage: words().stages.reading });
  return readModel(
    await readAs(
      graph,
      readGraphFile(graph.path, minReferenced, () => checkpoint(work.signal)),
    ),
  );
}

async function readAs<T>(graph: GraphFile, reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (thrown) {
    throw thrown instanceof AttentionError ? thrown : invalid(graph, messageOf(thrown), thrown);
  }
}
