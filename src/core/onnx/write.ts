import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

/** An attribute to write: an integer, a float, a text, or a list of integers. */
export type AttributeValue = number | { readonly float: number } | { readonly text: string } | readonly number[];

/** A node to write; `domain` is '' for ONNX's own operators. Without a name it is called as its first output. */
export interface NewNode {
  readonly op: string;
  readonly domain?: string;
  readonly name?: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
}

/** A small integer tensor to write. */
export interface NewTensor {
  readonly name: string;
  readonly dims: readonly number[];
  readonly values: readonly number[];
}

/** The bytes of a node, as an entry of GraphProto (`node`, 1). */
export function nodeEntry(node: NewNode): Uint8Array {
  const writer = new BinaryWriter().tag(1, WireType.LengthDelimited).fork();
  for (const input of node.inputs) writer.tag(1, WireType.LengthDelimited).string(input);
  for (const output of node.outputs) writer.tag(2, WireType.LengthDelimited).string(output);
  writer.tag(3, WireType.LengthDelimited).string(node.name ?? node.outputs.find((name) => name !== '') ?? '');
  writer.tag(4, WireType.LengthDelimited).string(node.op);
  for (const [name, value] of Object.entries(node.attributes ?? {})) writer.raw(attributeEntry(name, value));
  if (node.domain) writer.tag(7, WireType.LengthDelimited).string(node.domain);
  return writer.join().finish();
}

/** The bytes of an attribute, as an entry of NodeProto (`attribute`, 5); types as AttributeProto numbers them. */
export function attributeEntry(name: string, value: AttributeValue): Uint8Array {
  const writer = new BinaryWriter().tag(5, WireType.LengthDelimited).fork();
  writer.tag(1, WireType.LengthDelimited).string(name);
  if (typeof value === 'number') writer.tag(3, WireType.Varint).int64(value).tag(20, WireType.Varint).int32(2);
  else if ('float' in value) writer.tag(2, WireType.Bit32).float(value.float).tag(20, WireType.Varint).int32(1);
  else if ('text' in value)
    writer.tag(4, WireType.LengthDelimited).string(value.text).tag(20, WireType.Varint).int32(3);
  else {
    for (const int of value) writer.tag(8, WireType.Varint).int64(int);
    writer.tag(20, WireType.Varint).int32(7);
  }
  return writer.join().finish();
}

/** The bytes of an output name, as an entry of NodeProto (`output`, 2). */
export function nodeOutputEntry(name: string): Uint8Array {
  return new BinaryWriter().tag(2, WireType.LengthDelimited).string(name).finish();
}

/** The bytes of a graph output whose type is left to inference, as an entry of GraphProto (`output`, 12). */
export function outputEntry(name: string): Uint8Array {
  return new BinaryWriter()
    .tag(12, WireType.LengthDelimited)
    .fork()
    .tag(1, WireType.LengthDelimited)
    .string(name)
    .join()
    .finish();
}

/**
 * The bytes of a tensor's name, element type and number of axes, their sizes left open, as an entry of GraphProto:
 * `field` is 11 for an input, 13 for a `value_info`. Without a rank the shape is left out.
 */
export function typedEntry(field: number, name: string, type: number, rank: number | null = null): Uint8Array {
  const nested = WireType.LengthDelimited;
  const writer = new BinaryWriter().tag(field, nested).fork().tag(1, nested).string(name);
  writer.tag(2, nested).fork().tag(1, nested).fork().tag(1, WireType.Varint).int32(type);
  if (rank !== null) {
    writer.tag(2, nested).fork();
    // An axis with a name of its own is as long as a run makes it.
    for (let axis = 0; axis < rank; axis += 1)
      writer.tag(1, nested).fork().tag(2, nested).string(`${name}.${axis}`).join();
    writer.join();
  }
  return writer.join().join().join().finish();
}

/** The bytes of a stored tensor of 64-bit integers, as an entry of GraphProto (`initializer`, 5). */
export function initializerEntry(tensor: NewTensor): Uint8Array {
  const writer = new BinaryWriter().tag(5, WireType.LengthDelimited).fork();
  for (const dim of tensor.dims) writer.tag(1, WireType.Varint).int64(dim);
  writer.tag(2, WireType.Varint).int32(7);
  for (const value of tensor.values) writer.tag(7, WireType.Varint).int64(value);
  return writer.tag(8, WireType.LengthDelimited).string(tensor.name).join().finish();
}

/** The bytes of a stored 32-bit float without axes, as an entry of GraphProto (`initializer`, 5). */
export function floatEntry(name: string, value: number): Uint8Array {
  const writer = new BinaryWriter().tag(5, WireType.LengthDelimited).fork().tag(2, WireType.Varint).int32(1);
  return writer.tag(4, WireType.Bit32).float(value).tag(8, WireType.LengthDelimited).string(name).join().finish();
}
