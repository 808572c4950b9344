import { dirname } from 'node:path';
import type * as Ort from 'onnxruntime-node';
import type { Numbers } from '../../core/block/numbers.ts';
import { AttentionError } from '../../core/errors/reason.ts';
import type { Model } from '../../core/onnx/graph.ts';
import { readModel } from '../../core/onnx/read.ts';
import { minReferenced, type Slice } from '../../core/onnx/slice.ts';
import type { Work } from '../../protocol/contract.ts';
import { tensorOf } from '../feeds/typed.ts';
import { invalid, messageOf } from '../files/json-file.ts';
import { readGraphFile } from '../files/read-graph.ts';
import { checkpoint } from '../process/stage.ts';
import { runtimeMessage } from './runtime-message.ts';
import { words } from '../../core/words/words.ts';

/** A graph file of a model: its name for messages, and its absolute path. */
export interface GraphFile {
  readonly model: string;
  readonly file: string;
  readonly path: string;
}

/** The inputs of a run by name: more than a slice takes may be given. */
export type Feeds = Readonly<Record<string, Ort.Tensor>>;

/** Reads the graph of a file, without its weights. Throws `model-file-invalid`, `cancelled`, GraphError. */
export async function readGraph({ model, file, path }: GraphFile, work: Work): Promise<Model> {
  work.report({ stage: words().stages.reading });
  const bytes = await readGraphFile(path, minReferenced, () => checkpoint(work.signal)).catch((thrown: unknown) => {
    throw thrown instanceof AttentionError ? thrown : invalid({ model, file }, messageOf(thrown), thrown);
  });
  return readModel(bytes);
}

/** A part of a model with a session of its own. */
export class OpenSlice {
  readonly #ort: typeof Ort;
  readonly #session: Ort.InferenceSession;
  readonly #outputs: Slice['outputs'];

  private constructor(ort: typeof Ort, session: Ort.InferenceSession, outputs: Slice['outputs']) {
    this.#ort = ort;
    this.#session = session;
    this.#outputs = outputs;
  }

  /** Opens a slice of a graph file. Throws `block-unreadable`. */
  static async open(ort: typeof Ort, { model, path }: GraphFile, slice: Slice): Promise<OpenSlice> {
    // A graph in memory has no folder of its own: weights in files beside it are looked for here.
    const extra = { session: { model_external_initializers_file_folder_path: dirname(path) } };
    try {
      const session = await ort.InferenceSession.create(slice.model, { logSeverityLevel: 4, extra });
      return new OpenSlice(ort, session, slice.outputs);
    } catch (thrown) {
      const detail = runtimeMessage(thrown);
      throw new AttentionError({ code: 'block-unreadable', model, detail }, { cause: thrown });
    }
  }

  /** Runs the slice; gives its tensors by their names in the graph. */
  async run(feeds: Feeds): Promise<ReadonlyMap<string, Numbers>> {
    const { inputNames } = this.#session;
    const given = Object.fromEntries(inputNames.flatMap((name) => (feeds[name] ? [[name, feeds[name]]] : [])));
    const results = await this.#session.run(given);
    return new Map([...this.#outputs].map(([tensor, output]) => [tensor, floatsOf(results, output)]));
  }

  /** Runs a slice of one input on numbers in the type that it takes; gives those of its one tensor. */
  async map(values: Float32Array, dims: readonly number[]): Promise<ArrayLike<number>> {
    const [declared] = this.#session.inputMetadata;
    const given = tensorOf(this.#ort, declared?.isTensor ? declared.type : 'float32', values, dims);
    const [result] = (await this.run(declared ? { [declared.name]: given } : {})).values();
    return result?.data ?? [];
  }

  async dispose(): Promise<void> {
    await this.#session.release();
  }
}

function floatsOf(results: Ort.InferenceSession.ReturnType, name: string): Numbers {
  const tensor = results[name];
  if (tensor && 'dims' in tensor && tensor.data instanceof Float32Array)
    return { dims: tensor.dims, data: tensor.data };
  throw new RangeError(`The run gave no floats as ${name}.`);
}
