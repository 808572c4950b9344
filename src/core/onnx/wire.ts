import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import type { Budget } from '../budget.ts';
import { graphBudget, GraphError, unreadable } from './error.ts';

/**
 * A length-delimited message inside a file, in byte offsets: `lengthAt` is where its length varint stands, `start` and
 * `end` bound its payload. The file itself is the message without a parent.
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

/** Runs a reader of untrusted bytes: whatever it stumbles over is a GraphError. */
export function reading<T>(read: () => T): T {
  try {
    return read();
  } catch (thrown) {
    throw thrown instanceof GraphError ? thrown : unreadable((says) => says.protobuf, thrown);
  }
}

/** Bytes of the longest name: torch writes some hundred. */
const maxText = 10_000;
/** What a name costs: it is decoded, kept and looked up. */
const nameSteps = 4;
const charactersInStep = 32;

/**
 * Reads protobuf fields in place: nothing is copied or decoded until asked for.
 * Follows the protobuf encoding guide; every field is checked against the bounds of its message. Wrap its use in
 * `reading`.
 */
export class Wire {
  readonly bytes: Uint8Array;
  readonly budget: Budget;
  readonly #reader: BinaryReader;

  constructor(bytes: Uint8Array, budget: Budget = graphBudget()) {
    this.bytes = bytes;
    this.budget = budget;
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
      this.budget.spend();
      const field = this.#field(at, message.end);
      yield field;
      at = field.end;
    }
  }

  /** The message that a length-delimited field holds. */
  message(field: Field, parent: Message): Message {
    if (field.type !== WireType.LengthDelimited) throw unreadable((says) => says.message);
    return { lengthAt: field.lengthAt, start: field.start, end: field.end, parent };
  }

  /** A string field. */
  text(field: Field): string {
    this.#expect(field, WireType.LengthDelimited);
    if (field.end - field.start > maxText) throw unreadable((says) => says.longName(field.end - field.start));
    this.budget.spend(nameSteps + (field.end - field.start) / charactersInStep);
    this.#reader.pos = field.lengthAt;
    return this.#reader.string();
  }

  /** An integer field. */
  int(field: Field): number {
    this.#expect(field, WireType.Varint);
    this.#reader.pos = field.start;
    return Number(this.#reader.int64());
  }

  /** A 32-bit float field. */
  float(field: Field): number {
    this.#expect(field, WireType.Bit32);
    this.#reader.pos = field.start;
    return this.#reader.float();
  }

  /** The integers of a repeated field, whether packed into one entry or written singly. */
  ints(field: Field): number[] {
    if (field.type !== WireType.LengthDelimited) return [this.int(field)];
    this.budget.spend(field.end - field.start);
    const values: number[] = [];
    this.#reader.pos = field.start;
    while (this.#reader.pos < field.end) values.push(Number(this.#reader.int64()));
    return values;
  }

  /** Everything is read once, field by field, so this is the hot spot: no closures, no copies. */
  #field(at: number, end: number): Field {
    const reader = this.#reader;
    try {
      reader.pos = at;
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
      if (reader.pos <= end) return { no, type, tagAt: at, lengthAt, start, end: reader.pos };
    } catch (thrown) {
      throw unreadable((says) => says.protobuf, thrown);
    }
    throw unreadable((says) => says.cut);
  }

  #expect(field: Field, type: WireType): void {
    if (field.type !== type) throw unreadable((says) => says.wireType(field.no, field.type));
  }
}
