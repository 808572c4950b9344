import type { ModelEdit } from './edit.ts';
import { unexposable } from './error.ts';
import { type GraphNode, intOf, opsetOf } from './graph.ts';
import { qkOutput } from './operator.ts';
import type { Scope } from './scope.ts';
import { elementTypes, floatTypes, typeOf } from './type.ts';
import type { AttributeValue } from './write.ts';

/** The inputs of an operator that multiplies its input with the weights of queries, keys and values itself. */
interface Fused {
  readonly projected: string;
  readonly bias: string;
  readonly mask: string;
  readonly past: string;
  readonly attentionBias: string;
}

/**
 * Computes the masked scores of a com.microsoft.Attention (or its 8-bit form, QAttention) beside it: the same
 * projection, split into queries, keys and values, and a MultiHeadAttention over them, which reads masks in the same
 * way and gives its scores out. Gives the name of the scores `[batch, heads, queries, keys]`. Follows onnxruntime's
 * ContribOperators.md.
 */
export function rebuildScores(edit: ModelEdit, scope: Scope, node: GraphNode, name: string, layer: number): string {
  for (const attribute of ['do_rotary', 'past_present_share_buffer']) {
    if (intOf(node, attribute, 0) === 1)
      throw unexposable((says) => says.attribute(layer, node.op, attribute), {
        op: node.op,
        layer,
      });
  }
  const fused = node.op === 'QAttention' ? projectQuantised(edit, scope, node, name) : project(edit, scope, node, name);
  const [query, key, value] = split(edit, scope, node, fused.projected, name);
  const cached =
    fused.past === '' ? [] : [pick(edit, scope, fused.past, 0, name), pick(edit, scope, fused.past, 1, name)];
  const scores = edit.fresh(`${name}.scores`);
  const outputs = [edit.fresh(`${name}.context`), '', '', ''];
  // onnxruntime forgets the cache of a MultiHeadAttention whose new cache is not asked for.
  if (cached.length > 0) for (const at of [1, 2]) outputs[at] = edit.fresh(`${name}.cache`);
  outputs[qkOutput] = scores;
  edit.addNode(scope, {
    op: 'MultiHeadAttention',
    domain: 'com.microsoft',
    inputs: [query, key, value, fused.bias, fused.mask, fused.attentionBias, ...cached],
    outputs,
    attributes: carriedOver(node),
  });
  edit.declare(scope, scores, scoresType(edit, scope, node));
  return scores;
}

/** The type that an operator's scores have: that of what it reads. */
export function scoresType({ model }: ModelEdit, scope: Scope, node: GraphNode): number {
  if (node.op === 'QAttention') return elementTypes.float;
  const type = typeOf(scope, node.inputs[0] ?? '');
  return type !== null && floatTypes.has(type) ? type : model.half ? elementTypes.half : elementTypes.float;
}

function carriedOver(node: GraphNode): Readonly<Record<string, AttributeValue>> {
  const attributes: Record<string, AttributeValue> = {};
  for (const name of ['num_heads', 'unidirectional']) {
    const value = intOf(node, name, 0);
    if (!Number.isSafeInteger(value)) throw unexposable((says) => says.invalid(node.op, name), { op: node.op });
    attributes[name] = value;
  }
  for (const name of ['scale', 'mask_filter_value']) {
    const float = node.attributes.get(name)?.float;
    if (float !== undefined && float !== null) attributes[name] = { float };
  }
  return attributes;
}

/** com.microsoft.Attention: input, weights, bias, mask_index, past, attention_bias. */
function project(edit: ModelEdit, scope: Scope, node: GraphNode, name: string): Fused {
  const [input = '', weights = '', bias = '', mask = '', past = '', attentionBias = ''] = node.inputs;
  return {
    projected: edit.add(scope, `${name}.qkv`, { op: 'MatMul', inputs: [input, weights] }),
    bias,
    mask,
    past,
    attentionBias,
  };
}

/**
 * com.microsoft.QAttention: input, weight, bias, input_scale, weight_scale, mask_index, input_zero_point,
 * weight_zero_point, past.
 */
function projectQuantised(edit: ModelEdit, scope: Scope, node: GraphNode, name: string): Fused {
  const [
    input = '',
    weight = '',
    bias = '',
    inputScale = '',
    weightScale = '',
    mask = '',
    inputZero = '',
    weightZero = '',
    past = '',
  ] = node.inputs;
  const whole = edit.add(scope, `${name}.qkv`, { op: 'MatMulInteger', inputs: [input, weight, inputZero, weightZero] });
  const cast = edit.add(scope, `${name}.qkv`, { op: 'Cast', inputs: [whole], attributes: { to: elementTypes.float } });
  const scale = edit.add(scope, `${name}.qkv`, { op: 'Mul', inputs: [inputScale, weightScale] });
  return {
    projected: edit.add(scope, `${name}.qkv`, { op: 'Mul', inputs: [cast, scale] }),
    bias,
    mask,
    past,
    attentionBias: '',
  };
}

/**
 * Cuts `[batch, tokens, features]` into queries, keys and values; Split says its sizes differently before opset 13 and
 * from 18 on.
 */
function split(
  edit: ModelEdit,
  scope: Scope,
  node: GraphNode,
  projected: string,
  name: string,
): readonly [query: string, key: string, value: string] {
  const outputs = [edit.fresh(`${name}.q`), edit.fresh(`${name}.k`), edit.fresh(`${name}.v`)] as const;
  const sizes = node.attributes.get('qkv_hidden_sizes')?.ints ?? [];
  if (!sizes.every((size) => Number.isSafeInteger(size) && size >= 0) || (sizes.length !== 0 && sizes.length !== 3)) {
    throw unexposable((says) => says.invalid(node.op, 'qkv_hidden_sizes'), {
      op: node.op,
    });
  }
  const opset = opsetOf(edit.model);
  const axis = { axis: 2 };
  if (sizes.length === 0) {
    edit.addNode(scope, {
      op: 'Split',
      inputs: [projected],
      outputs,
      attributes: opset >= 18 ? { ...axis, num_outputs: 3 } : axis,
    });
  } else if (opset < 13) {
    edit.addNode(scope, { op: 'Split', inputs: [projected], outputs, attributes: { ...axis, split: sizes } });
  } else {
    edit.addNode(scope, {
      op: 'Split',
      inputs: [projected, edit.addIntegers(scope, `${name}.sizes`, sizes)],
      outputs,
      attributes: axis,
    });
  }
  return outputs;
}

/** The keys (0) or values (1) of a cache `[2, batch, heads, tokens, features]`. */
function pick(edit: ModelEdit, scope: Scope, past: string, index: number, name: string): string {
  const at = edit.addIntegers(scope, `${name}.index`, index);
  return edit.add(scope, `${name}.past`, { op: 'Gather', inputs: [past, at], attributes: { axis: 0 } });
}
