import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import type { Dice } from './dice.ts';

/** The messages of an ONNX file that hold others: field numbers, and what stands in them (onnx.proto). */
interface Shape {
  readonly [field: number]: keyof typeof shapes;
}
const shapes = {
  model: { 7: 'graph', 8: 'leaf' },
  graph: { 1: 'node', 5: 'leaf', 11: 'value', 12: 'value', 13: 'value' },
  node: { 5: 'attribute' },
  attribute: { 5: 'leaf', 6: 'graph' },
  value: { 2: 'type' },
  type: { 1: 'tensor' },
  tensor: { 2: 'axes' },
  axes: { 1: 'leaf' },
  leaf: {},
} as const satisfies Readonly<Record<string, Readonly<Record<number, string>>>>;

/** A number of 32 or 64 bits, as its bytes. */
class Fixed {
  readonly type: WireType;
  readonly bytes: Uint8Array;

  constructor(type: WireType, bytes: Uint8Array) {
    this.type = type;
    this.bytes = bytes;
  }
}

/** A field: a number, bytes, or further fields. */
interface Field {
  no: number;
  value: number | Uint8Array | Fixed | Field[];
}

/**
 * A copy of an ONNX file whose structure is changed: fields doubled, moved, nested, joined by other names, thousands of
 * them.
 */
export function mutatedModel(dice: Dice, bytes: Uint8Array): Uint8Array {
  const fields = fieldsOf(bytes, 'model');
  const names = [
    ...new Set(
      allOf(fields).flatMap(({ value }) =>
        value instanceof Uint8Array && value.length < 64 ? [new TextDecoder().decode(value)] : [],
      ),
    ),
  ];
  for (let change = dice.size(0.8); change > 0; change--) changeOne(dice, fields, names);
  return written(fields);
}

const ops = [
  'Softmax',
  'MatMul',
  'Einsum',
  'Transpose',
  'Reshape',
  'Concat',
  'Cast',
  'Slice',
  'Where',
  'Mul',
  'Add',
  'Identity',
  'If',
  'Loop',
  'Split',
  'Gather',
  'Attention',
  'QuantizeLinear',
  'Constant',
];

function changeOne(dice: Dice, fields: Field[], names: readonly string[]): void {
  const lists = [fields, ...allOf(fields).flatMap(({ value }) => (Array.isArray(value) ? [value] : []))];
  const list = dice.of(lists);
  const field = list[dice.below(list.length)];
  if (field === undefined) return;
  const at = list.indexOf(field);
  switch (dice.below(10)) {
    case 0:
      list.splice(at, 1);
      return;
    case 1:
      list.splice(at, 0, ...Array.from({ length: Math.min(dice.size(3.6), 2_000_000 / sizeOf(field)) }, () => field));
      return;
    case 2: {
      // A copy: the field may hold the very list that it goes into.
      const other = dice.of(dice.of(lists).concat(field));
      if (sizeOf(other) < 2_000_000) list.push(copied(other));
      return;
    }
    case 3:
      if (dice.chance(0.3)) field.no = dice.below(26);
      return;
    case 4:
      if (dice.chance(0.3)) field.value = nested(dice, field);
      return;
    case 5:
      if (field.value instanceof Uint8Array) field.value = new TextEncoder().encode('x'.repeat(dice.size(4.2)));
      return;
    case 6:
      if (typeof field.value === 'number' || dice.chance(0.1))
        field.value = dice.of([0, 1, -1, 2 ** 31, 2 ** 53 - 1, -(2 ** 53)]);
      return;
    case 7: {
      const node = list.find((each) => each.no === 4 && each.value instanceof Uint8Array);
      if (node !== undefined) node.value = new TextEncoder().encode(dice.of(ops));
      return;
    }
    default:
      for (const each of allOf(list))
        if (each.value instanceof Uint8Array && each.value.length < 64 && dice.chance(0.05))
          each.value = new TextEncoder().encode(dice.of(names.concat('')));
  }
}

/** An attribute with a graph with a node with an attribute …, or a message in a message. */
function nested(dice: Dice, field: Field): Field[] {
  let value: Field[] = [{ ...field }];
  for (let depth = dice.size(2); depth > 0; depth--)
    value = dice.chance(0.8) ? [{ no: 1, value: [{ no: 5, value: [{ no: 6, value }] }] }] : [{ no: field.no, value }];
  return value;
}

function fieldsOf(bytes: Uint8Array, kind: keyof typeof shapes): Field[] {
  const reader = new BinaryReader(bytes);
  const fields: Field[] = [];
  while (reader.pos < bytes.length) {
    const [no, type] = reader.tag();
    const inner = (shapes[kind] as Shape)[no];
    if (type === WireType.LengthDelimited) {
      const own = reader.bytes();
      fields.push({ no, value: inner === undefined ? own : messageOf(own, inner) });
    } else if (type === WireType.Varint) fields.push({ no, value: Number(reader.int64()) });
    else fields.push({ no, value: new Fixed(type, reader.skip(type, no)) });
  }
  return fields;
}

/** What is not a message after all (a file whose weights were taken out) stays bytes. */
function messageOf(bytes: Uint8Array, kind: keyof typeof shapes): Field[] | Uint8Array {
  try {
    return fieldsOf(bytes, kind);
  } catch {
    return bytes;
  }
}

function allOf(fields: readonly Field[]): Field[] {
  const all: Field[] = [];
  for (
    let waiting: Field[] = [...fields], field = waiting.pop();
    field !== undefined && all.length < 20_000;
    field = waiting.pop()
  ) {
    all.push(field);
    if (Array.isArray(field.value)) for (const each of field.value) waiting.push(each);
  }
  return all;
}

function copied(field: Field): Field {
  return { no: field.no, value: Array.isArray(field.value) ? field.value.map(copied) : field.value };
}

function sizeOf(field: Field): number {
  return (
    4 +
    (field.value instanceof Uint8Array
      ? field.value.length
      : Array.isArray(field.value)
        ? field.value.reduce((sum, each) => sum + sizeOf(each), 0)
        : 6)
  );
}

function written(fields: readonly Field[]): Uint8Array {
  const writer = new BinaryWriter();
  for (const { no, value } of fields) {
    if (no < 1) continue;
    if (value instanceof Fixed) writer.tag(no, value.type).raw(value.bytes);
    else if (typeof value === 'number') writer.tag(no, WireType.Varint).int64(BigInt(value));
    else writer.tag(no, WireType.LengthDelimited).bytes(value instanceof Uint8Array ? value : written(value));
  }
  return writer.finish();
}
