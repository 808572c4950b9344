import type * as Ort from 'onnxruntime-node';
import { editableDecoder, type EditableDecoder } from '../../core/block/editable-recurrent.ts';
import { neutral, type EditInputs } from '../../core/onnx/editable.ts';
import { editArrays, type LayerEdits, type StepSize } from '../../core/run/edit-plan.ts';
import type { Work } from '../../protocol/contract.ts';
import { openEdited } from './edited-session.ts';
import type { GraphFile } from './graph-file.ts';
import type { Feeds } from './slices.ts';

/** One step of a recurrent decoder in a session of its own that can be edited while it runs. */
export class EditedDecoder {
  readonly session: Ort.InferenceSession;
  /** The output that carries the weights, edited before the gate. */
  readonly attention: string;
  readonly #ort: typeof Ort;
  readonly #inputs: EditInputs;

  private constructor(ort: typeof Ort, session: Ort.InferenceSession, { inputs, output }: EditableDecoder) {
    this.#ort = ort;
    this.session = session;
    this.attention = output;
    this.#inputs = inputs;
  }

  /** Opens a decoder once more. Throws `edit-impossible`, `model-file-invalid`, `cancelled`. */
  static async open(ort: typeof Ort, graph: GraphFile, work: Work): Promise<EditedDecoder> {
    const { session, editable } = await openEdited(ort, graph, editableDecoder, work);
    return new EditedDecoder(ort, session, editable);
  }

  /** The inputs that make edits in one step. */
  feeds(edits: LayerEdits, step: StepSize): Feeds {
    const arrays = editArrays(edits, step);
    return Object.fromEntries(
      Object.entries(neutral).map(([name, value]) => {
        const { dims, data } = arrays[name as keyof EditInputs] ?? { dims: [1, 1, 1], data: Float32Array.of(value) };
        return [this.#inputs[name as keyof EditInputs], new this.#ort.Tensor('float32', data, dims)];
      }),
    );
  }

  async release(): Promise<void> {
    await this.session.release();
  }
}
