import type { Budget } from '../budget.ts';
import { unreadable } from './error.ts';
import { integersOf, numberOf } from './tensor.ts';
import type { Graph, GraphNode, Model, Tensor } from './graph.ts';

/** A node that reads a tensor, and at which of its inputs. */
export interface Use {
  readonly node: GraphNode;
  readonly input: number;
}

/** A node that writes a tensor, and the scope it stands in. */
export interface Producer {
  readonly node: GraphNode;
  readonly output: number;
  readonly scope: Scope;
}

/** What of a tensor's shape says nothing of its contents. */
const shapeOnly: ReadonlySet<string> = new Set(['Shape', 'Size']);
/** A file with more inputs than this is taken for a trap: a cached decoder of 128 layers has some 500. */
const maxInputs = 1024;
const namesInStep = 16;
const bitsInStep = 256;

/**
 * A graph (or a branch) with its tensors indexed: who writes and who reads each, and which inputs of the model its
 * contents depend on, as a bit per input. Names are looked up outwards, as ONNX does for branches.
 */
export class Scope {
  readonly graph: Graph;
  readonly parent: Scope | null;
  readonly model: Model;
  /** The nodes in an order in which every tensor is written before it is read. */
  readonly order: readonly GraphNode[];
  readonly branches = new Map<GraphNode, readonly Scope[]>();
  readonly #producers = new Map<string, { node: GraphNode; output: number }>();
  readonly #uses = new Map<string, Use[]>();
  readonly #sources = new Map<string, bigint>();

  constructor(model: Model, graph: Graph = model.graph, parent: Scope | null = null, inputs: bigint | null = null) {
    this.model = model;
    this.graph = graph;
    this.parent = parent;
    if (graph.inputs.length > maxInputs) throw unreadable((says) => says.inputs(graph.inputs.length));
    for (const [at, name] of graph.inputs.entries()) this.#sources.set(name, inputs ?? 1n << BigInt(at));
    for (const name of graph.initializers.keys()) this.#sources.set(name, 0n);
    this.#index();
    this.order = this.#sorted();
    for (const node of this.order) this.#follow(node);
  }

  /** The node that writes a tensor, here or further out; null for inputs and stored tensors. */
  producerOf(name: string): Producer | null {
    if (name === '') return null;
    const own = this.#producers.get(name);
    if (own !== undefined) return { ...own, scope: this };
    return this.#sources.has(name) ? null : (this.parent?.producerOf(name) ?? null);
  }

  /** The nodes of this graph that read a tensor. */
  usesOf(name: string): readonly Use[] {
    return this.#uses.get(name) ?? [];
  }

  /** Which inputs of the model a tensor's contents depend on, as bits; 0n for what depends on none. */
  sourcesOf(name: string): bigint {
    if (name === '') return 0n;
    return this.#sources.get(name) ?? this.parent?.sourcesOf(name) ?? 0n;
  }

  /** The inputs of the model that a tensor's contents depend on, by name. */
  sourceNames(name: string): readonly string[] {
    const bits = this.sourcesOf(name).toString(2);
    this.model.budget.spend(this.model.graph.inputs.length / namesInStep);
    return this.model.graph.inputs.filter((_, at) => bits[bits.length - 1 - at] === '1');
  }

  /** A stored tensor or the value of a Constant, here or further out; null when the tensor is neither. */
  stored(name: string): Tensor | null {
    const tensor = this.graph.initializers.get(name) ?? this.#producers.get(name)?.node.attributes.get('value')?.tensor;
    if (tensor) return tensor;
    return this.#sources.has(name) ? null : (this.parent?.stored(name) ?? null);
  }

  /** The integers of a small constant, wherever it is stored; null when the tensor is none. */
  integers(name: string): readonly number[] | null {
    const tensor = this.stored(name);
    return tensor && integersOf(this.model.bytes, tensor, this.model.budget);
  }

  /** The number of a constant of one element; null when the tensor is none, or its number cannot be read. */
  number(name: string): number | null {
    const tensor = this.stored(name);
    return tensor
      ? numberOf(this.model.bytes, tensor, this.model.budget)
      : (this.producerOf(name)?.node.attributes.get('value_float')?.float ?? null);
  }

  #index(): void {
    for (const node of this.graph.nodes) {
      for (const [output, name] of node.outputs.entries()) {
        if (name !== '' && !this.#producers.has(name)) this.#producers.set(name, { node, output });
      }
      this.model.budget.spend(2 * (node.outputs.length + node.inputs.length));
      for (const [input, name] of node.inputs.entries()) {
        if (name === '') continue;
        const uses = this.#uses.get(name);
        if (uses === undefined) this.#uses.set(name, [{ node, input }]);
        else uses.push({ node, input });
      }
    }
  }

  /** The order of the file where that is topological (as ONNX demands), Kahn's sort where it is not. */
  #sorted(): readonly GraphNode[] {
    if (this.#isSorted()) return this.graph.nodes;
    const waiting = new Map<GraphNode, number>();
    const readers = new Map<GraphNode, GraphNode[]>();
    for (const node of this.graph.nodes) {
      const writers = new Set<GraphNode>();
      for (const name of readsOf(node, this.model.budget)) {
        const writer = this.#producers.get(name)?.node;
        if (writer !== undefined) writers.add(writer);
      }
      waiting.set(node, writers.size);
      for (const writer of writers) {
        const known = readers.get(writer);
        if (known === undefined) readers.set(writer, [node]);
        else known.push(node);
      }
    }
    return sortedBy(this.graph.nodes, waiting, readers);
  }

  #isSorted(): boolean {
    const done = new Set<GraphNode>();
    return this.graph.nodes.every((node) => {
      done.add(node);
      for (const name of readsOf(node, this.model.budget)) {
        const writer = this.#producers.get(name)?.node;
        if (writer !== undefined && (writer === node || !done.has(writer))) return false;
      }
      return true;
    });
  }

  #follow(node: GraphNode): void {
    let sources = 0n;
    this.model.budget.spend(node.inputs.length * (1 + this.model.graph.inputs.length / bitsInStep));
    if (!shapeOnly.has(node.op)) for (const name of node.inputs) sources |= this.sourcesOf(name);
    const scopes: Scope[] = [];
    for (const attribute of node.attributes.values()) {
      if (attribute.graph === null) continue;
      const scope = new Scope(this.model, attribute.graph, this, sources);
      scopes.push(scope);
      for (const output of attribute.graph.outputs) sources |= scope.sourcesOf(output);
    }
    if (scopes.length > 0) this.branches.set(node, scopes);
    for (const name of node.outputs) if (name !== '') this.#sources.set(name, sources);
  }
}

/** What a node reads from its own graph, through its branches too. */
function* readsOf(node: GraphNode, budget: Budget): Generator<string> {
  budget.spend(node.inputs.length);
  yield* node.inputs;
  for (const { graph } of node.attributes.values()) {
    if (graph === null) continue;
    budget.spend(graph.captured.length);
    yield* graph.captured;
  }
}

function sortedBy(
  nodes: readonly GraphNode[],
  waiting: Map<GraphNode, number>,
  readers: ReadonlyMap<GraphNode, readonly GraphNode[]>,
): readonly GraphNode[] {
  const order: GraphNode[] = [];
  const take = (first: GraphNode) => {
    const ready = [first];
    for (let node = ready.pop(); node !== undefined; node = ready.pop()) {
      order.push(node);
      for (const reader of readers.get(node) ?? []) {
        const left = (waiting.get(reader) ?? 0) - 1;
        waiting.set(reader, left);
        if (left === 0 && passed.has(reader)) ready.push(reader);
      }
    }
  };
  const passed = new Set<GraphNode>();
  for (const node of nodes) {
    passed.add(node);
    if (waiting.get(node) === 0) take(node);
  }
  if (order.length < nodes.length) throw unreadable((says) => says.cycle);
  return order;
}
