import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { editableModel, type EditableModel } from '../../../src/core/block/editable-model.ts';
import { readModel } from '../../../src/core/onnx/read.ts';
import { floats, open } from '../onnx/session.ts';

/** A model that is edited by inputs, open. */
export interface OpenEditable {
  readonly editable: EditableModel;
  readonly session: InferenceSession;
  /** Runs it with inputs in place of those that change nothing. */
  run(
    feeds: Readonly<Record<string, Tensor>>,
    edits?: Readonly<Record<string, Tensor>>,
  ): Promise<InferenceSession.OnnxValueMapType>;
}

/** Opens a model so that it can be edited. */
export async function openEditable(bytes: Uint8Array): Promise<OpenEditable> {
  const editable = editableModel(readModel(bytes));
  const session = await open(Buffer.concat(editable.chunks));
  const unchanged = Object.fromEntries(
    [...editable.neutral].map(([name, value]) => [
      name,
      floats([value], name.endsWith('feed-forward') ? [1] : [1, 1, 1]),
    ]),
  );
  return { editable, session, run: (feeds, edits = {}) => session.run({ ...unchanged, ...feeds, ...edits }) };
}

/** The inputs of a model's own among those of an editable one. */
export function ownInputs({ editable, session }: OpenEditable): readonly string[] {
  return session.inputNames.filter((name) => !editable.neutral.has(name));
}
