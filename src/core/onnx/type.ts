import { type GraphNode, intOf } from './graph.ts';
import type { Scope } from './scope.ts';

/** Element types, as TensorProto.DataType numbers them. */
export const elementTypes = { float: 1, half: 10, double: 11, bfloat: 16 } as const;

/** The types of floating-point numbers. */
export const floatTypes: ReadonlySet<number> = new Set(Object.values(elementTypes));

/** How far back a type is followed before it counts as unknown. */
const reach = 256;

/** Operators whose result has the type of one of their inputs, and of which. */
const typedLike: ReadonlyMap<string, number> = new Map([
  ...[
    'Softmax',
    'Mul',
    'Div',
    'Add',
    'Sub',
    'Max',
    'Min',
    'Sum',
    'Pow',
    'MatMul',
    'FusedMatMul',
    'Einsum',
    'Gemm',
    'Conv',
    'Identity',
    'Dropout',
    'Reshape',
    'Transpose',
    'Squeeze',
    'Unsqueeze',
    'Expand',
    'Flatten',
    'Slice',
    'Gather',
    'Split',
    'Concat',
    'Pad',
    'Tanh',
    'Clip',
    'Neg',
    'Erf',
    'Sqrt',
    'Relu',
    'Sigmoid',
    'Exp',
    'LayerNormalization',
    'SkipLayerNormalization',
    'ReduceMean',
    'ReduceSum',
    'MatMulNBits',
    'Gelu',
    'ScatterND',
    'ScatterElements',
  ].map((op) => [op, 0] as const),
  ['Where', 1],
  ['DequantizeLinear', 1],
  ['CastLike', 1],
]);

/** The element type of a tensor (TensorProto.DataType) as far as the graph tells, else null. */
export function typeOf(scope: Scope, name: string): number | null {
  let at: Scope = scope;
  let tensor = name;
  for (let steps = 0; steps < reach; steps += 1) {
    const known = declaredType(at, tensor);
    if (known !== null) return known;
    const producer = at.producerOf(tensor);
    if (producer === null) return null;
    const { node, output } = producer;
    scope.model.budget.spend(2);
    const made = typeMade(node);
    if (made !== null) return made;
    const like = output === 0 || node.op === 'Split' ? typedLike.get(node.op) : undefined;
    const input = like === undefined ? undefined : node.inputs[like];
    if (input === undefined || input === '') return null;
    at = producer.scope;
    tensor = input;
  }
  return null;
}

function declaredType(scope: Scope | null, name: string): number | null {
  if (scope === null) return null;
  return scope.graph.types.get(name) ?? scope.graph.initializers.get(name)?.type ?? declaredType(scope.parent, name);
}

function typeMade(node: GraphNode): number | null {
  if (node.op === 'Cast') return intOf(node, 'to', 0);
  if (node.op === 'Constant')
    return (
      node.attributes.get('value')?.tensor?.type ?? (node.attributes.has('value_float') ? elementTypes.float : null)
    );
  return null;
}
