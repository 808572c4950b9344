import type { Graph, GraphNode, Model, Tensor } from './graph.ts';
import { elementTypes, floatTypes } from './type.ts';

/** The coarsest numbers that a model stores its parameters in, or computes with. */
export type StoredNumbers = 'fp32' | 'fp16' | 'quantised';

/** What the operators of a graph do with numbers of fewer than 32 bits. */
type Narrow = Pick<Model, 'half' | 'storedBits'>;

/** The type of a stored tensor, and whether it is a matrix, as parameters are; a number or a list tells nothing. */
type Stored = Pick<Tensor, 'type'> & { readonly isMatrix: boolean };

/** The stored tensor that a name stands for, here or further out. */
type Scope = (name: string) => Stored | undefined;

const halves: ReadonlySet<number> = new Set([elementTypes.half, elementTypes.bfloat]);
/** Types of ONNX's TensorProto by their bits: uint8, int8 and the four of 8-bit floats; uint4 and int4. */
const bitsOf: ReadonlyMap<number, Narrow['storedBits']> = new Map([
  ...[2, 3, 17, 18, 19, 20].map((type) => [type, 8] as const),
  ...[21, 22].map((type) => [type, 4] as const),
  ...[...halves].map((type) => [type, 16] as const),
]);
const constants: ReadonlySet<string> = new Set(['Constant', 'ConstantOfShape']);
/** Operators that move numbers, their first input, and compute nothing. */
const movers: ReadonlySet<string> = new Set([
  'Gather',
  'Identity',
  'Reshape',
  'Slice',
  'Squeeze',
  'Transpose',
  'Unsqueeze',
]);

/**
 * What a graph and its branches do with numbers of fewer bits: matrices that a Cast alone reads, perhaps after they
 * were moved, are only stored in them.
 */
export function narrowOf(graph: Graph, outer: Scope = () => undefined): Narrow {
  const own = new Map<string, Stored>();
  const scope: Scope = (name) => own.get(name) ?? outer(name);
  for (const tensor of graph.initializers.values()) if (bitsOf.has(tensor.type)) own.set(tensor.name, storedOf(tensor));
  let all: Narrow = { half: false, storedBits: 32 };
  for (const node of graph.nodes) {
    const [input = '', output = ''] = [node.inputs[0], node.outputs[0]];
    const value = constants.has(node.op) ? node.attributes.get('value')?.tensor : null;
    const stored = value ? storedOf(value) : movers.has(node.op) ? scope(input) : undefined;
    if (stored && bitsOf.has(stored.type)) own.set(output, stored);
    else all = narrower(all, narrowIn(node, scope));
    for (const { graph: branch } of node.attributes.values()) if (branch) all = narrower(all, narrowOf(branch, scope));
  }
  return all;
}

/** The coarsest numbers that a model stores or computes with. */
export function storedNumbersOf(model: Model): StoredNumbers {
  const computed = computedNumbersOf(model);
  if (computed === 'quantised' || model.storedBits < 16) return 'quantised';
  return model.storedBits === 16 ? 'fp16' : computed;
}

/** The coarsest numbers that a model computes with. */
export function computedNumbersOf({ quantised, half }: Model): StoredNumbers {
  return quantised ? 'quantised' : half ? 'fp16' : 'fp32';
}

function storedOf({ type, dims }: Tensor): Stored {
  return { type, isMatrix: dims.length > 1 };
}

function narrowIn({ op, inputs, attributes }: GraphNode, scope: Scope): Narrow {
  const read = inputs.flatMap((input) => scope(input) ?? []);
  if (op !== 'Cast') return { half: read.some(({ type }) => halves.has(type)), storedBits: 32 };
  const to = attributes.get('to')?.int ?? 0;
  const [stored] = floatTypes.has(to) ? read.filter(({ isMatrix }) => isMatrix) : [];
  return { half: halves.has(to), storedBits: (stored && bitsOf.get(stored.type)) ?? 32 };
}

function narrower(a: Narrow, b: Narrow): Narrow {
  return { half: a.half || b.half, storedBits: a.storedBits < b.storedBits ? a.storedBits : b.storedBits };
}
