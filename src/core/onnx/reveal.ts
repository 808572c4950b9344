import type { ModelEdit } from './edit.ts';
import { unexposable } from './error.ts';
import type { Found, OperatorPlace, TensorPlace } from './find.ts';
import { type GraphNode, intOf } from './graph.ts';
import { qkOutput } from './operator.ts';
import type { Scope } from './scope.ts';
import { elementTypes, typeOf } from './type.ts';
import { writeFusedWeights } from './unfuse/fused-attention.ts';
import { NodeWriter } from './unfuse/node-writer.ts';
import { words } from '../words/words.ts';

/**
 * Makes sure that a tensor of the attention's own graph carries its probabilities as 32-bit floats, and gives the
 * tensor's name: the one it had where nothing needs to be added, else `name`. `layer` counts attentions from 0, for
 * messages.
 */
export function reveal(edit: ModelEdit, found: Found, name: string, layer: number): string {
  const { place, scope } = found;
  switch (place.in) {
    case 'tensor':
      return inFloats(edit, scope, inOrder(edit, found, place, name), typeOf(scope, place.tensor), name);
    case 'operator':
      return revealOperator(edit, scope, place, name, layer);
    case 'branches':
      for (const branch of place.branches) giveFromBranch(edit, branch, name, layer);
      return nameFreshOutput(edit, place.node, name);
  }
}

/** A branch may not give the same tensor twice, so one that it gives already gets a second name. */
function giveFromBranch(edit: ModelEdit, branch: Found, name: string, layer: number): void {
  const { scope } = branch;
  const tensor = reveal(edit, branch, `${name}.branch`, layer);
  if (!edit.addOutput(scope, tensor))
    edit.addOutput(scope, edit.add(scope, `${name}.branch`, { op: 'Identity', inputs: [tensor] }));
}

/** The outputs of an If and of its branches go by place. */
function nameFreshOutput(edit: ModelEdit, node: GraphNode, name: string): string {
  const output = edit.fresh(name);
  edit.appendOutput(node, output);
  return output;
}

function revealOperator(
  edit: ModelEdit,
  scope: Scope,
  { node, form }: OperatorPlace,
  name: string,
  layer: number,
): string {
  const writer = new NodeWriter(edit, scope, node, name);
  if (form.gives === 'rebuild') {
    const weights = writeFusedWeights(writer);
    for (const each of writer.nodes) edit.addNode(scope, each);
    return weights;
  }
  const { type } = writer;
  const qk = ask(edit, scope, { node, form }, name, layer);
  return form.gives === 'scores' ? softmaxOf(edit, scope, qk, type, name) : inFloats(edit, scope, qk, type, name);
}

/** Has an operator give its 4th output, in the form that is wanted; gives the name of it. */
function ask(
  edit: ModelEdit,
  scope: Scope,
  { node, form }: Pick<OperatorPlace, 'node' | 'form'>,
  name: string,
  layer: number,
): string {
  const named = node.outputs[qkOutput] ?? '';
  if (form.ask !== undefined && intOf(node, form.ask.attribute, 0) !== form.ask.value) {
    if (named !== '')
      throw unexposable((says) => says.otherForm(layer, node.op), {
        op: node.op,
        layer,
      });
    edit.setInt(node, form.ask.attribute, form.ask.value);
  }
  if (named !== '') return named;
  const output = edit.fresh(form.gives === 'scores' ? `${name}.scores` : name);
  edit.nameOutput(node, qkOutput, output);
  if (form.gives === 'scores') edit.declare(scope, output, new NodeWriter(edit, scope, node).type);
  return output;
}

/** Softmax over the keys of `[batch, heads, queries, keys]`; axis 3 means the same in all versions of the operator. */
function softmaxOf(edit: ModelEdit, scope: Scope, scores: string, type: number, name: string): string {
  return edit.add(scope, name, {
    op: 'Softmax',
    inputs: [inFloats(edit, scope, scores, type, `${name}.scores`)],
    attributes: { axis: 3 },
  });
}

/** `[…, queries, keys]` with heads before them, whatever order the model has. */
function inOrder(edit: ModelEdit, { scope, finding }: Found, place: TensorPlace, name: string): string {
  if (place.headsInside) return headsFirst(edit, scope, place.tensor, name);
  if (!place.turned) return place.tensor;
  const by = finding.changes.at(-1);
  if (finding.rank === null) {
    const { op, node } = by ?? finding;
    throw unexposable((says) => says.order(words().reading.node(op, node)), { op });
  }
  const others = Array.from({ length: finding.rank - 2 }, (_, axis) => axis);
  return edit.add(scope, name, {
    op: 'Transpose',
    inputs: [place.tensor],
    attributes: { perm: [...others, finding.rank - 1, finding.rank - 2] },
  });
}

/** `[batch, queries, heads, keys]` as `[batch, heads, queries, keys]`. */
function headsFirst(edit: ModelEdit, scope: Scope, tensor: string, name: string): string {
  return edit.add(scope, name, { op: 'Transpose', inputs: [tensor], attributes: { perm: [0, 2, 1, 3] } });
}

/** 32-bit floats, whatever the model calculates with here: 16 bits, or a softmax in 64 among weights of 32. */
function inFloats(edit: ModelEdit, scope: Scope, tensor: string, type: number | null, name: string): string {
  return type !== elementTypes.float
    ? edit.add(scope, name, { op: 'Cast', inputs: [tensor], attributes: { to: elementTypes.float } })
    : tensor;
}
