import { type GraphNode, intOf, opsetOf } from './graph.ts';
import { scoreProduct, type ScoreProduct } from './product.ts';
import type { Scope } from './scope.ts';
import { rankOf } from './shape.ts';
import { findValues, type AveragedValues } from './values.ts';

/** An attention written as separate nodes: softmax(q·kᵀ …)·v. Names are tensors of the scope it was found in. */
export interface DecomposedAttention extends AveragedValues {
  readonly softmax: GraphNode;
  /** What the softmax reads: scaled and masked scores. */
  readonly scores: string;
  readonly product: ScoreProduct;
}

/** A tensor on the way, and whether its last two axes are swapped against where the way began. */
interface Step {
  readonly scope: Scope;
  readonly tensor: string;
  readonly flipped: boolean;
}

/** How many nodes a search visits: the product is some twenty nodes away at most, its mask's own nodes included. */
const reach = 400;

/** Which inputs may carry scores on their way from the product to the softmax, by operator. */
const carriesScores: ReadonlyMap<string, readonly number[] | 'all'> = new Map<string, readonly number[] | 'all'>([
  ...['Add', 'Sub', 'Mul', 'Div', 'Max', 'Min', 'Sum', 'Concat', 'Where'].map((op) => [op, 'all'] as const),
  ...[
    'Cast',
    'Identity',
    'Dropout',
    'Reshape',
    'Transpose',
    'Squeeze',
    'Unsqueeze',
    'Expand',
    'Tanh',
    'Clip',
    'Neg',
    'Slice',
    'Pad',
  ].map((op) => [op, [0]] as const),
  ...['QuantizeLinear', 'DequantizeLinear', 'ScatterND', 'ScatterElements', 'BiasAdd', 'Flatten'].map(
    (op) => [op, [0]] as const,
  ),
]);

/**
 * Reads a Softmax as attention, by structure alone: it normalises the last axis, its input descends from a product of
 * two tensors that both depend on the text, and its output averages a third. Null for every other softmax (classifier,
 * router). A softmax of such a product whose weights go into a node that is not known is no attention either, but
 * `unread` hears of it. Throws GraphError where values are found and what multiplies them cannot be shown.
 */
export function decomposedAttention(
  scope: Scope,
  softmax: GraphNode,
  unread: (by: GraphNode) => void,
): DecomposedAttention | null {
  const output = softmax.outputs[0];
  const scores = softmax.inputs[0];
  if (output === undefined || scores === undefined || !normalisesLastAxis(scope, softmax)) return null;
  const product = findProduct(scope, scores);
  if (product === null) return null;
  const search = findValues(scope, softmax, output);
  if (search.values !== null) return { softmax, scores, product, ...search.values };
  if (search.stoppedBy !== null) unread(search.stoppedBy);
  return null;
}

/** Softmax over the last axis; before opset 13 the default axis is 1, and the axes behind it are joined. */
function normalisesLastAxis(scope: Scope, node: GraphNode): boolean {
  if (node.op !== 'Softmax' || node.domain !== '') return false;
  const version = opsetOf(scope.model);
  const axis = intOf(node, 'axis', version >= 13 ? -1 : 1);
  if (axis === -1) return true;
  const rank = rankOf(scope, node.outputs[0] ?? '');
  return rank === null ? axis >= 2 : axis === rank - 1;
}

function findProduct(scope: Scope, scores: string): ScoreProduct | null {
  const queue: Step[] = [{ scope, tensor: scores, flipped: false }];
  const seen = new Set([scores]);
  for (let at = 0; at < queue.length && at < reach; at += 1) {
    const step = queue[at];
    const producer = step?.scope.producerOf(step.tensor) ?? null;
    scope.model.budget.spend(2);
    if (step === undefined || producer === null) continue;
    const { node } = producer;
    const product = scoreProduct(node, step.flipped);
    if (product !== null && isComputed(producer.scope, product)) return product;
    const flip = flips(node);
    const carried = carriesScores.get(node.op);
    if (product !== null || flip === null || carried === undefined) continue;
    const inputs = carried === 'all' ? node.inputs : carried.map((input) => node.inputs[input] ?? '');
    scope.model.budget.spend(inputs.length);
    for (const tensor of inputs) {
      if (tensor === '' || seen.has(tensor) || queue.length >= reach) continue;
      seen.add(tensor);
      queue.push({ scope: producer.scope, tensor, flipped: step.flipped !== flip });
    }
  }
  return null;
}

/** Both sides depend on what the model is given: a product with stored weights is a projection, not attention. */
function isComputed(scope: Scope, product: ScoreProduct): boolean {
  return scope.sourcesOf(product.query) !== 0n && scope.sourcesOf(product.key) !== 0n;
}

/** Whether a node swaps the last two axes; null when it moves them elsewhere. */
function flips(node: GraphNode): boolean | null {
  if (node.op !== 'Transpose') return false;
  const perm = node.attributes.get('perm')?.ints ?? [];
  const last = perm.length - 1;
  if (perm[last] === last && perm[last - 1] === last - 1) return false;
  return perm[last] === last - 1 && perm[last - 1] === last ? true : null;
}
