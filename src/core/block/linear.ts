import type { GraphNode } from '../onnx/graph.ts';
import type { Scope } from '../onnx/scope.ts';

/** A node that multiplies a tensor of the text with stored weights. */
export interface LinearNode {
  readonly node: GraphNode;
  /** The tensor of the text. */
  readonly input: string;
  /** A stored bias that the node itself adds. */
  readonly bias: string | null;
}

/** Operators that pass numbers on in their order, in another shape or type. */
export const reshapes = ['Cast', 'Identity', 'Dropout', 'Reshape', 'Squeeze', 'Unsqueeze'] as const;

/** Operators that multiply with stored weights, and the inputs that may be the tensor of the text, and the bias. */
const operators: ReadonlyMap<string, { readonly inputs: readonly number[]; readonly bias: number | null }> = new Map([
  ['.MatMul', { inputs: [0, 1], bias: null }],
  ['.Gemm', { inputs: [0], bias: 2 }],
  ['.MatMulInteger', { inputs: [0], bias: null }],
  ['.QLinearMatMul', { inputs: [0], bias: null }],
  ['com.microsoft.FusedMatMul', { inputs: [0, 1], bias: null }],
  ['com.microsoft.MatMulNBits', { inputs: [0], bias: 5 }],
  ['com.microsoft.MatMulBnb4', { inputs: [0], bias: null }],
  ['com.microsoft.MatMulFpQ4', { inputs: [0], bias: null }],
  ['com.microsoft.MatMulIntegerToFloat', { inputs: [0], bias: 6 }],
  ['com.microsoft.DynamicQuantizeMatMul', { inputs: [0], bias: 4 }],
  ['com.microsoft.FusedGemm', { inputs: [0], bias: 2 }],
  ['.Conv', { inputs: [0], bias: 2 }],
]);

/** Reads a node as a product with stored weights; null when it is none, or when both sides depend on the text. */
export function linearOf(scope: Scope, node: GraphNode): LinearNode | null {
  const operator = operators.get(`${node.domain}.${node.op}`);
  if (operator === undefined) return null;
  const { inputs, bias } = operator;
  const factors = inputs.length === 2 ? [0, 1] : [0, node.op === 'QLinearMatMul' ? 3 : 1];
  const [first = '', second = ''] = factors.map((at) => node.inputs[at] ?? '');
  const [isFirst, isSecond] = [scope.sourcesOf(first) !== 0n, scope.sourcesOf(second) !== 0n];
  if (isFirst === isSecond || (isSecond && inputs.length === 1)) return null;
  const stored = bias === null ? '' : (node.inputs[bias] ?? '');
  return { node, input: isFirst ? first : second, bias: stored === '' ? null : stored };
}
