import { dirname, join } from 'node:path';
import type * as Ort from 'onnxruntime-node';
import { AttentionError } from '../../core/errors/reason.ts';
import { storedNumbersOf, type StoredNumbers } from '../../core/onnx/expose.ts';
import { externalFiles, type ExternalFile } from '../../core/onnx/external.ts';
import { readModel } from '../../core/onnx/read.ts';
import type { Work } from '../../protocol/contract.ts';
import { impostorOf } from '../files/impostor.ts';
import { invalid, messageOf, type NamedFile } from '../files/json-file.ts';
import { readWithRoom } from '../files/read-file.ts';
import { checkpoint } from '../process/stage.ts';
import { checkExternalFiles } from './external-weights.ts';
import { runtimeMessage } from './runtime-message.ts';
import { words } from '../../core/words/words.ts';

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
  const path = join(named.folder, named.file);
  const { room, length } = await readWithRoom(path, 0, (done, total) => {
    checkpoint(work.signal);
    work.report({ stage: words().stages.loading, done, total });
  }).catch((thrown: unknown) => {
    throw thrown instanceof AttentionError ? thrown : invalid(named, messageOf(thrown), thrown);
  });
  const bytes = room.subarray(0, length);
  const { numbers, externals } = readGraph(bytes, named);
  await checkExternalFiles(named, externals);
  // Without its folder a graph in memory would look for weights wherever the process happens to be.
  const extra = { session: { model_external_initializers_file_folder_path: dirname(path) } };
  try {
    return { session: await InferenceSession.create(bytes, { logSeverityLevel: 4, extra }), numbers };
  } catch (thrown) {
    throw invalid(named, runtimeMessage(thrown), thrown);
  }
}

function readGraph(
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
