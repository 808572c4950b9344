import type * as Ort from 'onnxruntime-node';
import type { Numbers } from '../../core/block/numbers.ts';
import { AttentionError } from '../../core/errors/reason.ts';
import { GraphError } from '../../core/onnx/error.ts';
import type { Slice } from '../../core/onnx/slice.ts';
import { tensorOf } from '../feeds/typed.ts';
import { inMemoryOptions, type GraphFile } from './graph-file.ts';
import { runtimeMessage } from './runtime-message.ts';

/** The inputs of a run by name: more than a slice takes may be given. */
export type Feeds = Readonly<Record<string, Ort.Tensor>>;

/** What is thrown where a graph cannot be cut: `block-unreadable` for a GraphError, all else as it is. */
export function unreadable({ model }: GraphFile, thrown: unknown): unknown {
  if (!(thrown instanceof GraphError)) return thrown;
  return new AttentionError({ code: 'block-unreadable', model, detail: thrown.problem.detail }, { cause: thrown });
}

/** A part of a model with a session of its own. */
export class OpenSlice {
  readonly #ort: typeof Ort;
  readonly #session: Ort.InferenceSession;
  readonly #outputs: Slice['outputs'];
  readonly #rows: Slice['rows'];

  private constructor(ort: typeof Ort, session: Ort.InferenceSession, { outputs, rows }: Slice) {
    this.#ort = ort;
    this.#session = session;
    this.#outputs = outputs;
    this.#rows = rows;
  }

  /** Opens a slice of a graph file. Throws `block-unreadable`. */
  static async open(ort: typeof Ort, graph: GraphFile, slice: Slice): Promise<OpenSlice> {
    try {
      const session = await ort.InferenceSession.create(slice.model, inMemoryOptions(graph));
      return new OpenSlice(ort, session, slice);
    } catch (thrown) {
      const detail = runtimeMessage(thrown);
      throw new AttentionError({ code: 'block-unreadable', model: graph.model, detail }, { cause: thrown });
    }
  }

  /**
   * Runs the slice; gives its tensors by their names in the graph. `rows` are those that are wanted of tensors by row.
   */
  async run(feeds: Feeds, rows: readonly number[] = []): Promise<ReadonlyMap<string, Numbers>> {
    const { inputNames } = this.#session;
    const given = Object.fromEntries(inputNames.flatMap((name) => (feeds[name] ? [[name, feeds[name]]] : [])));
    if (this.#rows !== null) given[this.#rows] = tensorOf(this.#ort, 'int64', rows, [rows.length]);
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

  /** Runs a slice of one linear map on `count` rows, which lie one after the other; `rank` is that of its input. */
  mapRows(rows: Float32Array, count: number, rank: number): Promise<ArrayLike<number>> {
    const dims = [count, rows.length / count];
    return this.map(rows, rank === 2 ? dims : [1, ...dims]);
  }

  /** Numbers as the type in which the slice takes an input; undefined for an input that it does not take. */
  given(name: string, { dims, data }: Numbers): Ort.Tensor | undefined {
    const declared = this.#session.inputMetadata.find((input) => input.name === name);
    return declared && tensorOf(this.#ort, declared.isTensor ? declared.type : 'float32', data, dims);
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
