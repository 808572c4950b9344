import type { Budget } from '../budget.ts';
import type { Message } from './wire.ts';

/**
 * A stored tensor, its values still in the file. `dims` counts elements by axis; `type` is ONNX's TensorProto.DataType.
 */
export interface Tensor {
  readonly name: string;
  readonly dims: readonly number[];
  readonly type: number;
  readonly message: Message;
}

/** An attribute of a node; `bytesAt` to `message.end` covers its entry in the node, tag included. */
export interface Attribute {
  readonly name: string;
  readonly int: number | null;
  readonly float: number | null;
  /** A text of a few words at most: longer ones are not read. */
  readonly text: string | null;
  readonly ints: readonly number[];
  readonly tensor: Tensor | null;
  readonly graph: Graph | null;
  readonly entryAt: number;
  readonly message: Message;
}

/**
 * A node; names of inputs and outputs are '' where an optional one is left out. `domain` is '' for ONNX's own
 * operators.
 */
export interface GraphNode {
  readonly op: string;
  readonly domain: string;
  readonly name: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Where in the file each output's name stands, tag included. */
  readonly outputEntries: readonly { readonly start: number; readonly end: number }[];
  readonly attributes: ReadonlyMap<string, Attribute>;
  /** `entryAt` to `message.end` covers the node's entry in its graph, tag included. */
  readonly entryAt: number;
  readonly message: Message;
}

/**
 * A graph, or the branch of an `If`. `ranks` and `types` hold what value_info, inputs and outputs say of axes and
 * element types.
 */
export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly initializers: ReadonlyMap<string, Tensor>;
  readonly ranks: ReadonlyMap<string, number>;
  readonly types: ReadonlyMap<string, number>;
  /** What the nodes of the graph, and of its branches, read from further out, each name once. */
  readonly captured: readonly string[];
  readonly message: Message;
}

/** A model file: its graph, and which version of each operator set it asks for. */
export interface Model {
  readonly bytes: Uint8Array;
  /** What is left of the steps that reading and searching the file may take. */
  readonly budget: Budget;
  readonly graph: Graph;
  readonly opsets: ReadonlyMap<string, number>;
  /** How many functions of its own the file defines (nodes may hide in them). */
  readonly functions: number;
  /** Every tensor name of the file, at any depth. */
  readonly names: ReadonlySet<string>;
  /** Whether anything is computed in 16-bit floats. */
  readonly half: boolean;
  /** Bits of the coarsest parameters that are widened to floats before they are computed with; 32 where none are. */
  readonly storedBits: 4 | 8 | 16 | 32;
  /** Whether any node computes with, or unpacks, numbers of 8 bits and fewer. */
  readonly quantised: boolean;
}

/** The version of ONNX's own operators that a model asks for. */
export function opsetOf(model: Model): number {
  return model.opsets.get('') ?? 13;
}

/** Whether a node moves axes in exactly this order. */
export function isPermuted(node: GraphNode, order: readonly number[]): boolean {
  const perm = node.attributes.get('perm')?.ints;
  return node.op === 'Transpose' && perm?.length === order.length && order.every((axis, at) => perm[at] === axis);
}

/** An integer attribute, or `otherwise` when the node has none. */
export function intOf(node: GraphNode, name: string, otherwise: number): number {
  return node.attributes.get(name)?.int ?? otherwise;
}
