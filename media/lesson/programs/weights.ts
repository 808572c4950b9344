import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A vector of numbers. */
export type Vector = number[];
/** A matrix as a list of its rows. */
export type Matrix = Vector[];

/**
 * The folder of a model that ships with the extension. Beside the programs of an opened lesson, models.txt says where the
 * models are.
 */
export function modelFolder(name: string): string {
  const note = join(import.meta.dirname, 'models.txt');
  const models = existsSync(note)
    ? readFileSync(note, 'utf8').trim()
    : join(import.meta.dirname, '..', '..', '..', 'models');
  return join(models, name);
}

/** The vocabulary in the folder of a model: the id of each token, and the token of each id. */
export function readVocabulary(folder: string): { ids: Map<string, number>; tokens: string[] } {
  const file = JSON.parse(readFileSync(join(folder, 'tokenizer.json'), 'utf8')) as {
    model: { vocab: Record<string, number> };
  };
  const ids = new Map(Object.entries(file.model.vocab));
  const tokens: string[] = [];
  for (const [token, id] of ids) tokens[id] = token;
  return { ids, tokens };
}

/** The weights of a model, by name. */
export interface Weights {
  /** The matrix of that name, `[rows][columns]`. */
  matrix(name: string): Matrix;
  /** The vector of that name. */
  vector(name: string): Vector;
}

/** One field of a message: its number, and a whole number or the place of its bytes. */
interface Field {
  readonly number: number;
  readonly value: number;
  readonly start: number;
  readonly end: number;
}

/**
 * Reads the weights that an ONNX file holds. The file is a message of Protocol Buffers: field 7 is the graph, field 5
 * of the graph a tensor with its shape (1), number format (2), name (8) and bytes (9). Models that ship with the
 * extension store most weights as 16-bit floats, under their name and `.fp16`.
 */
export function readWeights(path: string): Weights {
  const bytes = readFileSync(path);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tensors = new Map<string, { shape: number[]; half: boolean; start: number; end: number }>();
  const graph = fieldsOf(bytes, 0, bytes.length).find(({ number }) => number === 7);
  for (const tensor of graph ? fieldsOf(bytes, graph.start, graph.end) : []) {
    if (tensor.number !== 5) continue;
    const fields = fieldsOf(bytes, tensor.start, tensor.end);
    const [format, name, raw] = [2, 8, 9].map((number) => fields.find((field) => field.number === number));
    if (!format || !name || !raw) continue;
    const shape = fields.filter(({ number }) => number === 1).map(({ value }) => value);
    const text = new TextDecoder().decode(bytes.subarray(name.start, name.end));
    tensors.set(text.replace(/\.fp16$/u, ''), { shape, half: format.value === 10, start: raw.start, end: raw.end });
  }
  function numbers(name: string): { shape: number[]; all: Vector } {
    const tensor = tensors.get(name);
    if (!tensor) throw new Error(`${path} has no weights ${name}`);
    const { shape, half, start, end } = tensor;
    const all: Vector = [];
    for (let at = start; at < end; at += half ? 2 : 4)
      all.push(half ? halfFloat(view.getUint16(at, true)) : view.getFloat32(at, true));
    return { shape, all };
  }
  return {
    vector: (name) => numbers(name).all,
    matrix(name) {
      const { shape, all } = numbers(name);
      const columns = shape[shape.length - 1];
      return Array.from({ length: all.length / columns }, (_, row) => all.slice(row * columns, (row + 1) * columns));
    },
  };
}

/** The fields of the message in `bytes[start..end]`. */
function fieldsOf(bytes: Uint8Array, start: number, end: number): Field[] {
  let at = start;
  /** A whole number is stored in groups of seven bits; the eighth bit says that another group follows. */
  function whole(): number {
    for (let value = 0, unit = 1; ; unit *= 128) {
      const byte = bytes[at++];
      value += (byte & 127) * unit;
      if (byte < 128) return value;
    }
  }
  const fields: Field[] = [];
  while (at < end) {
    const tag = whole();
    const kind = tag & 7;
    const value = kind === 0 || kind === 2 ? whole() : 0;
    const length = kind === 0 ? 0 : kind === 1 ? 8 : kind === 5 ? 4 : value;
    fields.push({ number: tag >>> 3, value, start: at, end: at + length });
    at += length;
  }
  return fields;
}

/** A 16-bit float: one bit of sign, five of exponent, ten of fraction. */
function halfFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = (bits & 1023) / 1024;
  return sign * (exponent === 0 ? fraction * 2 ** -14 : (1 + fraction) * 2 ** (exponent - 15));
}
