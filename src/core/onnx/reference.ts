import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import type { Graph, Model, Tensor } from './graph.ts';
import { reading, Wire, type Field } from './wire.ts';

const message = WireType.LengthDelimited;

/** Bytes of raw_data from which on weights are referred to where they lie: below, a copy costs less than a mapping. */
export const minReferenced = 1024;

/** The raw_data (9) of a stored tensor, where it is large enough to be referred to; null where it is not. */
export function referable(wire: Wire, tensor: Tensor): Field | null {
  const fields = [...wire.fields(tensor.message)];
  // Values that lie in another file already stay there.
  if (fields.some(({ no }) => no === 13)) return null;
  return fields.find(({ no, start, end }) => no === 9 && end - start >= minReferenced) ?? null;
}

/**
 * What stands in a stored tensor in place of its raw_data: where the bytes lie in a file, in ONNX's external_data (13)
 * and data_location (14). `file` is the file's name in the folder that the model is opened in.
 */
export function placeEntries(file: string, { start, end }: Field): Uint8Array {
  const writer = new BinaryWriter();
  for (const [key, value] of Object.entries({ location: file, offset: String(start), length: String(end - start) }))
    writer.tag(13, message).fork().tag(1, message).string(key).tag(2, message).string(value).join();
  return writer.tag(14, WireType.Varint).int32(1).finish();
}

/** The large weights of a model that lie in its own file, those of branches included. Throws GraphError. */
export function referableWeights(model: Model): readonly { readonly tensor: Tensor; readonly raw: Field }[] {
  const wire = new Wire(model.bytes, model.budget);
  return [...graphsOf(model.graph)].flatMap(({ initializers }) =>
    [...initializers.values()].flatMap((tensor) => {
      const raw = reading(() => referable(wire, tensor));
      return raw === null ? [] : [{ tensor, raw }];
    }),
  );
}

/** A graph and those inside its nodes. */
export function* graphsOf(graph: Graph): Generator<Graph> {
  const graphs = [graph];
  for (let next = graphs.pop(); next; next = graphs.pop()) {
    yield next;
    for (const { attributes } of next.nodes)
      for (const { graph: inner } of attributes.values()) if (inner) graphs.push(inner);
  }
}
