import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { unreadable } from './error.ts';

/**
 * A length-delimited message inside a file, in byte offsets: `lengthAt` is where its length varint stands, `start` and `end`
 * bound its payload. The file itself is the message without a parent.
 */
export interface Message {
  readonly lengthAt: number;
  readonly start: number;
  readonly end: number;
  readonly parent: Message | null;
}

/** One field of a message: `tagAt` to `end` covers all of its bytes; `start` is where the payload begins. */
export interface Field {
  readonly no: number;
  readonly type: WireType;
  readonly tagAt: number;
  readonly lengthAt: number;
  readonly start: number;
  readonly end: number;
}

/**
 * Reads protobuf fields in place: nothing is copied or decoded until asked for.
 * Follows the protobuf encoding guide (wire types 0, 1, 2, 5); every read is checked against the bounds of its message.
 */
export class Wire {
  readonly bytes: Uint8Array;
  readonly #reader: BinaryReader;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.#reader = new BinaryReader(bytes);
  }

  /** The whole file as a message. */
  root(): Message {
    return { lengthAt: 0, start: 0, end: this.bytes.length, parent: null };
  }

  /** The fields of a message in file order. Throws GraphError where the bytes are no protobuf. */
  *fields(message: Message): Generator<Field> {
    let at = message.start;
    while (at < message.end) {
      const field = this.#field(at, message.end);
      yield field;
      at = field.end;
    }
  }

  /** The message that a length-delimited field holds. */
  message(field: Field, parent: Message): Message {
    if (field.type !== WireType.LengthDelimited) throw unreadable('the file is damaged: a nested message has the wrong type');
    return { lengthAt: field.lengthAt, start: field.start, end: field.end, parent };
  }

  /** A string field. */
  text(field: Field): string {
    return this.#read(field, WireType.LengthDelimited, field.lengthAt, (reader) => reader.string());
  }

  /** An integer field. */
  int(field: Field): number {
    return this.#read(field, WireType.Varint, field.start, (reader) => Number(reader.int64()));
  }

  /** A 32-bit float field. */
  float(field: Field): number {
    return this.#read(field, WireType.Bit32, field.start, (reader) => reader.float());
  }

  /** The integers of a repeated field, whether packed into one entry or written singly. */
  ints(field: Field): number[] {
    if (field.type !== WireType.LengthDelimited) return [this.int(field)];
    const values: number[] = [];
    this.#reader.pos = field.start;
    while (this.#reader.pos < field.end) values.push(Number(this.#guard(() => this.#reader.int64())));
    return values;
  }

  #field(at: number, end: number): Field {
    const reader = this.#reader;
    reader.pos = at;
    return this.#guard(() => {
      const [no, type] = reader.tag();
      const lengthAt = reader.pos;
      let start = lengthAt;
      if (type === WireType.LengthDelimited) {
        const length = reader.uint32();
        start = reader.pos;
        reader.pos = start + length;
      } else {
        reader.skip(type, no);
      }
      if (reader.pos > end) throw unreadable('the file is damaged or incomplete: an entry reaches beyond its end');
      return { no, type, tagAt: at, lengthAt, start, end: reader.pos };
    });
  }

  #read<T>(field: Field, type: WireType, at: number, read: (reader: BinaryReader) => T): T {
    if (field.type !== type) throw unreadable(`the file is damaged: field ${field.no} has wire type ${field.type}`);
    this.#reader.pos = at;
    return this.#guard(() => read(this.#reader));
  }

  #guard<T>(read: () => T): T {
    try {
      return read();
    } catch (thrown) {
      if (thrown instanceof Error && thrown.name === 'GraphError') throw thrown;
      throw unreadable('the file is damaged or incomplete: it is no valid ONNX (protobuf) file', thrown);
    }
  }
}
