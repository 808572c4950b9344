import type * as Ort from 'onnxruntime-node';
import { blockSlices, conditionSlice, inSingleNodes, takenBranch } from '../../core/block/block-slices.ts';
import type { ReadableBlock } from '../../core/block/explain.ts';
import { RunNumbers } from '../../core/block/numbers.ts';
import type { Found } from '../../core/onnx/find.ts';
import type { Model } from '../../core/onnx/graph.ts';
import type { Slice, SliceInput } from '../../core/onnx/slice.ts';
import { elementTypes } from '../../core/onnx/type.ts';
import { words } from '../../core/words/words.ts';
import type { Work } from '../../protocol/contract.ts';
import { checkpoint } from '../process/stage.ts';
import { readGraph, type GraphFile } from './graph-file.ts';
import type { GivenTensor } from './kept-inputs.ts';
import { OpenSlice, unreadable, type Feeds } from './slices.ts';

/** What a run of a block gave: its tensors by their names in the graph. */
export interface BlockNumbers {
  readonly block: ReadableBlock;
  readonly numbers: RunNumbers;
  /** The output projection; null where it was not found. */
  readonly projection: Projection | null;
}

/** The output projection of a block, without its bias. */
export interface Projection {
  /** The tensor of the block that it gives. */
  readonly product: string;
  /** Projects `count` rows, which lie one after the other, and gives as many. */
  project(rows: Float32Array, count: number): Promise<ArrayLike<number>>;
}

/** The block of one attention that is open, and the conditions of branches under which a run comes to it. */
interface OpenBlock {
  readonly site: number;
  /** The tensor inside the graph that it starts from; null where it starts from the inputs of the graph alone. */
  readonly start: string | null;
  readonly block: ReadableBlock;
  readonly conditions: readonly { readonly slice: OpenSlice; readonly value: boolean }[];
  readonly cell: OpenSlice;
  readonly projection: Projection | null;
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

  constructor(ort: typeof Ort, graph: GraphFile) {
    this.#ort = ort;
    this.#graph = graph;
  }

  /**
   * Runs the block of an attention, counted in the order of the graph, on inputs of the graph; where it is known what
   * the block itself is given on these, nothing before it. Throws `block-unreadable`, `model-file-invalid`,
   * `cancelled`, and what onnxruntime throws.
   */
  async read(site: number, feeds: Feeds, given: GivenTensor | null, work: Work): Promise<BlockNumbers> {
    const { block, cell, projection } = await this.#blockOf(site, feeds, given, work);
    checkpoint(work.signal);
    work.report({ stage: words().stages.running });
    return {
      block,
      numbers: new RunNumbers(await cell.run(given ? { ...feeds, [given.name]: given.tensor } : feeds)),
      projection,
    };
  }

  async dispose(): Promise<void> {
    const open = this.#open;
    this.#open = null;
    for (const slice of open?.slices ?? []) await slice.dispose();
  }

  async #blockOf(site: number, feeds: Feeds, given: GivenTensor | null, work: Work): Promise<OpenBlock> {
    const start = given?.name ?? null;
    if (this.#open?.site === site && this.#open.start === start && (await holds(this.#open, feeds))) return this.#open;
    work.report({ stage: words().stages.reading });
    await this.dispose();
    const slices: OpenSlice[] = [];
    const open = async (slice: Slice): Promise<OpenSlice> => {
      checkpoint(work.signal);
      const opened = await OpenSlice.open(this.#ort, this.#graph, slice);
      slices.push(opened);
      return opened;
    };
    try {
      this.#model ??= await readGraph(this.#graph, work);
      const found = inSingleNodes(this.#model, site);
      this.#open = { ...(await openBlock({ site, given }, found, feeds, open)), start, slices };
      return this.#open;
    } catch (thrown) {
      for (const slice of slices) await slice.dispose();
      throw unreadable(this.#graph, thrown);
    }
  }
}

/** Opens the block of an attention in the branches that a run on these inputs takes. */
async function openBlock(
  { site, given }: { readonly site: number; readonly given: GivenTensor | null },
  first: Found,
  feeds: Feeds,
  open: (slice: Slice) => Promise<OpenSlice>,
): Promise<Omit<OpenBlock, 'start' | 'slices'>> {
  const conditions: { readonly slice: OpenSlice; readonly value: boolean }[] = [];
  let found = first;
  for (let condition = conditionSlice(found); condition !== null; condition = conditionSlice(found)) {
    const slice = await open(condition);
    const value = await isTrue(slice, feeds);
    conditions.push({ slice, value });
    found = takenBranch(found, value);
  }
  const { block, cell, output } = blockSlices(found, site, given ? [inputOf(given)] : []);
  const opened = await open(cell);
  if (output === null) return { site, block, conditions, cell: opened, projection: null };
  const linear = await open(output.slice);
  const project: Projection['project'] = (rows, count) => {
    const dims = [count, rows.length / count];
    return linear.map(rows, output.rank === 2 ? dims : [1, ...dims]);
  };
  return { site, block, conditions, cell: opened, projection: { product: output.product, project } };
}

function inputOf({ name, tensor: { type, dims } }: GivenTensor): SliceInput {
  return { tensor: name, type: type === 'float16' ? elementTypes.half : elementTypes.float, rank: dims.length };
}

/** Whether a run on these inputs takes the branches that are open. */
async function holds({ conditions }: OpenBlock, feeds: Feeds): Promise<boolean> {
  for (const { slice, value } of conditions) if ((await isTrue(slice, feeds)) !== value) return false;
  return true;
}

async function isTrue(slice: OpenSlice, feeds: Feeds): Promise<boolean> {
  const [condition] = (await slice.run(feeds)).values();
  return condition !== undefined && condition.data[0] !== 0;
}
