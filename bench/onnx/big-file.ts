import { closeSync, openSync, writeSync } from 'node:fs';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import type { NewNode } from '../../src/core/onnx/write.ts';
import { blockNodes, blockStored } from '../../test/fixtures/graphs/block.ts';
import { buildModel, type GraphSpec } from '../../test/fixtures/graphs/build.ts';

const message = WireType.LengthDelimited;
/** How attention is written: as plain operators, or as one fused one. */
export type Form = 'softmax' | 'group-query';

const layers = 12;
/** What torch writes around each attention (normalisation, feed-forward, shapes): about this many nodes. */
const filler = 100;

/** A decoder layer by one operator, as LLM builders write it. */
function groupQueryNodes(prefix: string, from: string, to: string): readonly NewNode[] {
  const inputs = [from, from, from, '', '', 'last', 'total'];
  return [
    {
      op: 'GroupQueryAttention',
      domain: 'com.microsoft',
      inputs,
      outputs: [to, `${prefix}key`, `${prefix}value`],
      attributes: { num_heads: 2, kv_num_heads: 2 },
    },
  ];
}

/** A graph of 12 layers and some 1400 nodes, with attention written either way. */
function graphOf(form: Form): GraphSpec {
  const nodes: NewNode[] = [];
  for (let layer = 0; layer < layers; layer += 1) {
    const [from, to] = [layer === 0 ? 'x' : `h${layer - 1}`, `layer.${layer}.attention`];
    nodes.push(
      ...(form === 'softmax'
        ? blockNodes({}, from, from, `layer.${layer}.`, to)
        : groupQueryNodes(`layer.${layer}.`, from, to)),
    );
    for (let at = 0; at < filler; at += 1) {
      nodes.push({
        op: 'Add',
        inputs: [at === 0 ? to : `layer.${layer}.add.${at - 1}`, from],
        outputs: [at === filler - 1 ? `h${layer}` : `layer.${layer}.add.${at}`],
      });
    }
  }
  const lengths =
    form === 'softmax'
      ? []
      : ([
          { name: 'last', type: 'int32', dims: ['b'] },
          { name: 'total', type: 'int32', dims: [] },
        ] as const);
  return {
    nodes,
    inputs: [{ name: 'x', type: 'float', dims: ['b', 't', 8] }, ...lengths],
    outputs: [`h${layers - 1}`],
    stored: blockStored(),
  };
}

/**
 * Writes a model file of about `size` bytes, nearly all of them weights that stand behind the nodes, as exporters put
 * them.
 */
export function writeBigModel(path: string, form: Form, size: number): void {
  const small = buildModel(graphOf(form));
  // The small file is: ir_version (2 bytes), the graph's tag, its length, the graph, the opsets.
  const graphAt = 3;
  const { value: graphSize, width } = varintAt(small, graphAt);
  const graph = small.subarray(graphAt + width, graphAt + width + graphSize);
  const weights = Array.from({ length: 200 }, (_, at) => weightsEntry(`weights.${at}`, Math.floor(size / 200)));
  const whole = graph.length + weights.reduce((sum, { head, bytes }) => sum + head.length + bytes, 0);
  const file = openSync(path, 'w');
  const zeros = new Uint8Array(Math.floor(size / 200));
  writeSync(file, small.subarray(0, graphAt));
  writeSync(file, new BinaryWriter().uint32(whole).finish());
  writeSync(file, graph);
  for (const { head, bytes } of weights) {
    writeSync(file, head);
    writeSync(file, zeros, 0, bytes);
  }
  writeSync(file, small.subarray(graphAt + width + graphSize));
  closeSync(file);
}

/** An initializer without its weights' bytes: TensorProto of 8-bit integers, raw_data last. */
function weightsEntry(name: string, bytes: number): { head: Uint8Array; bytes: number } {
  const fields = new BinaryWriter()
    .tag(1, WireType.Varint)
    .int64(bytes)
    .tag(2, WireType.Varint)
    .int32(3)
    .tag(8, message)
    .string(name);
  const inner = fields.tag(9, message).uint32(bytes).finish();
  return {
    head: new BinaryWriter()
      .tag(5, message)
      .uint32(inner.length + bytes)
      .raw(inner)
      .finish(),
    bytes,
  };
}

function varintAt(bytes: Uint8Array, at: number): { value: number; width: number } {
  let value = 0;
  for (let width = 1; ; width += 1) {
    const byte = bytes[at + width - 1] ?? 0;
    value += (byte & 127) * 2 ** (7 * (width - 1));
    if (byte < 128) return { value, width };
  }
}
