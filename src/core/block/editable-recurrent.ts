import { ModelEdit } from '../onnx/edit.ts';
import { editInputs, editTensors, type EditInputs } from '../onnx/editable.ts';
import { unexposable } from '../onnx/error.ts';
import type { Model } from '../onnx/graph.ts';
import { Scope } from '../onnx/scope.ts';

/** The decoder of a recurrent network that can be edited by inputs while it runs. */
export interface EditableDecoder {
  /** The file in order: views of the model's bytes with pieces between them. */
  readonly chunks: readonly Uint8Array[];
  /** As those of any attention, of one head and one query. */
  readonly inputs: EditInputs;
  /** The output that carries the edited weights, before the gate. */
  readonly output: string;
}

/** The scores before the softmax, any window not yet cut, and the weights that the annotations are multiplied with. */
const [scores, weights] = ['scores', 'attention'];

/**
 * Makes one step of a recurrent decoder editable: the tensors that it names among its outputs are what is edited.
 * Large weights are references into `file`. Throws GraphError where nothing in the graph reads them.
 */
export function editableDecoder(model: Model, file: string | null = null): EditableDecoder {
  const edit = new ModelEdit(model);
  const scope = new Scope(model);
  for (const tensor of [scores, weights])
    if (scope.usesOf(tensor).length === 0) throw unexposable((says) => says.noScoring(tensor, null));
  const inputs = editInputs((each) => edit.addInput(`edit.${each}`, 3));
  const place = { tensor: weights, turned: false, headsInside: false };
  const output = editTensors(edit, scope, { place, scores }, inputs, 0);
  edit.addOutput(scope, output);
  if (file !== null) edit.referTo(file);
  return { chunks: edit.chunks(), inputs, output };
}
