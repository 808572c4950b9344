import type * as Ort from 'onnxruntime-node';
import { linearRank, linearSlice } from '../../core/block/block-slices.ts';
import type { Norm, Projection } from '../../core/block/block.ts';
import { gainOf, normProbe, type NormGain } from '../../core/block/frozen-norm.ts';
import { RunNumbers, type Numbers } from '../../core/block/numbers.ts';
import { streamParts, type Parts, type StreamRuns } from '../../core/block/stream-parts.ts';
import { normSlice, streamSlice, streamTensors } from '../../core/block/stream-slices.ts';
import type { StreamTree } from '../../core/block/stream-tree.ts';
import { rankOf } from '../../core/onnx/shape.ts';
import type { Slice } from '../../core/onnx/slice.ts';
import type { Work } from '../../protocol/contract.ts';
import { checkpoint } from '../process/stage.ts';
import type { GraphFile } from './graph-file.ts';
import { OpenSlice, unreadable, type Feeds } from './slices.ts';

/** What the caller of a stream adds to the numbers of the graph. */
export type StreamExtras = Pick<StreamRuns, 'byToken' | 'states'>;

/** The numbers of one run of a stream, at the rows that were asked for. */
export interface StreamRun {
  readonly feeds: Feeds;
  readonly rows: readonly number[];
  readonly numbers: RunNumbers;
}

/**
 * The residual stream of a graph up to one tensor: runs it at chosen tokens and takes it apart. Norms and linear maps
 * are slices of the graph, each opened when it is first needed.
 */
export class StreamReader {
  readonly tree: StreamTree;
  readonly #ort: typeof Ort;
  readonly #graph: GraphFile;
  readonly #work: Work;
  readonly #forward: OpenSlice;
  readonly #byRow: ReadonlySet<string>;
  readonly #whole: ReadonlySet<string>;
  readonly #slices = new Map<string, OpenSlice>();
  readonly #gains = new Map<string, NormGain>();

  private constructor(
    ort: typeof Ort,
    graph: GraphFile,
    opened: { readonly tree: StreamTree; readonly forward: OpenSlice; readonly others: readonly string[] },
    work: Work,
  ) {
    this.tree = opened.tree;
    this.#ort = ort;
    this.#graph = graph;
    this.#work = work;
    this.#forward = opened.forward;
    this.#whole = new Set(opened.others);
    this.#byRow = streamTensors(opened.tree).byRow;
  }

  /** Opens a stream; `others` are tensors that a run gives whole. Throws `block-unreadable`. */
  static async open(
    ort: typeof Ort,
    graph: GraphFile,
    { tree, others }: { readonly tree: StreamTree; readonly others: readonly string[] },
    work: Work,
  ): Promise<StreamReader> {
    try {
      const forward = await OpenSlice.open(ort, graph, streamSlice(tree, others));
      return new StreamReader(ort, graph, { tree, forward, others }, work);
    } catch (thrown) {
      throw unreadable(graph, thrown);
    }
  }

  /** Runs the model up to the tensor of the stream. */
  async run(feeds: Feeds, rows: readonly number[]): Promise<StreamRun> {
    checkpoint(this.#work.signal);
    return { feeds, rows, numbers: new RunNumbers(await this.#forward.run(feeds, rows)) };
  }

  /** What the rows of a run are made of. */
  parts({ numbers, rows }: StreamRun, extras: StreamExtras): Promise<Parts> {
    return streamParts(this.tree, {
      ...extras,
      count: rows.length,
      numbers: (tensor) => this.#rowsOf(numbers.of(tensor), tensor, rows),
      gain: (norm, features) => this.#gain(norm, features),
      linear: (projection, values) => this.linear(projection, values, rows.length),
    });
  }

  /** Puts rows through a linear map of the graph. Throws `block-unreadable`, `cancelled`. */
  async linear(projection: Projection, values: Float64Array, count: number): Promise<Float64Array> {
    const { scope } = this.tree;
    const open = await this.slice(projection.product, () => linearSlice(scope, projection).slice);
    return Float64Array.from(await open.mapRows(Float32Array.from(values), count, linearRank(scope, projection)));
  }

  /** A slice that is kept open under a name. Throws `block-unreadable`, `cancelled`. */
  async slice(name: string, cut: () => Slice): Promise<OpenSlice> {
    checkpoint(this.#work.signal);
    const known = this.#slices.get(name);
    if (known) return known;
    try {
      const opened = await OpenSlice.open(this.#ort, this.#graph, cut());
      this.#slices.set(name, opened);
      return opened;
    } catch (thrown) {
      throw unreadable(this.#graph, thrown);
    }
  }

  /** Gain and offset of a norm, by what it makes of numbers of one's own of these sizes. */
  async gainAt(norm: Norm, dims: readonly number[]): Promise<NormGain> {
    const known = this.#gains.get(norm.output);
    if (known) return known;
    const features = dims.at(-1) ?? 0;
    const rows = dims.slice(0, -1).reduce((product, size) => product * size, 1);
    const slice = await this.slice(norm.output, () => normSlice(this.tree.scope, norm));
    const ofZeros = await slice.map(new Float32Array(rows * features), dims);
    const ofProbe = await slice.map(normProbe(norm.kind, features, rows), dims);
    const gain = gainOf(norm.kind, features, { ofZeros, ofProbe });
    this.#gains.set(norm.output, gain);
    return gain;
  }

  async dispose(): Promise<void> {
    await this.#forward.dispose();
    for (const slice of this.#slices.values()) await slice.dispose();
  }

  /** Of a norm in the stream: one row is enough. A norm that is written out counts its axes. */
  #gain(norm: Norm, features: number): Promise<NormGain> {
    const rank = rankOf(this.tree.scope, norm.input) ?? rankOf(this.tree.scope, norm.output) ?? 3;
    return this.gainAt(norm, [...Array.from({ length: Math.max(1, rank - 1) }, () => 1), features]);
  }

  /** The chosen rows, also of a tensor that is given whole; all numbers of what has none. */
  #rowsOf({ dims, data }: Numbers, tensor: string, rows: readonly number[]): ArrayLike<number> {
    if (!this.#byRow.has(tensor)) return data;
    const features = dims.at(-1) ?? 0;
    if (!this.#whole.has(tensor)) return data;
    return Float64Array.from({ length: rows.length * features }, (_, at) => {
      const row = rows[Math.floor(at / features)] ?? NaN;
      return data[row * features + (at % features)] ?? NaN;
    });
  }
}
