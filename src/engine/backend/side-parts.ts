import type * as Ort from 'onnxruntime-node';
import type { Block, Projection } from '../../core/block/block.ts';
import { freeze, normed, offsetRows } from '../../core/block/frozen-norm.ts';
import { vectorAt, type AttentionSizes, type FeatureAxis } from '../../core/block/numbers.ts';
import type { PartName } from '../../core/block/part-name.ts';
import { placeChain, type PlaceLink } from '../../core/block/place-chain.ts';
import type { Part } from '../../core/block/stream-parts.ts';
import { placeSlice } from '../../core/block/stream-slices.ts';
import { itemAt } from '../../core/item-at.ts';
import type { GraphNode } from '../../core/onnx/graph.ts';
import type { Scope } from '../../core/onnx/scope.ts';
import { nodeName } from '../../core/onnx/site.ts';
import { words } from '../../core/words/words.ts';
import type { Work } from '../../protocol/contract.ts';
import { checkpoint } from '../process/stage.ts';
import type { Feeds } from './slices.ts';
import type { StreamReader, StreamRun } from './stream-reader.ts';

/** Which vectors are to be taken apart: the queries or keys of a head of one attention. */
export interface SideAsk {
  readonly side: Side;
  readonly site: number;
  readonly head: number;
  readonly sizes: Omit<AttentionSizes, 'headsInside'>;
}

/** A part of vectors: one for each row that was asked for. */
export interface PartVectors {
  readonly name: PartName;
  readonly vectors: readonly Float64Array[];
}

/** How rows lie in a run: in the residual stream, and in the tensor of queries or keys. */
export interface Rows {
  readonly stream: readonly number[];
  readonly side: readonly number[];
}

/** Parts of a side, and why what was not taken apart was not. */
export interface SideParts {
  readonly parts: readonly PartVectors[];
  readonly whole: string | null;
}

/** The two sides of a score. */
export type Side = 'query' | 'key';

/** Why a side is not taken apart. */
export interface Unread {
  readonly why: string;
}

/** How queries or keys come of the stream: the projection, and what lies between it and them. */
interface SideWay {
  readonly projection: Projection;
  readonly links: readonly PlaceLink[];
  /** The tensors whose numbers are needed whole. */
  readonly tensors: readonly string[];
}

/** One side of an attention that is open. */
export interface OpenSide extends SideWay {
  readonly block: Block;
  readonly reader: StreamReader;
}

/** How one side of a block comes of the stream, or why it is not taken apart. */
export function wayOf(scope: Scope, block: Block, side: Side): SideWay | Unread {
  const tensor = block[side];
  const projection = block.projections[side];
  if (tensor === null || projection === null)
    return { why: block.missing.find(({ part }) => part === `${side} projection` || part === 'scores')?.why ?? '' };
  const chain = placeChain(scope, projection.product, tensor);
  if (chain.links === null) return { why: words().details.block.notLinear(nodeWords(chain.stoppedBy)) };
  const tensors = [projection.product, tensor, ...chain.links.flatMap(tensorsOf)];
  return { projection, links: chain.links, tensors };
}

/** Parts of a product at their places in the sequence, through what lies between it and queries or keys. */
export async function placedParts(
  open: OpenSide,
  { side, head, sizes }: SideAsk,
  run: StreamRun,
  rows: Rows,
  parts: readonly Part[],
  bias: PartName,
  work: Work,
): Promise<readonly PartVectors[]> {
  const { block, projection } = open;
  const axis: FeatureAxis = side === 'key' && block.keyTransposed ? -2 : -1;
  const product = run.numbers.of(projection.product);
  const { dims } = run.numbers.of(block[side] ?? '');
  const features = product.dims.at(-1) ?? 0;
  const steps = await placeSteps(open, run);
  const put = async (values: Float64Array | null): Promise<readonly Float64Array[]> => {
    let data = new Float64Array(product.data.length);
    for (const [at, row] of rows.stream.entries())
      if (values) data.set(values.subarray(at * features, (at + 1) * features), row * features);
    for (const step of steps) data = await step(data);
    return rows.side.map((row) =>
      vectorAt({ dims, data }, head, row, { ...sizes, headsInside: block.headsInside }, axis),
    );
  };
  const constants = await put(null);
  const made: PartVectors[] = [];
  for (const { name, values } of parts) {
    work.report({ stage: words().stages.parts, done: made.length, total: parts.length });
    checkpoint(work.signal);
    const own = await put(values);
    made.push({ name, vectors: own.map((vector, at) => less(vector, itemAt(constants, at))) });
  }
  return constants.every((vector) => vector.every((value) => value === 0))
    ? made
    : withBias(made, { name: bias, vectors: constants });
}

/** The steps from a product to queries or keys as they are in one run, norms at its statistics. */
async function placeSteps(
  { links, projection, reader }: OpenSide,
  { feeds, numbers }: StreamRun,
): Promise<readonly ((values: Float64Array) => Promise<Float64Array<ArrayBuffer>>)[]> {
  const product = numbers.of(projection.product);
  return Promise.all(
    links.map(async (link) => {
      if (link.kind === 'norm') {
        const input = numbers.of(link.norm.input);
        const gain = await reader.gainAt(link.norm, input.dims);
        const frozen = freeze(link.norm.kind, gain, input.data, numbers.of(link.norm.output).data);
        const offset = offsetRows(frozen);
        return (values) => Promise.resolve(normed(frozen, values).map((value, at) => value + itemAt(offset, at)));
      }
      const { from, to } = link;
      const slice = await reader.slice(to, () => placeSlice(reader.tree.scope, link, projection.product));
      const { dims } = numbers.of(from);
      return async (data) => {
        const given = {
          [projection.product]: slice.given(projection.product, product),
          [from]: slice.given(from, { dims, data }),
        };
        return Float64Array.from((await slice.run({ ...feeds, ...defined(given) })).get(to)?.data ?? []);
      };
    }),
  );
}

function tensorsOf(link: PlaceLink): readonly string[] {
  return link.kind === 'norm' ? [link.norm.input, link.norm.output] : [];
}

function less(vector: Float64Array, other: Float64Array): Float64Array {
  return vector.map((value, at) => value - itemAt(other, at));
}

function defined(feeds: Readonly<Record<string, Ort.Tensor | undefined>>): Feeds {
  return Object.fromEntries(Object.entries(feeds).flatMap(([name, tensor]) => (tensor ? [[name, tensor]] : [])));
}

/** Adds a bias to the part of that name, which the projection may have made already. */
function withBias(parts: readonly PartVectors[], bias: PartVectors): readonly PartVectors[] {
  const same = parts.find(({ name }) => name.kind === bias.name.kind);
  if (!same) return [...parts, bias];
  const vectors = same.vectors.map((vector, at) =>
    vector.map((value, d) => value + itemAt(itemAt(bias.vectors, at), d)),
  );
  return parts.map((part) => (part === same ? { ...part, vectors } : part));
}

/** A node for a sentence. */
export function nodeWords(node: GraphNode): string {
  return words().reading.node(node.op, nodeName(node));
}
