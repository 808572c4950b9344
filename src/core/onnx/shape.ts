import { type GraphNode, intOf } from './graph.ts';
import type { Producer, Scope } from './scope.ts';

/** How far back a shape is followed before it counts as unknown. */
const reach = 64;
/** No shape has more. */
const maxAxes = 64;
/** Operators whose result has the axes of the first of their inputs that depends on the text. */
const likeInput: ReadonlySet<string> = new Set([
  'Where',
  'Max',
  'Min',
  'Tanh',
  'Softmax',
  'Cast',
  'Identity',
  'Dropout',
  'Div',
  'Mul',
  'Add',
  'Sub',
  'MatMul',
  'FusedMatMul',
]);

/**
 * Operators that take axes away unless they keep them: onnxruntime makes the length of a text by a sum over its mask.
 */
const reduces: ReadonlySet<string> = new Set(['ReduceSum', 'ReduceMax', 'ReduceMin', 'ReduceMean']);

/** The number of axes of a tensor as far as the graph tells, else null. */
export function rankOf(scope: Scope, name: string): number | null {
  let at: Scope = scope;
  let tensor = name;
  let more = 0;
  for (let steps = 0; steps < reach; steps += 1) {
    const known = declaredRank(at, tensor);
    if (known !== null) return known + more;
    const producer = at.producerOf(tensor);
    if (producer === null) return null;
    const made = rankMade(producer);
    if (made !== null) return made + more;
    const { node, scope: written } = producer;
    scope.model.budget.spend(2 + node.inputs.length);
    const changed = axesAdded(written, node);
    if (changed !== null) {
      more += changed;
      at = written;
      tensor = node.inputs[0] ?? '';
      continue;
    }
    // A choice's first input is its condition.
    const like = node.inputs.slice(node.op === 'Where' ? 1 : 0).find((input) => written.sourcesOf(input) !== 0n);
    if (!likeInput.has(node.op) || like === undefined) return null;
    at = written;
    tensor = like;
  }
  return null;
}

/** How many axes more than its first input a result has, fewer where negative; null where it is not told. */
function axesAdded(scope: Scope, node: GraphNode): number | null {
  const isReduced = reduces.has(node.op) && intOf(node, 'keepdims', 1) === 0;
  if (!isReduced && node.op !== 'Unsqueeze' && node.op !== 'Squeeze') return null;
  const axes = node.attributes.get('axes')?.ints ?? scope.integers(node.inputs[1] ?? '');
  if (axes === null || axes.length === 0) return null;
  return node.op === 'Unsqueeze' ? axes.length : -axes.length;
}

function declaredRank(scope: Scope | null, name: string): number | null {
  if (scope === null) return null;
  return (
    scope.graph.ranks.get(name) ?? scope.graph.initializers.get(name)?.dims.length ?? declaredRank(scope.parent, name)
  );
}

function rankMade({ scope, node, output }: Producer): number | null {
  // Its second output is where each text ends.
  if (node.op === 'EmbedLayerNormalization' && output === 1) return 1;
  if (node.op === 'Transpose') return node.attributes.get('perm')?.ints.length ?? null;
  if (node.op === 'Reshape' || node.op === 'Expand') return shapeOf(scope, node.inputs[1] ?? '')?.length ?? null;
  if (node.op === 'Einsum')
    return (
      node.attributes.get('equation')?.text?.replaceAll(' ', '').split('->')[1]?.replace('...', 'ab').length ?? null
    );
  return null;
}

/**
 * The shape that a Reshape asks for, an entry per axis, null where it is computed. Understands constants and the
 * `Concat` of single sizes that torch writes.
 */
export function shapeOf(scope: Scope, name: string): readonly (number | null)[] | null {
  let at: Scope = scope;
  let tensor = name;
  for (let steps = 0; steps < reach; steps += 1) {
    const constant = at.integers(tensor);
    if (constant !== null) return constant;
    const producer = at.producerOf(tensor);
    if (producer === null) return null;
    const { node, scope: written } = producer;
    scope.model.budget.spend(2 + node.inputs.length);
    if (node.op === 'Concat') return node.inputs.length > maxAxes ? null : joined(written, node.inputs);
    if (node.op !== 'Cast') return null;
    at = written;
    tensor = node.inputs[0] ?? '';
  }
  return null;
}

function joined(scope: Scope, inputs: readonly string[]): readonly (number | null)[] | null {
  const parts = inputs.map((part) => sizesOf(scope, part));
  return parts.every((part) => part !== null) ? parts.flat() : null;
}

function sizesOf(scope: Scope, name: string): readonly (number | null)[] | null {
  const constant = scope.integers(name);
  if (constant !== null) return constant;
  const op = scope.producerOf(name)?.node.op;
  return op === 'Unsqueeze' || op === 'Reshape' ? [null] : null;
}
