import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { unexposable } from './error.ts';
import { type GraphNode, opsetOf, type Tensor } from './graph.ts';
import type { Scope } from './scope.ts';
import { outputEntry, typedEntry } from './write.ts';

const message = WireType.LengthDelimited;

/** A tensor that a slice reads, with its element type (TensorProto.DataType) and number of axes. */
export interface SliceInput {
  readonly tensor: string;
  readonly type: number;
  readonly rank: number;
}

/**
 * A model of its own of the nodes that lead from some tensors of a graph to others, with the stored weights that these
 * nodes read, copied as they are: what the graph computes there can be run on other numbers. A node of a branch and one
 * further out stand side by side. Throws GraphError where the outputs depend on an input of the model in another way.
 */
export function sliceModel(scope: Scope, inputs: readonly SliceInput[], outputs: readonly string[]): Uint8Array {
  const { bytes } = scope.model;
  const given = new Set(inputs.map(({ tensor }) => tensor));
  const { nodes, stored } = behind(scope, given, outputs);
  const graph = new BinaryWriter();
  for (const node of nodes) graph.tag(1, message).bytes(bytes.subarray(node.message.start, node.message.end));
  graph.tag(2, message).string('slice');
  for (const tensor of stored) graph.tag(5, message).bytes(bytes.subarray(tensor.message.start, tensor.message.end));
  for (const { tensor, type, rank } of inputs) graph.raw(typedEntry(11, tensor, type, rank));
  for (const tensor of outputs) graph.raw(outputEntry(tensor));
  const writer = new BinaryWriter().tag(1, WireType.Varint).int32(opsetOf(scope.model) >= 23 ? 11 : 10);
  writer.tag(7, message).bytes(graph.finish());
  for (const [domain, version] of scope.model.opsets)
    writer.tag(8, message).fork().tag(1, message).string(domain).tag(2, WireType.Varint).int64(version).join();
  return writer.finish();
}

interface Behind {
  readonly nodes: ReadonlySet<GraphNode>;
  readonly stored: ReadonlySet<Tensor>;
}

/** The nodes and stored tensors that some tensors are made from, back to those that are given. */
function behind(scope: Scope, given: ReadonlySet<string>, outputs: readonly string[]): Behind {
  const nodes = new Set<GraphNode>();
  const stored = new Set<Tensor>();
  const seen = new Set<string>();
  const open = outputs.map((tensor) => ({ scope, tensor }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { tensor } = next;
    if (tensor === '' || given.has(tensor) || seen.has(tensor)) continue;
    seen.add(tensor);
    const producer = next.scope.producerOf(tensor);
    if (producer !== null) {
      const { node, scope: written } = producer;
      scope.model.budget.spend(2 + node.inputs.length);
      nodes.add(node);
      const captured = [...node.attributes.values()].flatMap(({ graph }) => graph?.captured ?? []);
      for (const input of [...node.inputs, ...captured]) open.push({ scope: written, tensor: input });
      continue;
    }
    const weights = next.scope.stored(tensor);
    if (weights === null) throw unexposable((says) => says.depends(tensor));
    stored.add(weights);
  }
  return { nodes, stored };
}
