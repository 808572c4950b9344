import type { Axes } from './axes.ts';
import { type GraphNode, intOf } from './graph.ts';

/** A product of queries with keys: `query` gives the rows, `key` the columns. */
export interface ScoreProduct {
  readonly node: GraphNode;
  readonly query: string;
  readonly key: string;
  /** Whether the key tensor stands as `[…, features, keys]`, ready for MatMul. */
  readonly keyTransposed: boolean;
}

interface Operands {
  readonly left: number;
  readonly right: number;
  readonly leftFlipped: boolean;
  readonly rightFlipped: boolean;
}

/** Where each kind of matrix product has its operands: ONNX operators and onnxruntime's contrib operators. */
function operandsOf(node: GraphNode): Operands | null {
  switch (`${node.domain}.${node.op}`) {
    case '.MatMul':
    case '.MatMulInteger':
    case 'com.microsoft.MatMulIntegerToFloat':
      return { left: 0, right: 1, leftFlipped: false, rightFlipped: false };
    case '.QLinearMatMul':
      return { left: 0, right: 3, leftFlipped: false, rightFlipped: false };
    case 'com.microsoft.FusedMatMul':
    case 'com.microsoft.TransposeMatMul':
      return {
        left: 0,
        right: 1,
        leftFlipped: intOf(node, 'transA', 0) === 1,
        rightFlipped: intOf(node, 'transB', 0) === 1,
      };
    default:
      return null;
  }
}

/**
 * Reads a node as the product of queries and keys. `flipped` says that its result is transposed before the softmax, so
 * that rows are the right operand's. Null when it is no product of two tensors with that layout.
 */
export function scoreProduct(node: GraphNode, flipped: boolean): ScoreProduct | null {
  const operands = operandsOf(node);
  if (operands === null) return einsumScores(node, flipped);
  const left = node.inputs[operands.left];
  const right = node.inputs[operands.right];
  if (left === undefined || right === undefined) return null;
  return flipped
    ? { node, query: right, key: left, keyTransposed: operands.leftFlipped }
    : { node, query: left, key: right, keyTransposed: !operands.rightFlipped };
}

/**
 * The values that a node averages when `input` of it is a tensor of attention probabilities: null unless the node sums
 * over the axis of the keys, which is the tensor's last axis (its last but one when `flipped`).
 */
export function averagedValues(node: GraphNode, input: number, flipped: boolean): string | null {
  const operands = operandsOf(node);
  if (operands === null) return einsumValues(node, input, flipped);
  const { left, right, leftFlipped, rightFlipped } = operands;
  if (input === left && flipped === leftFlipped) return node.inputs[right] ?? null;
  if (input === right && flipped !== rightFlipped) return node.inputs[left] ?? null;
  return null;
}

interface Equation {
  readonly operands: readonly [string, string];
  readonly output: string;
}

function equationOf(node: GraphNode): Equation | null {
  if (node.op !== 'Einsum' || node.domain !== '' || node.inputs.length !== 2) return null;
  const [from, output] = (node.attributes.get('equation')?.text ?? '')
    .replaceAll(' ', '')
    .replaceAll('...', '')
    .split('->');
  const [first, second] = (from ?? '').split(',');
  return first === undefined || second === undefined || output === undefined
    ? null
    : { operands: [first, second], output };
}

function einsumScores(node: GraphNode, flipped: boolean): ScoreProduct | null {
  const equation = equationOf(node);
  if (equation === null || equation.output.length < 2) return null;
  const { operands, output } = equation;
  const column = output.at(flipped ? -2 : -1) ?? '';
  const row = output.at(flipped ? -1 : -2) ?? '';
  const query = operands.findIndex((letters) => letters.includes(row) && !letters.includes(column));
  const key = operands.findIndex((letters) => letters.includes(column) && !letters.includes(row));
  const queryName = node.inputs[query];
  const keyName = node.inputs[key];
  if (queryName === undefined || keyName === undefined) return null;
  return { node, query: queryName, key: keyName, keyTransposed: operands[key]?.endsWith(column) ?? false };
}

function einsumValues(node: GraphNode, input: number, flipped: boolean): string | null {
  const equation = equationOf(node);
  const summed = equation?.operands[input]?.at(flipped ? -2 : -1);
  const other = 1 - input;
  if (equation === null || summed === undefined) return null;
  return !equation.output.includes(summed) && equation.operands[other]?.includes(summed)
    ? (node.inputs[other] ?? null)
    : null;
}

/** Where an Einsum leaves the axes of one of its inputs, when its result still has both of them; else null. */
export function einsumAxes(node: GraphNode, input: number, axes: Axes): Axes | null {
  const equation = equationOf(node);
  const letters = equation?.operands[input];
  if (equation === null || letters === undefined) return null;
  const kept = (axis: number): number => {
    const letter = letters.at(axis);
    const place = letter === undefined || letters.length < -axis ? -1 : equation.output.indexOf(letter);
    return place < 0 ? 0 : place - equation.output.length;
  };
  const [query, key] = [kept(axes.query), kept(axes.key)];
  return query < 0 && key < 0 ? { query, key } : null;
}
