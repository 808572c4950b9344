import type * as Ort from 'onnxruntime-node';
import { blockSlices, inSingleNodes, type ResidualTensors } from '../../core/block/block-slices.ts';
import type { ReadableBlock } from '../../core/block/explain.ts';
import { RunNumbers } from '../../core/block/numbers.ts';
import type { Found } from '../../core/onnx/find.ts';
import type { Model } from '../../core/onnx/graph.ts';
import type { Slice, SliceInput } from '../../core/onnx/slice.ts';
import { elementTypes } from '../../core/onnx/type.ts';
import { words } from '../../core/words/words.ts';
import type { Work } from '../../protocol/contract.ts';
import { checkpoint } from '../process/stage.ts';
import { Branches, Conditions } from './graph-branches.ts';
import { readGraph, type GraphFile } from './graph-file.ts';
import type { GivenTensor } from './kept-inputs.ts';
import { OpenSlice, unreadable, type Feeds } from './slices.ts';

/** What a run of a block gave: its tensors by their names in the graph. */
export interface BlockNumbers {
  readonly block: ReadableBlock;
  readonly numbers: RunNumbers;
  /** The output projection; null where it was not found. */
  readonly projection: Projection | null;
  /** The residual stream and what is added to it; null where the run gives neither. */
  readonly residual: ResidualTensors | null;
}

/** The output projection of a block, without its bias. */
export interface Projection {
  /** The tensor of the block that it gives. */
  readonly product: string;
  /** Projects `count` rows, which lie one after the other, and gives as many. */
  project(rows: Float32Array, count: number): Promise<ArrayLike<number>>;
}

/** The block of one attention that is open. */
interface OpenBlock {
  /** The attention, and the branches of the graph in which a run comes to it. */
  readonly place: string;
  /** The tensor inside the graph that it starts from; null where it starts from the inputs of the graph alone. */
  readonly start: string | null;
  readonly block: ReadableBlock;
  readonly cell: OpenSlice;
  readonly projection: Projection | null;
  readonly residual: ResidualTensors | null;
  /** Everything that is open. */
  readonly slices: readonly OpenSlice[];
}

/**
 * Runs the block around one attention of a graph by itself. A run computes nothing beyond that block and gives its
 * tensors alone; the block that was asked for last stays open.
 */
export class BlockReader {
  readonly #ort: typeof Ort;
  readonly #graph: GraphFile;
  #open: OpenBlock | null = null;
  /** Some kilobytes: the graph, its weights references into its file. */
  #model: Model | null = null;
  readonly #conditions: Conditions;
  /** The attention that was asked for last: one that was written out holds a graph of its own. */
  #last: { readonly site: number; readonly found: Found } | null = null;

  constructor(ort: typeof Ort, graph: GraphFile) {
    this.#ort = ort;
    this.#graph = graph;
    this.#conditions = new Conditions(ort, graph);
  }

  /**
   * Runs the block of an attention, counted in the order of the graph, on inputs of the graph; where it is known what
   * the block itself is given on these, nothing before it. Throws `block-unreadable`, `model-file-invalid`,
   * `cancelled`, and what onnxruntime throws.
   */
  async read(site: number, feeds: Feeds, given: GivenTensor | null, work: Work): Promise<BlockNumbers> {
    const { block, cell, projection, residual } = await this.#blockOf(site, feeds, given, work);
    checkpoint(work.signal);
    work.report({ stage: words().stages.running });
    return {
      block,
      numbers: new RunNumbers(await cell.run(given ? { ...feeds, [given.name]: given.tensor } : feeds)),
      projection,
      residual,
    };
  }

  async dispose(): Promise<void> {
    await this.#close();
    await this.#conditions.dispose();
  }

  async #close(): Promise<void> {
    const open = this.#open;
    this.#open = null;
    for (const slice of open?.slices ?? []) await slice.dispose();
  }

  async #attention(site: number, work: Work): Promise<Found> {
    if (this.#last?.site === site) return this.#last.found;
    try {
      this.#model ??= await readGraph(this.#graph, work);
      this.#last = { site, found: inSingleNodes(this.#model, site) };
      return this.#last.found;
    } catch (thrown) {
      throw unreadable(this.#graph, thrown);
    }
  }

  async #blockOf(site: number, feeds: Feeds, given: GivenTensor | null, work: Work): Promise<OpenBlock> {
    const start = given?.name ?? null;
    const branches = new Branches(this.#conditions, feeds);
    const found = await branches.found(await this.#attention(site, work));
    const place = [site, branches.key].join();
    if (this.#open?.place === place && this.#open.start === start) return this.#open;
    work.report({ stage: words().stages.reading });
    await this.#close();
    const slices: OpenSlice[] = [];
    const open = async (slice: Slice): Promise<OpenSlice> => {
      checkpoint(work.signal);
      const opened = await OpenSlice.open(this.#ort, this.#graph, slice);
      slices.push(opened);
      return opened;
    };
    try {
      this.#open = { ...(await openBlock(site, found, given, open)), place, start, slices };
      return this.#open;
    } catch (thrown) {
      for (const slice of slices) await slice.dispose();
      throw unreadable(this.#graph, thrown);
    }
  }
}

/** Opens the block of an attention that stands in no branch. */
async function openBlock(
  site: number,
  found: Found,
  given: GivenTensor | null,
  open: (slice: Slice) => Promise<OpenSlice>,
): Promise<Pick<OpenBlock, 'block' | 'cell' | 'projection' | 'residual'>> {
  const { block, cell, output, residual } = blockSlices(found, site, given ? [inputOf(given)] : []);
  const opened = await open(cell);
  if (output === null) return { block, cell: opened, projection: null, residual };
  const linear = await open(output.slice);
  const project: Projection['project'] = (rows, count) => linear.mapRows(rows, count, output.rank);
  return { block, cell: opened, projection: { product: output.product, project }, residual };
}

function inputOf({ name, tensor: { type, dims } }: GivenTensor): SliceInput {
  return { tensor: name, type: type === 'float16' ? elementTypes.half : elementTypes.float, rank: dims.length };
}
