import type { GraphNode } from '../onnx/graph.ts';
import type { Scope } from '../onnx/scope.ts';
import { floatTypes } from '../onnx/type.ts';
import type { Norm } from './block.ts';
import { isMadeOf, normOf } from './norm.ts';

/** A step from the product of a projection to queries or keys: linear but for a constant, or a norm. */
export type PlaceLink =
  | { readonly kind: 'affine'; readonly from: string; readonly to: string }
  | { readonly kind: 'norm'; readonly norm: Norm };

/** The steps, or the node between that is not linear. */
export type PlaceChain =
  { readonly links: readonly PlaceLink[] } | { readonly links: null; readonly stoppedBy: GraphNode };

/** How many nodes lie between a projection and queries or keys at most. */
const reach = 400;

/**
 * Operators that move numbers or add them, and those that multiply: linear where one side alone is of the projection.
 */
const moves: ReadonlySet<string> = new Set([
  ...['Add', 'Sub', 'Sum', 'Neg', 'Concat', 'Slice', 'Split', 'Reshape', 'Transpose', 'Gather', 'GatherElements'],
  ...['Unsqueeze', 'Squeeze', 'Expand', 'Identity', 'Dropout', 'Flatten', 'Tile', 'Pad', 'Trilu', 'CumSum'],
  ...['ScatterND', 'ScatterElements', 'ReduceSum'],
]);
const multiplies: ReadonlySet<string> = new Set(['Mul', 'MatMul', 'Einsum', 'RotaryEmbedding']);

/**
 * How queries or keys come of the product of their projection: through biases, changes of shape, a norm by head (Henry
 * et al. 2020), rotary embedding (Su et al. 2021, 2104.09864) and other factors of the place.
 */
export function placeChain(scope: Scope, product: string, tensor: string): PlaceChain {
  const between = nodesBetween(scope, product, tensor);
  const norms = normsBetween(scope, between, product, tensor);
  const inNorms = new Set(norms.flatMap(({ input, output }) => nodesBetween(scope, input, output)));
  const of = dependents(between, product);
  const stoppedBy = between.find((node) => !inNorms.has(node) && !isLinear(node, of));
  if (stoppedBy !== undefined) return { links: null, stoppedBy };
  const links: PlaceLink[] = [];
  let from = product;
  for (const norm of norms) {
    if (norm.input !== from) links.push({ kind: 'affine', from, to: norm.input });
    links.push({ kind: 'norm', norm });
    from = norm.output;
  }
  if (from !== tensor) links.push({ kind: 'affine', from, to: tensor });
  return { links };
}

/** The nodes on the ways from one tensor to another, in the order of the graph. */
function nodesBetween(scope: Scope, from: string, to: string): readonly GraphNode[] {
  const queue = [to];
  const seen = new Set(queue);
  const made = new Set<GraphNode>();
  for (let at = 0; at < queue.length && at < reach; at += 1) {
    const tensor = queue[at] ?? '';
    const producer = tensor === from ? null : scope.producerOf(tensor);
    if (producer === null || producer.scope !== scope) continue;
    scope.model.budget.spend(2 + producer.node.inputs.length);
    made.add(producer.node);
    for (const input of producer.node.inputs) {
      if (input === '' || seen.has(input)) continue;
      seen.add(input);
      queue.push(input);
    }
  }
  scope.model.budget.spend(scope.order.length / reach);
  const ordered = scope.order.filter((node) => made.has(node));
  const of = dependents(ordered, from);
  return ordered.filter((node) => node.outputs.some((output) => of.has(output)));
}

/** The tensors that some nodes make of one, `without` those that are made through another; shapes do not count. */
function dependents(nodes: readonly GraphNode[], from: string, without = ''): ReadonlySet<string> {
  const of = new Set([from]);
  for (const node of nodes) {
    if (node.op === 'Shape' || node.op === 'Size' || !node.inputs.some((input) => of.has(input))) continue;
    for (const output of node.outputs) if (output !== without) of.add(output);
  }
  return of;
}

/** The norms that all ways lead through, each with the last tensor that is its own. */
function normsBetween(scope: Scope, nodes: readonly GraphNode[], product: string, tensor: string): readonly Norm[] {
  const norms = new Map<string, Norm>();
  const of = dependents(nodes, product);
  for (const { outputs } of nodes) {
    const [output = ''] = outputs;
    const norm = normOf(scope, output);
    if (norm === null || !of.has(norm.input) || !isMadeOf(scope, output, norm.input)) continue;
    if (output === tensor || !dependents(nodes, product, output).has(tensor)) norms.set(norm.input, norm);
  }
  return [...norms.values()];
}

function isLinear(node: GraphNode, of: ReadonlySet<string>): boolean {
  const own = node.inputs.filter((input) => of.has(input));
  // A cast between kinds of floats is linear.
  if (node.op === 'Cast') return floatTypes.has(node.attributes.get('to')?.int ?? 0);
  if (node.op === 'Where') return !of.has(node.inputs[0] ?? '');
  if (node.op === 'Div') return !of.has(node.inputs[1] ?? '');
  if (multiplies.has(node.op)) return own.length === 1;
  return moves.has(node.op);
}
