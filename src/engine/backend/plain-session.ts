import { join } from 'node:path';
import type * as Ort from 'onnxruntime-node';
import { ModelEdit } from '../../core/onnx/edit.ts';
import { externalFiles, type ExternalFile } from '../../core/onnx/external.ts';
import { joinModel } from '../../core/onnx/join.ts';
import { readModel } from '../../core/onnx/read.ts';
import { storedNumbersOf, type StoredNumbers } from '../../core/onnx/stored.ts';
import type { Work } from '../../protocol/contract.ts';
import { impostorOf } from '../files/impostor.ts';
import { invalid, messageOf, type NamedFile } from '../files/json-file.ts';
import { checkExternalFiles } from './external-weights.ts';
import { inMemoryOptions, readForSession, type GraphBytes } from './graph-file.ts';
import { runtimeMessage } from './runtime-message.ts';

/** A session of a graph that is run as its file is. */
export interface PlainSession {
  readonly session: Ort.InferenceSession;
  /** The coarsest numbers that the graph stores its parameters in or computes with. */
  readonly numbers: StoredNumbers;
}

/** Opens a graph without attention of its own. Throws `model-file-missing`, `model-file-invalid`, `cancelled`. */
export async function openPlainSession(
  { InferenceSession }: typeof Ort,
  named: NamedFile,
  work: Work,
): Promise<PlainSession> {
  const read = await readForSession({ ...named, path: join(named.folder, named.file) }, work);
  const { numbers, externals, bytes } = described(read, named);
  await checkExternalFiles(named, externals);
  try {
    return { session: await InferenceSession.create(bytes, inMemoryOptions(read.graph)), numbers };
  } catch (thrown) {
    throw invalid(named, runtimeMessage(thrown), thrown);
  }
}

/** What a session is opened with, and what is known of it. */
interface Described {
  readonly bytes: Uint8Array;
  readonly numbers: StoredNumbers;
  readonly externals: readonly ExternalFile[];
}

function described({ bytes, own }: GraphBytes, named: NamedFile): Described {
  try {
    const model = readModel(bytes);
    const about = { numbers: storedNumbersOf(model), externals: externalFiles(model) };
    if (own === null) return { ...about, bytes };
    const edit = new ModelEdit(model);
    edit.referTo(own);
    return { ...about, bytes: joinModel({ model: edit.chunks() }) };
  } catch (thrown) {
    throw invalid(named, impostorOf(bytes, 'graph') ?? messageOf(thrown), thrown);
  }
}
