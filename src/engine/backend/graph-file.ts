import { realpath } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type * as Ort from 'onnxruntime-node';
import { AttentionError } from '../../core/errors/reason.ts';
import type { Model } from '../../core/onnx/graph.ts';
import { byReference } from '../../core/onnx/edit.ts';
import { externalFiles } from '../../core/onnx/external.ts';
import { readModel } from '../../core/onnx/read.ts';
import { minReferenced } from '../../core/onnx/reference.ts';
import { words } from '../../core/words/words.ts';
import type { Work } from '../../protocol/contract.ts';
import { invalid, messageOf } from '../files/json-file.ts';
import { fileSize, readFile } from '../files/read-file.ts';
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

/** A graph file that was read to open a session of it. */
export interface GraphBytes {
  readonly graph: GraphFile;
  /** The whole file; where `own` is given, with zeros in place of its large weights. */
  readonly bytes: Uint8Array;
  /** The name of the file in the folder of `graph`, where the session is to refer to it for its weights. */
  readonly own: string | null;
}

/**
 * Bytes of a graph file from which on its weights stay in the file. What opening takes by reference, of what it takes
 * from the file read whole, was measured as 1.40 at 0.7 MB, 1.04 at 4 MB, 0.99 at 12 MB, 0.89 at 20 MB, 0.59 at 44 MB
 * (shape of BERT, processor time); a run takes the same. A file that is not mapped can be deleted at any time, on
 * Windows too.
 */
const minByReference = 16 << 20;

/**
 * Reads a graph file to open a session of it: a small one whole, a large one without its weights, which stay in the
 * file and are mapped. Unfinished downloads lie elsewhere (`engine/store`), so what is mapped is whole. Throws
 * `model-file-invalid`, `cancelled`.
 */
export async function readForSession(graph: GraphFile, work: Work): Promise<GraphBytes> {
  return readAs(graph, readEitherWay(graph, work));
}

async function readEitherWay(graph: GraphFile, work: Work): Promise<GraphBytes> {
  const whole = async (): Promise<GraphBytes> => ({
    graph,
    bytes: await readFile(graph.path, (done, total) => {
      checkpoint(work.signal);
      work.report({ stage: words().stages.loading, done, total });
    }),
    own: null,
  });
  if ((await fileSize(graph.path)) < minByReference) return whole();
  // onnxruntime maps nothing that a link leads to out of the folder, as those of caches of downloads do.
  const path = await realpath(graph.path);
  const bytes = await readGraphFile(path, minReferenced, () => checkpoint(work.signal));
  // Weights in further files lie beside the link.
  if (dirname(path) !== (await realpath(dirname(graph.path))) && hasExternalFiles(bytes)) return whole();
  return { graph: { ...graph, path }, bytes, own: basename(path) };
}

/** False also for bytes that are not a model: the next reader reports that. */
function hasExternalFiles(bytes: Uint8Array): boolean {
  try {
    return externalFiles(readModel(bytes)).length > 0;
  } catch {
    return false;
  }
}

/**
 * Reads the graph of a file without its large weights, which are references into the file: what is made of the graph is
 * opened in the file's folder. Throws `model-file-invalid`, `cancelled`, GraphError.
 */
export async function readGraph(graph: GraphFile, work: Work): Promise<Model> {
  work.report({ stage: words().stages.reading });
  const reading = readGraphFile(graph.path, minReferenced, () => checkpoint(work.signal));
  return byReference(readModel(await readAs(graph, reading)), basename(graph.path));
}

async function readAs<T>(graph: GraphFile, reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (thrown) {
    throw thrown instanceof AttentionError ? thrown : invalid(graph, messageOf(thrown), thrown);
  }
}
