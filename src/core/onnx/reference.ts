import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import type { ModelEdit } from './edit.ts';
import { type Field, Wire } from './wire.ts';

const message = WireType.LengthDelimited;

/** Bytes of raw_data from which on a reference stands for it: below, a copy costs less than a mapping. */
export const minReferenced = 1024;

/** The large values of a stored tensor (TensorProto.raw_data, 9) among its fields; null where it has none. */
export function largeValues(fields: readonly Field[]): Field | null {
  return fields.find(({ no, start, end }) => no === 9 && end - start >= minReferenced) ?? null;
}

/** The fields that take the place of raw_data: where it lies in a file, external_data (13) and data_location (14). */
export function referenceTo(file: string, { start, end }: Field): Uint8Array {
  const writer = new BinaryWriter();
  const place = { location: file, offset: String(start), length: String(end - start) };
  for (const [key, value] of Object.entries(place))
    writer.tag(13, message).fork().tag(1, message).string(key).tag(2, message).string(value).join();
  return writer.tag(14, WireType.Varint).int32(1).finish();
}

/**
 * Has the large weights of a model be references into its own file (ONNX's external data), by the places at which they
 * lie there: a session opens them by mapping that file.
 */
export function referToWeights(edit: ModelEdit, file: string): void {
  const { bytes, budget, graph } = edit.model;
  const wire = new Wire(bytes, budget);
  for (const tensor of graph.initializers.values()) {
    const raw = largeValues([...wire.fields(tensor.message)]);
    if (raw !== null) edit.replaceField(tensor.message, raw, referenceTo(file, raw));
  }
}
