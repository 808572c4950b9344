import { BinaryWriter } from '@bufbuild/protobuf/wire';
import { unexposable } from './error.ts';
import type { GraphNode, Model } from './graph.ts';
import { joinModel } from './join.ts';
import { readModel } from './read.ts';
import { placeEntries, referableWeights } from './reference.ts';
import type { Scope } from './scope.ts';
import { Splice } from './splice.ts';
import { elementTypes } from './type.ts';
import type { Message } from './wire.ts';
import {
  attributeEntry,
  floatEntry,
  initializerEntry,
  nodeEntry,
  nodeOutputEntry,
  outputEntry,
  typedEntry,
  type NewNode,
} from './write.ts';

/** The changes to a model while they are being collected. */
export class ModelEdit {
  readonly model: Model;
  readonly #splice = new Splice();
  readonly #names: Names;
  readonly #outputs = new Map<Scope, Set<string>>();
  /** The node after which nodes are added; null for the end of their graph. */
  #after: Message | null = null;
  /** Where the names of tensors stood that were replaced. */
  readonly #replaced = new Set<GraphNode['outputEntries'][number] | undefined>();

  constructor(model: Model) {
    this.model = model;
    this.#names = new Names(model.names);
  }

  /** The changed file, in order, as views of the original and of what was inserted. */
  chunks(): readonly Uint8Array[] {
    return this.#splice.chunks(this.model.bytes);
  }

  /**
   * Leaves the large weights where they lie, in the model's own file: the changed model is a small one, to be opened in
   * the folder of `file`, the name of that file there. Their bytes need not have been read. Weights that lie in other
   * files, and values in typed fields, stay as they are.
   */
  referTo(file: string): void {
    for (const { tensor, raw } of referableWeights(this.model))
      this.#splice.replace(tensor.message, raw.tagAt, raw.end, placeEntries(file, raw));
  }

  /** A tensor name that the model does not have yet. */
  fresh(wanted: string): string {
    return this.#names.fresh(wanted);
  }

  /** Adds a node with one output to a graph; gives the output's name. */
  add(scope: Scope, name: string, node: Omit<NewNode, 'outputs'>): string {
    const output = this.fresh(name);
    this.addNode(scope, { ...node, outputs: [output] });
    return output;
  }

  /** Adds a node to a graph. */
  addNode(scope: Scope, node: NewNode): void {
    const [bytes, after] = [nodeEntry(node), this.#after];
    if (after?.parent) this.#splice.replace(after.parent, after.end, after.end, bytes);
    else this.#splice.append(scope.graph.message, bytes);
  }

  /** Puts other nodes in the place of a node; one of them gives what it gave. */
  replaceNode(scope: Scope, node: GraphNode, nodes: readonly NewNode[]): void {
    const writer = new BinaryWriter();
    for (const each of nodes) writer.raw(nodeEntry(each));
    this.#splice.replace(scope.graph.message, node.entryAt, node.message.end, writer.finish());
  }

  /** Adds a stored tensor of integers to a graph, without axes for a single number; gives its name. */
  addIntegers(scope: Scope, name: string, values: number | readonly number[]): string {
    const tensor = this.fresh(name);
    const [dims, list] = typeof values === 'number' ? [[], [values]] : [[values.length], values];
    this.#splice.append(scope.graph.message, initializerEntry({ name: tensor, dims, values: list }));
    return tensor;
  }

  /** Adds a stored number in 32-bit floats to a graph; gives its name. */
  addFloat(scope: Scope, name: string, value: number): string {
    const tensor = this.fresh(name);
    this.#splice.append(scope.graph.message, floatEntry(tensor, value));
    return tensor;
  }

  /** Says of which type a tensor is, where onnxruntime cannot infer it. */
  declare(scope: Scope, tensor: string, type: number): void {
    this.#splice.append(scope.graph.message, typedEntry(13, tensor, type));
  }

  /** Makes a tensor one of its graph's outputs; false when it is one already. */
  addOutput(scope: Scope, tensor: string): boolean {
    const outputs = this.#outputs.get(scope) ?? new Set(scope.graph.outputs);
    this.#outputs.set(scope, outputs);
    if (outputs.has(tensor)) return false;
    outputs.add(tensor);
    this.#splice.append(scope.graph.message, outputEntry(tensor));
    return true;
  }

  /** Gives a node one more output. */
  appendOutput(node: GraphNode, name: string): void {
    this.#splice.append(node.message, nodeOutputEntry(name));
  }

  /** Names the output of a node at an index where it had none; the outputs between stay nameless. */
  nameOutput(node: GraphNode, index: number, name: string): void {
    const blank = node.outputEntries[index];
    if (blank !== undefined) this.#splice.replace(node.message, blank.start, blank.end, nodeOutputEntry(name));
    else {
      for (let at = node.outputs.length; at < index; at += 1) this.#splice.append(node.message, nodeOutputEntry(''));
      this.#splice.append(node.message, nodeOutputEntry(name));
    }
  }

  /** Gives the model one more input, of floats with so many axes; gives its name. */
  addInput(name: string, rank: number): string {
    const input = this.fresh(name);
    this.#splice.append(this.model.graph.message, typedEntry(11, input, elementTypes.float, rank));
    return input;
  }

  /**
   * Puts a node between a tensor and whatever reads it: the node that wrote the tensor writes `own` now, and `made`
   * says what is written under its old name; the nodes that it adds meanwhile stand between the two. Throws GraphError
   * for a tensor that no node writes, or that was replaced.
   */
  replaceTensor(scope: Scope, tensor: string, made: (own: string) => Omit<NewNode, 'outputs'>): void {
    const producer = scope.producerOf(tensor);
    if (producer?.scope !== scope || this.#replaced.has(producer.node.outputEntries[producer.output]))
      throw unexposable((says) => says.shared(tensor));
    this.#replaced.add(producer.node.outputEntries[producer.output]);
    const own = this.fresh(`${tensor}.own`);
    this.nameOutput(producer.node, producer.output, own);
    // Branches have to have their nodes in order.
    this.#after = producer.node.message;
    try {
      // The node that wrote the tensor may be called as it, and no two nodes may be called alike.
      this.addNode(scope, { ...made(own), name: '', outputs: [tensor] });
    } finally {
      this.#after = null;
    }
  }

  /** Sets an integer attribute of a node. */
  setInt(node: GraphNode, name: string, value: number): void {
    const old = node.attributes.get(name);
    const bytes = attributeEntry(name, value);
    if (old === undefined) this.#splice.append(node.message, bytes);
    else this.#splice.replace(node.message, old.entryAt, old.message.end, bytes);
  }
}

/**
 * A model whose large weights are references into its own file: some kilobytes that can be changed and cut freely, and
 * have to be opened in the folder of that file.
 */
export function byReference(model: Model, file: string): Model {
  const edit = new ModelEdit(model);
  edit.referTo(file);
  return readModel(joinModel({ model: edit.chunks() }));
}

/** Gives out tensor names that no other tensor of a model has. */
export class Names {
  readonly #taken: Set<string>;

  constructor(taken: ReadonlySet<string>) {
    this.#taken = new Set(taken);
  }

  /** The wanted name, with a number behind it where it is taken. */
  fresh(wanted: string): string {
    let name = wanted;
    for (let count = 1; this.#taken.has(name); count += 1) name = `${wanted}.${count}`;
    this.#taken.add(name);
    return name;
  }
}
