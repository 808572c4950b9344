import type { ModelEdit } from '../edit.ts';
import { unexposable, type GraphError } from '../error.ts';
import { type GraphNode, intOf, opsetOf } from '../graph.ts';
import type { Scope } from '../scope.ts';
import { elementTypes, floatTypes, typeOf } from '../type.ts';
import type { NewNode } from '../write.ts';
import type { Words } from '../../words/words.ts';

/** The end of an axis, whatever its length. */
const axisEnd = 2 ** 31 - 1;
/** Slice takes inputs, and Range exists, from these versions of ONNX's operators on. */
const oldest = { slice: 10, range: 11 };

/**
 * Writes the steps of an operator as nodes of ONNX's own operators, in the graph that the operator stands in. Every
 * method gives the name of a tensor; sizes and places are 64-bit integers.
 */
export class NodeWriter {
  readonly node: GraphNode;
  readonly scope: Scope;
  /** What was written so far. */
  readonly nodes: NewNode[] = [];
  readonly #edit: ModelEdit;
  readonly #prefix: string;
  readonly #opset: number;

  /** `name` begins the names of what is written. */
  constructor(edit: ModelEdit, scope: Scope, node: GraphNode, name = node.name === '' ? node.op : node.name) {
    this.#edit = edit;
    this.scope = scope;
    this.node = node;
    this.#prefix = name;
    this.#opset = opsetOf(edit.model);
  }

  /** The name of an input of the operator, '' where it is left out. */
  input(at: number): string {
    return this.node.inputs[at] ?? '';
  }

  /** An integer attribute of the operator. Throws GraphError for one that is no integer. */
  int(name: string, otherwise: number): number {
    const value = intOf(this.node, name, otherwise);
    if (!Number.isSafeInteger(value)) throw this.unwritable((says) => says.invalid(this.node.op, name));
    return value;
  }

  /** A positive integer attribute of the operator. Throws GraphError for any other. */
  count(name: string): number {
    const value = this.int(name, 0);
    if (value < 1) throw this.unwritable((says) => says.invalid(this.node.op, name));
    return value;
  }

  /** A float attribute of the operator; null where it has none. */
  attribute(name: string): number | null {
    return this.node.attributes.get(name)?.float ?? null;
  }

  /** The error that the steps of the operator cannot be written. */
  unwritable(detail: (says: Words['details']['graph']) => string): GraphError {
    return unexposable(detail, { op: this.node.op });
  }

  /** The error that the operator has an input or an attribute with which its steps are not known. */
  foreign(name: string): GraphError {
    return this.unwritable((says) => says.steps(this.node.op, name));
  }

  /** Throws GraphError where the operator has one of some inputs, by their places. */
  refuseInputs(names: ReadonlyMap<number, string>): void {
    for (const [at, name] of names) if (this.input(at) !== '') throw this.foreign(name);
  }

  /** Adds a node of one output. */
  add(op: string, inputs: readonly string[], attributes: NewNode['attributes'] = {}): string {
    const output = this.#fresh(op);
    this.nodes.push({ op, inputs, outputs: [output], attributes });
    return output;
  }

  /** Gives a tensor under the name of an output of the operator, where it has that output. */
  give(at: number, make: () => string): void {
    const name = this.node.outputs[at] ?? '';
    if (name !== '') this.nodes.push({ op: 'Identity', inputs: [make()], outputs: [name] });
  }

  /** A stored number, or a stored list, of integers. */
  integers(values: number | readonly number[]): string {
    return this.#edit.addIntegers(this.scope, this.#name('integers'), values);
  }

  /** A stored 32-bit float. */
  float(value: number): string {
    return this.#edit.addFloat(this.scope, this.#name('number'), value);
  }

  /** The element type of the operator's floats. */
  get type(): number {
    if (this.node.op === 'QAttention') return elementTypes.float;
    const type = typeOf(this.scope, this.input(0));
    if (type !== null && floatTypes.has(type)) return type;
    return this.#edit.model.half ? elementTypes.half : elementTypes.float;
  }

  /** A tensor of the operator's floats in 32 bits. */
  widened(tensor: string): string {
    return this.type === elementTypes.float ? tensor : this.add('Cast', [tensor], { to: elementTypes.float });
  }

  /** A tensor of 32-bit floats in the operator's type. */
  narrowed(tensor: string): string {
    return this.type === elementTypes.float ? tensor : this.add('Cast', [tensor], { to: this.type });
  }

  /** The length of an axis, a single number. */
  size(tensor: string, axis: number): string {
    return this.add('Gather', [this.add('Shape', [tensor]), this.integers(axis)], { axis: 0 });
  }

  /** A part of an axis; `from` and `to` are lists of one integer. */
  slice(tensor: string, axis: number, from: string, to: string): string {
    this.#needs(oldest.slice);
    return this.add('Slice', [tensor, from, to, this.integers([axis])]);
  }

  /** An axis from a place on, a list of one integer. */
  rest(tensor: string, axis: number, from: string): string {
    return this.slice(tensor, axis, from, this.integers([axisEnd]));
  }

  /** A single number as a list of one. */
  listed(single: string): string {
    return this.unsqueezed(single, 0);
  }

  /** A list of one number as that number. */
  single(list: string): string {
    return this.add('Reshape', [list, this.integers([])]);
  }

  reshaped(tensor: string, shape: readonly number[]): string {
    return this.add('Reshape', [tensor, this.integers(shape)]);
  }

  unsqueezed(tensor: string, axis: number): string {
    return this.#opset >= 13
      ? this.add('Unsqueeze', [tensor, this.integers([axis])])
      : this.add('Unsqueeze', [tensor], { axes: [axis] });
  }

  /** Cuts an axis into parts: three equal ones, or of the sizes given. */
  cut(tensor: string, axis: number, sizes: readonly number[]): readonly [string, string, string] {
    const outputs = [this.#fresh('Split'), this.#fresh('Split'), this.#fresh('Split')] as const;
    const inputs = [tensor, ...(sizes.length > 0 && this.#opset >= 13 ? [this.integers(sizes)] : [])];
    // Split says its sizes differently before version 13, and has to count its parts from 18 on.
    const old = sizes.length > 0 && this.#opset < 13 ? { split: sizes } : {};
    const counted = sizes.length === 0 && this.#opset >= 18 ? { num_outputs: 3 } : {};
    this.nodes.push({ op: 'Split', inputs, outputs, attributes: { axis, ...old, ...counted } });
    return outputs;
  }

  /** 0, 1, … up to a length. */
  counted(length: string): string {
    this.#needs(oldest.range);
    return this.add('Range', [this.integers(0), length, this.integers(1)]);
  }

  /** `[batch, tokens, heads × features]` as `[batch, heads, tokens, features]`. */
  headsFirst(tensor: string, heads: number): string {
    return this.add('Transpose', [this.reshaped(tensor, [0, 0, heads, -1])], { perm: [0, 2, 1, 3] });
  }

  /** `[batch, heads, tokens, features]` as `[batch, tokens, heads × features]`. */
  tokensFirst(tensor: string): string {
    return this.reshaped(this.add('Transpose', [tensor], { perm: [0, 2, 1, 3] }), [0, 0, -1]);
  }

  /** Throws GraphError where the model asks for older operators of ONNX. */
  #needs(version: number): void {
    if (this.#opset < version) throw this.unwritable((says) => says.opset(this.node.op, this.#opset));
  }

  #name(what: string): string {
    return `${this.#prefix}.${what}`;
  }

  #fresh(op: string): string {
    return this.#edit.fresh(this.#name(op));
  }
}
