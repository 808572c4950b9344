import { join } from 'node:path';
import type * as Ort from 'onnxruntime-node';
import { storedNumbersOf, type StoredNumbers } from '../../core/onnx/expose.ts';
import { externalFiles, type ExternalFile } from '../../core/onnx/external.ts';
import { readModel } from '../../core/onnx/read.ts';
import type { Work } from '../../protocol/contract.ts';
import { impostorOf } from '../files/impostor.ts';
import { invalid, messageOf, type NamedFile } from '../files/json-file.ts';
import { checkExternalFiles } from './external-weights.ts';
import { inMemoryOptions, readWhole } from './graph-file.ts';
import { runtimeMessage } from './runtime-message.ts';

/** A session of a graph that is run as its file is. */
export interface PlainSession {
  readonly session: Ort.InferenceSession;
  /** The coarsest numbers that the graph computes with. */
  readonly numbers: StoredNumbers;
}

/** Opens a graph without attention of its own. Throws `model-file-missing`, `model-file-invalid`, `cancelled`. */
export async function openPlainSession(
  { InferenceSession }: typeof Ort,
  named: NamedFile,
  work: Work,
): Promise<PlainSession> {
  const graph = { ...named, path: join(named.folder, named.file) };
  const { room, length } = await readWhole(graph, 0, work);
  const bytes = room.subarray(0, length);
  const { numbers, externals } = described(bytes, named);
  await checkExternalFiles(named, externals);
  try {
    return { session: await InferenceSession.create(bytes, inMemoryOptions(graph)), numbers };
  } catch (thrown) {
    throw invalid(named, runtimeMessage(thrown), thrown);
  }
}

function described(
  bytes: Uint8Array,
  named: NamedFile,
): { readonly numbers: StoredNumbers; readonly externals: readonly ExternalFile[] } {
  try {
    const model = readModel(bytes);
    return { numbers: storedNumbersOf(model), externals: externalFiles(model) };
  } catch (thrown) {
    throw invalid(named, impostorOf(bytes, 'graph') ?? messageOf(thrown), thrown);
  }
}
