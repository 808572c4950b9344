import type { Graph, Model, Tensor } from './graph.ts';
import { graphsOf } from './reference.ts';
import { reading, Wire, type Message } from './wire.ts';

/**
 * A file beside the graph that holds weights: where, as the graph names it, and how many bytes it has to have at least.
 */
export interface ExternalFile {
  readonly location: string;
  readonly bytes: number;
}

/**
 * The files that a graph names for its weights, each once (TensorProto.external_data (13): entries of a key (1) and a
 * value (2), of which `location`, `offset` and `length` count). The names are whatever stands in the file. Throws
 * GraphError.
 */
export function externalFiles(model: Model): readonly ExternalFile[] {
  return reading(() => {
    const wire = new Wire(model.bytes);
    const found = new Map<string, number>();
    for (const tensor of tensorsOf(model.graph)) {
      const { location, end } = placeOf(wire, tensor);
      if (location !== null) found.set(location, Math.max(found.get(location) ?? 0, end));
    }
    return [...found].map(([location, bytes]) => ({ location, bytes }));
  });
}

function* tensorsOf(graph: Graph): Generator<Tensor> {
  for (const { initializers, nodes } of graphsOf(graph)) {
    yield* initializers.values();
    for (const { attributes } of nodes) for (const { tensor } of attributes.values()) if (tensor) yield tensor;
  }
}

function placeOf(wire: Wire, { message }: Tensor): { location: string | null; end: number } {
  const entries = new Map<string, string>();
  for (const field of wire.fields(message)) {
    if (field.no !== 13) continue;
    const [key, value] = entryOf(wire, wire.message(field, message));
    entries.set(key, value);
  }
  const end = Number(entries.get('offset') ?? 0) + Number(entries.get('length') ?? 0);
  return { location: entries.get('location') ?? null, end: Number.isSafeInteger(end) ? end : 0 };
}

function entryOf(wire: Wire, message: Message): [string, string] {
  let key = '';
  let value = '';
  for (const field of wire.fields(message)) {
    if (field.no === 1) key = wire.text(field);
    else if (field.no === 2) value = wire.text(field);
  }
  return [key, value];
}
