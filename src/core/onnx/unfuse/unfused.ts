import { ModelEdit } from '../edit.ts';
import type { GraphNode, Model } from '../graph.ts';
import { joinModel } from '../join.ts';
import { readModel } from '../read.ts';
import { Scope } from '../scope.ts';
import { writeFusedAttention } from './fused-attention.ts';
import { writeGroupQuery } from './group-query.ts';
import { writeDecoderMasked, writeMultiHead } from './multi-head.ts';
import { NodeWriter } from './node-writer.ts';
import { writeOnnxAttention } from './onnx-attention.ts';

/** What writes the steps of each operator that computes a whole attention, by domain and name. */
const writers: ReadonlyMap<string, (writer: NodeWriter) => void> = new Map([
  ['com.microsoft.GroupQueryAttention', writeGroupQuery],
  ['com.microsoft.MultiHeadAttention', writeMultiHead],
  ['com.microsoft.DecoderMaskedMultiHeadAttention', writeDecoderMasked],
  ['com.microsoft.Attention', writeFusedAttention],
  ['com.microsoft.QAttention', writeFusedAttention],
  ['.Attention', writeOnnxAttention],
]);

/**
 * A model in which operators that compute a whole attention are written out in ONNX's own operators, at the place where
 * they stood: projections as far as the operator has them inside, rotary embedding, the product of queries and keys,
 * scale, soft cap, masks, softmax, and the product with the values. `findAttention` then finds the same attentions in
 * the same order, each with its tensors `query`, `key`, `value` and `scores`, and `findBlocks` all of the block. The
 * steps between are computed in 32-bit floats; outputs keep their names and types. `isWanted` chooses operators, all
 * without it; a model without any is given back as it is. Throws GraphError where an operator has something of which
 * the steps are not known, naming it.
 *
 * The new model is bytes of its own, so weights lie elsewhere than in the file: where slices are to refer to the file,
 * see `ModelEdit.referTo`, which comes first.
 */
export function unfused(model: Model, isWanted: (node: GraphNode) => boolean = () => true): Model {
  const edit = new ModelEdit(model);
  const scopes = [new Scope(model)];
  let isChanged = false;
  for (let scope = scopes.pop(); scope !== undefined; scope = scopes.pop()) {
    for (const branches of scope.branches.values()) scopes.push(...branches);
    for (const node of scope.order) {
      const write = writers.get(`${node.domain}.${node.op}`);
      if (write === undefined || !isWanted(node)) continue;
      const writer = new NodeWriter(edit, scope, node);
      write(writer);
      edit.replaceNode(scope, node, writer.nodes);
      isChanged = true;
    }
  }
  return isChanged ? readModel(joinModel({ model: edit.chunks() })) : model;
}
