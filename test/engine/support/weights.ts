import { readFileSync } from 'node:fs';
import { readModel } from '../../../src/core/onnx/read.ts';
import type { GraphNode, Model, Tensor } from '../../../src/core/onnx/graph.ts';
import { Wire } from '../../../src/core/onnx/wire.ts';

/**
 * A stored matrix or vector: `rows` × `columns`, row by row. A vector has one row; leading axes above two are one after
 * the other.
 */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

/** The weights of a graph file, read from its bytes. */
export class Weights {
  readonly #model: Model;
  readonly #read = new Map<string, Matrix>();

  constructor(path: string) {
    this.#model = readModel(readFileSync(path));
  }

  /** A weight by its name; stored in 16 bits, its name has an ending. Throws where there is none. */
  named(name: string): Matrix {
    const known = this.#read.get(name);
    if (known) return known;
    const tensor = this.#model.graph.initializers.get(`${name}.fp16`) ?? this.#model.graph.initializers.get(name);
    if (!tensor) throw new Error(`The graph has no weight ${name}.`);
    const columns = tensor.dims.at(-1) ?? 1;
    const values = numbersOf(this.#model.bytes, tensor);
    const matrix = { rows: values.length / columns, columns, values };
    this.#read.set(name, matrix);
    return matrix;
  }

  /** The only node of an operator. */
  node(op: string): GraphNode {
    const [node, more] = this.#model.graph.nodes.filter((each) => each.op === op);
    if (!node || more) throw new Error(`The graph has not exactly one ${op}.`);
    return node;
  }
}

function numbersOf(bytes: Uint8Array, tensor: Tensor): Float64Array {
  const wire = new Wire(bytes);
  for (const field of wire.fields(tensor.message)) {
    if (field.no !== 9) continue;
    const view = new DataView(bytes.buffer, bytes.byteOffset + field.start, field.end - field.start);
    const width = tensor.type === 10 ? 2 : 4;
    return Float64Array.from({ length: view.byteLength / width }, (_, at) =>
      width === 2 ? half(view.getUint16(2 * at, true)) : view.getFloat32(4 * at, true),
    );
  }
  throw new Error(`${tensor.name} is not stored as raw bytes.`);
}

/** A 16-bit float (IEEE 754 binary16). */
function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
