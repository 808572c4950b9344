import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { Names } from './edit.ts';
import { unexposable } from './error.ts';
import { type GraphNode, opsetOf, type Tensor } from './graph.ts';
import type { Scope } from './scope.ts';
import { elementTypes } from './type.ts';
import { nodeEntry, outputEntry, typedEntry } from './write.ts';

const message = WireType.LengthDelimited;
/** 64-bit integers, as TensorProto.DataType numbers them. */
const wholeNumbers = 7;

/**
 * A tensor that a slice is given, with its element type (TensorProto.DataType) and number of axes where it is known.
 */
export interface SliceInput {
  readonly tensor: string;
  readonly type: number;
  readonly rank: number | null;
}

/** A part of a model as a model of its own. */
export interface Slice {
  readonly model: Uint8Array;
  /** The output that carries each tensor that was asked for, in 32-bit floats whatever the tensor is. */
  readonly outputs: ReadonlyMap<string, string>;
  /** The input of 64-bit integers that says which rows are wanted of some tensors; null where all come whole. */
  readonly rows: string | null;
}

/**
 * The nodes that lead from some tensors of a graph to others as a model of their own, with the stored weights that
 * these nodes read: a part of a model can be run by itself, also on other numbers. Nodes of a branch and those further
 * out come to one graph. Of tensors `byRow`, `[…, features]`, only the rows are given that a run asks for,
 * `[rows, features]`. Throws GraphError where the tensors depend on an input that is not given.
 */
export function sliceModel(
  scope: Scope,
  inputs: readonly SliceInput[],
  tensors: readonly string[],
  byRow: ReadonlySet<string> = new Set(),
): Slice {
  const { model } = scope;
  const given = new Map(inputs.map((input) => [input.tensor, input]));
  const { nodes, stored, used } = leadingTo(scope, new Set(given.keys()), tensors);
  const names = new Names(model.names);
  const outputs = new Map(tensors.map((tensor) => [tensor, names.fresh('slice')]));
  const rows = tensors.some((tensor) => byRow.has(tensor)) ? names.fresh('rows') : null;
  const graph = new BinaryWriter();
  for (const node of nodes) graph.tag(1, message).bytes(model.bytes.subarray(node.message.start, node.message.end));
  for (const [tensor, output] of outputs) {
    const isTaken = rows !== null && byRow.has(tensor);
    // Axes from the end came with version 11: before it the rows are those of the last axis but one.
    const flat = isTaken && opsetOf(model) >= 11 ? names.fresh('flat') : tensor;
    const taken = isTaken ? names.fresh('taken') : tensor;
    if (flat !== tensor)
      graph.raw(nodeEntry({ op: 'Flatten', inputs: [tensor], outputs: [flat], attributes: { axis: -1 } }));
    if (isTaken)
      graph.raw(nodeEntry({ op: 'Gather', inputs: [flat, rows], outputs: [taken], attributes: { axis: -2 } }));
    graph.raw(nodeEntry({ op: 'Cast', inputs: [taken], outputs: [output], attributes: { to: elementTypes.float } }));
  }
  graph.tag(2, message).string('slice');
  for (const { message: at } of stored) graph.tag(5, message).bytes(model.bytes.subarray(at.start, at.end));
  for (const { tensor, type, rank } of inputs) if (used.has(tensor)) graph.raw(typedEntry(11, tensor, type, rank));
  if (rows !== null) graph.raw(typedEntry(11, rows, wholeNumbers, 1));
  for (const output of outputs.values()) graph.raw(outputEntry(output));
  const writer = new BinaryWriter().tag(1, WireType.Varint).int32(opsetOf(model) >= 23 ? 11 : 10);
  writer.tag(7, message).bytes(graph.finish());
  for (const [domain, version] of model.opsets)
    writer.tag(8, message).fork().tag(1, message).string(domain).tag(2, WireType.Varint).int64(version).join();
  return { model: writer.finish(), outputs, rows };
}

/** The slice from the inputs of the model itself: it takes those that its tensors depend on. Throws GraphError. */
export function sliceFromStart(scope: Scope, tensors: readonly string[], byRow?: ReadonlySet<string>): Slice {
  return sliceModel(scope, startOf(scope), tensors, byRow);
}

/** The inputs of the model itself, as a slice takes them. */
export function startOf({ model: { graph } }: Scope): readonly SliceInput[] {
  return graph.inputs.map((tensor) => ({
    tensor,
    type: graph.types.get(tensor) ?? elementTypes.float,
    rank: graph.ranks.get(tensor) ?? null,
  }));
}

interface Leading {
  readonly nodes: ReadonlySet<GraphNode>;
  readonly stored: ReadonlySet<Tensor>;
  /** The given tensors that are read. */
  readonly used: ReadonlySet<string>;
}

/** The nodes and stored tensors that some tensors are made from, back to those that are given. */
function leadingTo(scope: Scope, given: ReadonlySet<string>, tensors: readonly string[]): Leading {
  const nodes = new Set<GraphNode>();
  const stored = new Set<Tensor>();
  const used = new Set<string>();
  const seen = new Set<string>();
  const open = tensors.map((tensor) => ({ scope, tensor }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { tensor } = next;
    if (tensor === '' || seen.has(tensor)) continue;
    seen.add(tensor);
    if (given.has(tensor)) {
      used.add(tensor);
      continue;
    }
    const producer = next.scope.producerOf(tensor);
    if (producer !== null) {
      const { node, scope: written } = producer;
      scope.model.budget.spend(2 + node.inputs.length);
      nodes.add(node);
      const captured = [...node.attributes.values()].flatMap(({ graph }) => graph?.captured ?? []);
      for (const input of [...node.inputs, ...captured]) open.push({ scope: written, tensor: input });
      continue;
    }
    const weights = next.scope.stored(tensor);
    if (weights === null) throw unexposable((says) => says.depends(tensor));
    stored.add(weights);
  }
  return { nodes, stored, used };
}
