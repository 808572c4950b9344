import type * as Ort from 'onnxruntime-node';
import { AttentionError } from '../../core/errors/reason.ts';
import { GraphError } from '../../core/onnx/error.ts';
import type { Model } from '../../core/onnx/graph.ts';
import { joinModel } from '../../core/onnx/join.ts';
import { readModel } from '../../core/onnx/read.ts';
import type { Work } from '../../protocol/contract.ts';
import { checkpoint } from '../process/stage.ts';
import { inMemoryOptions, readForSession, type GraphFile } from './graph-file.ts';
import { runtimeMessage } from './runtime-message.ts';

/** A graph that was made editable, in a session of its own. */
export interface EditedSession<T> {
  readonly session: Ort.InferenceSession;
  readonly editable: T;
}

/**
 * Opens a graph once more, made editable by `edit`, which is given its model and the name of the file that large
 * weights are to be references into, where they stay there. Throws `edit-impossible`, `model-file-invalid`, `cancelled`.
 */
export async function openEdited<T extends { readonly chunks: readonly Uint8Array[] }>(
  { InferenceSession }: typeof Ort,
  graph: GraphFile,
  edit: (model: Model, file: string | null) => T,
  work: Work,
): Promise<EditedSession<T>> {
  const { graph: read, bytes, own } = await readForSession(graph, work);
  checkpoint(work.signal);
  try {
    const editable = edit(readModel(bytes), own);
    const session = await InferenceSession.create(joinModel({ model: editable.chunks }), inMemoryOptions(read));
    return { session, editable };
  } catch (thrown) {
    const detail = thrown instanceof GraphError ? thrown.problem.detail : runtimeMessage(thrown);
    throw new AttentionError({ code: 'edit-impossible', model: graph.model, detail }, { cause: thrown });
  }
}
