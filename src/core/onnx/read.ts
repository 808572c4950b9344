import type { Budget } from '../budget.ts';
import { graphBudget, unreadable } from './error.ts';
import type { Attribute, Graph, GraphNode, Model, Tensor } from './graph.ts';
import { narrowOf } from './stored.ts';
import { type Field, type Message, reading, Wire } from './wire.ts';

/** More nodes than any real export has: beyond it a file is taken for a trap. */
const maxNodes = 250_000;
/** Bytes of a text attribute that is read: the equation of an Einsum. Others hold whole files. */
const maxAttributeText = 256;
/** Integers of an attribute after which no more are read: orders, sizes and axes have a few. */
const maxInts = 1024;
/** Characters of an operator's name, and axes of a tensor: no real one has as many. */
const maxOp = 128;
const maxAxes = 64;
/** What a node costs beside its fields. */
const nodeSteps = 4;
/** Branches inside branches: real exports nest two or three deep. */
const maxDepth = 32;
/**
 * Operators of ONNX and onnxruntime for quantised numbers: QLinearMatMul, DynamicQuantizeLinear, MatMulInteger,
 * MatMulNBits, …
 */
const quantisedOps = /^Q[A-Z]|Quantize|Integer|NBits|Bnb4|FpQ4/;

interface Reading {
  readonly wire: Wire;
  readonly names: Set<string>;
  nodes: number;
  quantised: boolean;
}

/**
 * Reads the graph of an ONNX file: nodes, names, shapes; never a weight.
 * Follows onnx.proto (ModelProto, GraphProto, NodeProto, AttributeProto, TensorProto). Throws GraphError for bytes that
 * are no model.
 */
export function readModel(bytes: Uint8Array): Model {
  return reading(() => readFile(bytes));
}

function readFile(bytes: Uint8Array): Model {
  const state: Reading = {
    wire: new Wire(bytes, graphBudget()),
    names: new Set(),
    nodes: 0,
    quantised: false,
  };
  const { wire } = state;
  const root = wire.root();
  const graphs: Message[] = [];
  const opsets = new Map<string, number>();
  let functions = 0;
  for (const field of wire.fields(root)) {
    if (field.no === 7) graphs.push(wire.message(field, root));
    else if (field.no === 8) readOpset(wire, wire.message(field, root), opsets);
    else if (field.no === 25) functions += 1;
  }
  if (graphs.length === 0) throw unreadable((says) => says.none);
  const graph = readGraph(state, graphs, 0);
  if (graph.nodes.length === 0) throw unreadable((says) => says.empty);
  return {
    bytes,
    budget: wire.budget,
    graph,
    opsets,
    functions,
    names: state.names,
    ...narrowOf(graph),
    quantised: state.quantised,
  };
}

function readOpset(wire: Wire, message: Message, opsets: Map<string, number>): void {
  let domain = '';
  let version = 0;
  for (const field of wire.fields(message)) {
    if (field.no === 1) domain = wire.text(field);
    else if (field.no === 2) version = wire.int(field);
  }
  opsets.set(domain === 'ai.onnx' ? '' : domain, version);
}

/** Several messages are one graph: protobuf merges what is written twice. */
function readGraph(state: Reading, messages: readonly Message[], depth: number): Graph {
  if (depth > maxDepth) throw unreadable((says) => says.nested(maxDepth));
  const { wire, names } = state;
  const nodes: GraphNode[] = [];
  const inputs: string[] = [];
  const outputs: string[] = [];
  const initializers = new Map<string, Tensor>();
  const known: Known = { ranks: new Map(), types: new Map() };
  for (const message of messages) {
    for (const field of wire.fields(message)) {
      if (field.no === 1) nodes.push(readNode(state, field, message, depth));
      else if (field.no === 5) readInitializer(state, wire.message(field, message), initializers);
      else if (field.no === 11) inputs.push(readValue(wire, wire.message(field, message), known));
      else if (field.no === 12) outputs.push(readValue(wire, wire.message(field, message), known));
      else if (field.no === 13) readValue(wire, wire.message(field, message), known);
    }
  }
  for (const name of [...inputs, ...outputs]) names.add(name);
  const message = messages[messages.length - 1];
  if (message === undefined) throw unreadable((says) => says.branch);
  const captured = capturedBy(wire.budget, nodes, [...inputs, ...initializers.keys()], outputs);
  return {
    nodes,
    inputs: inputs.filter((name) => !initializers.has(name)),
    outputs,
    initializers,
    ...known,
    captured,
    message,
  };
}

function capturedBy(
  budget: Budget,
  nodes: readonly GraphNode[],
  given: readonly string[],
  outputs: readonly string[],
): readonly string[] {
  const own = new Set(given);
  for (const node of nodes) for (const output of node.outputs) own.add(output);
  const captured = new Set<string>();
  const read = (names: readonly string[]): void => {
    budget.spend(names.length);
    for (const name of names) if (!own.has(name)) captured.add(name);
  };
  for (const node of nodes) {
    read(node.inputs);
    for (const { graph } of node.attributes.values()) if (graph !== null) read(graph.captured);
  }
  read(outputs);
  return [...captured];
}

function readInitializer(state: Reading, message: Message, into: Map<string, Tensor>): void {
  const tensor = readTensor(state, message);
  state.names.add(tensor.name);
  into.set(tensor.name, tensor);
}

function readNode(state: Reading, entry: Field, graph: Message, depth: number): GraphNode {
  state.nodes += 1;
  state.wire.budget.spend(nodeSteps);
  if (state.nodes > maxNodes) throw unreadable((says) => says.nodes(maxNodes));
  const { wire } = state;
  const message = wire.message(entry, graph);
  const inputs: string[] = [];
  const outputs: string[] = [];
  const outputEntries: { start: number; end: number }[] = [];
  const attributes = new Map<string, Attribute>();
  let op = '';
  let name = '';
  let domain = '';
  for (const field of wire.fields(message)) {
    if (field.no === 1) inputs.push(wire.text(field));
    else if (field.no === 2) {
      outputs.push(wire.text(field));
      outputEntries.push({ start: field.tagAt, end: field.end });
    } else if (field.no === 3) name = wire.text(field);
    else if (field.no === 4) op = wire.text(field).slice(0, maxOp);
    else if (field.no === 5) {
      const attribute = readAttribute(state, field, message, depth);
      attributes.set(attribute.name, attribute);
    } else if (field.no === 7) domain = wire.text(field);
  }
  for (const output of outputs) state.names.add(output);
  if (quantisedOps.test(op)) state.quantised = true;
  return {
    op,
    domain: domain === 'ai.onnx' ? '' : domain,
    name,
    inputs,
    outputs,
    outputEntries,
    attributes,
    entryAt: entry.tagAt,
    message,
  };
}

function readAttribute(state: Reading, entry: Field, node: Message, depth: number): Attribute {
  const { wire } = state;
  const message = wire.message(entry, node);
  const ints: number[] = [];
  const graphs: Message[] = [];
  let name = '';
  let int: number | null = null;
  let float: number | null = null;
  let text: string | null = null;
  let tensor: Tensor | null = null;
  for (const field of wire.fields(message)) {
    if (field.no === 1) name = wire.text(field);
    else if (field.no === 2) float = wire.float(field);
    else if (field.no === 3) int = wire.int(field);
    else if (field.no === 4) text = field.end - field.start > maxAttributeText ? null : wire.text(field);
    else if (field.no === 5) tensor = readTensor(state, wire.message(field, message));
    else if (field.no === 6) graphs.push(wire.message(field, message));
    else if (field.no === 8 && ints.length < maxInts) for (const value of wire.ints(field)) ints.push(value);
  }
  const graph = graphs.length === 0 ? null : readGraph(state, graphs, depth + 1);
  return { name, int, float, text, ints, tensor, graph, entryAt: entry.tagAt, message };
}

function readTensor(state: Reading, message: Message): Tensor {
  const { wire } = state;
  const dims: number[] = [];
  let type = 0;
  let name = '';
  for (const field of wire.fields(message)) {
    if (field.no === 1) addAxes(dims, wire.ints(field));
    else if (field.no === 2) type = wire.int(field);
    else if (field.no === 8) name = wire.text(field);
  }
  return { name, dims, type, message };
}

function addAxes(dims: number[], more: readonly number[]): void {
  if (dims.length + more.length > maxAxes) throw unreadable((says) => says.axes(maxAxes));
  for (const dim of more) dims.push(dim);
}

/** What a graph says of its tensors. */
interface Known {
  readonly ranks: Map<string, number>;
  readonly types: Map<string, number>;
}

/** ValueInfoProto: its name, and what its type says of elements and axes. */
function readValue(wire: Wire, message: Message, known: Known): string {
  let name = '';
  let type: TensorType = { element: 0, rank: null };
  for (const field of wire.fields(message)) {
    if (field.no === 1) name = wire.text(field);
    else if (field.no === 2) type = readType(wire, wire.message(field, message));
  }
  if (type.rank !== null) known.ranks.set(name, type.rank);
  if (type.element !== 0) known.types.set(name, type.element);
  return name;
}

interface TensorType {
  readonly element: number;
  readonly rank: number | null;
}

/** TypeProto.tensor_type (1) → elem_type (1), and shape (2) → dim (1), counted. */
function readType(wire: Wire, type: Message): TensorType {
  let [element, rank]: [number, number | null] = [0, null];
  for (const field of wire.fields(type)) {
    if (field.no !== 1) continue;
    const tensor = wire.message(field, type);
    for (const part of wire.fields(tensor)) {
      if (part.no === 1) element = wire.int(part);
      if (part.no !== 2) continue;
      rank = 0;
      for (const dim of wire.fields(wire.message(part, tensor))) if (dim.no === 1) rank += 1;
    }
  }
  return { element, rank };
}
