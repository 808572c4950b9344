import type { Graph, GraphNode, Model } from './graph.ts';
import { elementTypes } from './type.ts';

/** The coarsest numbers that a model stores its parameters in, or computes with. */
export type StoredNumbers = 'fp32' | 'fp16' | 'quantised';

/** What the operators of a graph do with numbers of fewer than 32 bits. */
type Narrow = Pick<Model, 'half' | 'storedBits'>;

const int8 = 3;
const halves: ReadonlySet<number> = new Set([elementTypes.half, elementTypes.bfloat]);
const constants: ReadonlySet<string> = new Set(['Constant', 'ConstantOfShape']);

/**
 * What a graph and its branches do with numbers of fewer bits: parameters that a Cast alone reads are only stored in them.
 */
export function narrowOf(graph: Graph, outer: ReadonlyMap<string, number> = new Map()): Narrow {
  const types = new Map(outer);
  for (const { name, type } of graph.initializers.values()) types.set(name, type);
  for (const node of graph.nodes) {
    const type = constants.has(node.op) ? node.attributes.get('value')?.tensor?.type : undefined;
    if (type !== undefined) types.set(node.outputs[0] ?? '', type);
  }
  return graph.nodes.flatMap((node) => [narrowIn(node, types), ...branchesOf(node, types)]).reduce(narrower, plain);
}

/** The coarsest numbers that a model stores or computes with. */
export function storedNumbersOf({ quantised, half, storedBits }: Model): StoredNumbers {
  if (quantised || storedBits === 8) return 'quantised';
  return half || storedBits === 16 ? 'fp16' : 'fp32';
}

const plain: Narrow = { half: false, storedBits: 32 };

function branchesOf({ attributes }: GraphNode, types: ReadonlyMap<string, number>): Narrow[] {
  return [...attributes.values()].flatMap(({ graph }) => (graph ? [narrowOf(graph, types)] : []));
}

function narrowIn({ op, inputs, attributes }: GraphNode, types: ReadonlyMap<string, number>): Narrow {
  const read = inputs.map((input) => types.get(input) ?? 0);
  const readsHalf = read.some((type) => halves.has(type));
  if (op !== 'Cast') return { half: readsHalf, storedBits: 32 };
  const to = attributes.get('to')?.int ?? 0;
  const widens = to === elementTypes.float || to === elementTypes.double;
  return { half: halves.has(to), storedBits: !widens ? 32 : read.includes(int8) ? 8 : readsHalf ? 16 : 32 };
}

function narrower(a: Narrow, b: Narrow): Narrow {
  return { half: a.half || b.half, storedBits: a.storedBits < b.storedBits ? a.storedBits : b.storedBits };
}
