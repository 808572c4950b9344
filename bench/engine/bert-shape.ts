import { closeSync, openSync, writeSync } from 'node:fs';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { nodeEntry, outputEntry, type AttributeValue } from '../../src/core/onnx/write.ts';

/** The size of an encoder; `words` rows of embeddings. */
export interface BertShape {
  readonly layers: number;
  readonly heads: number;
  readonly width: number;
  readonly words: number;
}

/** BERT-base (Devlin et al. 2019) with a small vocabulary, since embeddings cost no time. */
export const bertBase: BertShape = { layers: 12, heads: 12, width: 768, words: 1000 };

const float = 1;
const int64 = 7;

/** Collects nodes and weights; every method gives the name of the tensor that it makes. */
class GraphWriter {
  readonly chunks: Uint8Array[] = [];
  #names = 0;

  op(
    op: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, AttributeValue>> = {},
    output?: string,
  ): string {
    const name = output ?? `${op}_${this.#names++}`;
    this.chunks.push(nodeEntry({ op, inputs, outputs: [name], attributes }));
    return name;
  }

  tensor(type: number, dims: readonly number[], values: Float32Array | BigInt64Array): string {
    const name = `weight_${this.#names++}`;
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    const head = new BinaryWriter();
    for (const dim of dims) head.tag(1, WireType.Varint).int64(dim);
    head.tag(2, WireType.Varint).int32(type).tag(8, WireType.LengthDelimited).string(name);
    const described = head.tag(9, WireType.LengthDelimited).uint32(bytes.length).finish();
    const start = new BinaryWriter()
      .tag(5, WireType.LengthDelimited)
      .uint32(described.length + bytes.length)
      .finish();
    this.chunks.push(start, described, bytes);
    return name;
  }

  weight(...dims: number[]): string {
    return this.tensor(float, dims, noise(dims.reduce((product, size) => product * size, 1)));
  }

  linear(x: string, from: number, to: number): string {
    return this.op('Add', [this.op('MatMul', [x, this.weight(from, to)]), this.weight(to)]);
  }

  ints(...values: number[]): string {
    return this.tensor(int64, [values.length], BigInt64Array.from(values, BigInt));
  }

  number(value: number): string {
    return this.tensor(float, [], Float32Array.of(value));
  }

  norm(x: string, width: number): string {
    const ones = this.tensor(float, [width], new Float32Array(width).fill(1));
    return this.op('LayerNormalization', [x, ones, this.weight(width)], { axis: -1, epsilon: { float: 1e-12 } });
  }
}

/** Writes a BERT-shaped encoder with random weights as a stock export does: no attention among its outputs. */
export function writeBert(path: string, { layers, heads, width, words }: BertShape): void {
  const graph = new GraphWriter();
  const split = graph.ints(0, 0, heads, width / heads);
  const joined = graph.ints(0, 0, width);
  const scale = graph.number(Math.sqrt(width / heads));
  const open = graph.op('Cast', ['attention_mask'], { to: float });
  const hidden = graph.op('Mul', [graph.op('Sub', [graph.number(1), open]), graph.number(-1e9)]);
  const mask = graph.op('Unsqueeze', [hidden, graph.ints(1, 2)]);
  const toHeads = (x: string, perm: number[]): string =>
    graph.op('Transpose', [graph.op('Reshape', [graph.linear(x, width, width), split])], { perm });
  let x = graph.norm(graph.op('Gather', [graph.weight(words, width), 'input_ids']), width);
  for (let layer = 0; layer < layers; layer++) {
    const scores = graph.op('Div', [graph.op('MatMul', [toHeads(x, [0, 2, 1, 3]), toHeads(x, [0, 2, 3, 1])]), scale]);
    const weights = graph.op('Softmax', [graph.op('Add', [scores, mask])], { axis: -1 });
    const read = graph.op('Transpose', [graph.op('MatMul', [weights, toHeads(x, [0, 2, 1, 3])])], {
      perm: [0, 2, 1, 3],
    });
    x = graph.norm(graph.op('Add', [x, graph.linear(graph.op('Reshape', [read, joined]), width, width)]), width);
    const wide = graph.linear(x, width, 4 * width);
    const erf = graph.op('Erf', [graph.op('Div', [wide, graph.number(Math.SQRT2)])]);
    const gelu = graph.op('Mul', [graph.op('Mul', [wide, graph.op('Add', [erf, graph.number(1)])]), graph.number(0.5)]);
    x = graph.norm(graph.op('Add', [x, graph.linear(gelu, 4 * width, width)]), width);
  }
  graph.op('Identity', [x], {}, 'last_hidden_state');
  save(path, [
    ...graph.chunks,
    inputEntry('input_ids'),
    inputEntry('attention_mask'),
    outputEntry('last_hidden_state'),
  ]);
}

/** A 64-bit input `[batch, tokens]`, as an entry of GraphProto (`input`, 11). */
function inputEntry(name: string): Uint8Array {
  const writer = new BinaryWriter()
    .tag(11, WireType.LengthDelimited)
    .fork()
    .tag(1, WireType.LengthDelimited)
    .string(name);
  writer
    .tag(2, WireType.LengthDelimited)
    .fork()
    .tag(1, WireType.LengthDelimited)
    .fork()
    .tag(1, WireType.Varint)
    .int32(int64);
  writer.tag(2, WireType.LengthDelimited).fork();
  for (const dim of ['batch', 'tokens'])
    writer.tag(1, WireType.LengthDelimited).fork().tag(2, WireType.LengthDelimited).string(dim).join();
  return writer.join().join().join().join().finish();
}

function save(path: string, graph: readonly Uint8Array[]): void {
  const length = graph.reduce((sum, chunk) => sum + chunk.length, 0);
  const writer = new BinaryWriter().tag(1, WireType.Varint).int64(8);
  writer.tag(8, WireType.LengthDelimited).fork().tag(2, WireType.Varint).int64(17).join();
  const head = writer.tag(7, WireType.LengthDelimited).uint32(length).finish();
  const file = openSync(path, 'w');
  try {
    for (const chunk of [head, ...graph]) writeSync(file, chunk);
  } finally {
    closeSync(file);
  }
}

const noiseLength = 1 << 20;
let noiseBlock: Float32Array | null = null;
let noiseAt = 0;

/**
 * Numbers around 0 of the usual size of weights. Only their spread matters here, so all come from one block, each tensor
 * from a place of its own in it: onnxruntime keeps packed weights that are equal byte by byte once, which would hide the
 * memory that those of a trained model take.
 */
function noise(length: number): Float32Array {
  noiseBlock ??= Float32Array.from(
    { length: noiseLength },
    () => (Math.random() + Math.random() + Math.random() - 1.5) * 0.08,
  );
  const values = new Float32Array(length);
  noiseAt = (noiseAt + 4099) % noiseLength;
  for (let at = 0, from = noiseAt; at < length; from = 0) {
    const part = noiseBlock.subarray(from, from + Math.min(noiseLength - from, length - at));
    values.set(part, at);
    at += part.length;
  }
  return values;
}
