import { type GraphNode, intOf, opsetOf } from './graph.ts';
import { averagedValues, scoreProduct, type ScoreProduct } from './product.ts';
import type { Scope } from './scope.ts';
import { rankOf } from './shape.ts';

/** An attention written as separate nodes: softmax(q·kᵀ …)·v. Names are tensors of the scope it was found in. */
export interface DecomposedAttention {
  readonly softmax: GraphNode;
  /** The probabilities as they meet the values, before dropout. */
  readonly probabilities: string;
  /** Whether keys that are no tokens (sinks) were cut off behind the softmax. */
  readonly cut: boolean;
  /** What the softmax reads: scaled and masked scores. */
  readonly scores: string;
  readonly product: ScoreProduct;
  readonly value: string;
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
  ...['Cast', 'Identity', 'Dropout', 'Reshape', 'Transpose', 'Squeeze', 'Unsqueeze', 'Expand', 'Tanh', 'Clip', 'Neg', 'Slice', 'Pad']
    .map((op) => [op, [0]] as const),
  ...['QuantizeLinear', 'DequantizeLinear', 'ScatterND', 'ScatterElements', 'BiasAdd', 'Flatten'].map((op) => [op, [0]] as const),
]);

/** Operators that leave probabilities what they are. */
const carriesProbabilities: ReadonlySet<string> = new Set([
  'Cast', 'Identity', 'Dropout', 'BitmaskDropout', 'Reshape', 'Transpose', 'Squeeze', 'Unsqueeze', 'Expand', 'Flatten',
  'QuantizeLinear', 'DequantizeLinear', 'DynamicQuantizeLinear', 'Mul', 'Where', 'Slice',
]);
/** Operators after which the probabilities are not the softmax's own: rows without any key set to 0, a sink's column cut off. */
const changesProbabilities: ReadonlySet<string> = new Set(['Where', 'Slice']);

/**
 * Reads a Softmax as attention, by structure alone: it normalises the last axis, its input descends from a product of two
 * tensors that both depend on the text, and its output averages a third. Null for every other softmax (classifier, router).
 */
export function decomposedAttention(scope: Scope, softmax: GraphNode): DecomposedAttention | null {
  const output = softmax.outputs[0];
  const scores = softmax.inputs[0];
  if (output === undefined || scores === undefined || !normalisesLastAxis(scope, softmax)) return null;
  const use = findValues(scope, output);
  if (use === null) return null;
  const product = findProduct(scope, scores);
  return product === null ? null : { softmax, scores, product, ...use };
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

function findValues(scope: Scope, output: string): Pick<DecomposedAttention, 'probabilities' | 'cut' | 'value'> | null {
  const seen = new Set([output]);
  const queue: (Step & { readonly probabilities: string; readonly cut: boolean })[] = [{ scope, tensor: output, flipped: false, probabilities: output, cut: false }];
  for (let at = 0; at < queue.length && at < reach; at += 1) {
    const step = queue[at];
    if (step === undefined) break;
    for (const { node, input } of scope.usesOf(step.tensor)) {
      const value = averagedValues(node, input, step.flipped);
      if (value !== null && scope.sourcesOf(value) !== 0n) return { probabilities: step.probabilities, cut: step.cut, value };
      const next = node.outputs[0];
      const flip = flips(node);
      if (next === undefined || seen.has(next) || flip === null || !carriesProbabilities.has(node.op)) continue;
      seen.add(next);
      const probabilities = changesProbabilities.has(node.op) && !step.flipped ? next : step.probabilities;
      queue.push({ scope, tensor: next, flipped: step.flipped !== flip, probabilities, cut: step.cut || node.op === 'Slice' });
    }
  }
  return null;
}

function findProduct(scope: Scope, scores: string): ScoreProduct | null {
  const queue: Step[] = [{ scope, tensor: scores, flipped: false }];
  const seen = new Set([scores]);
  for (let at = 0; at < queue.length && at < reach; at += 1) {
    const step = queue[at];
    const producer = step?.scope.producerOf(step.tensor) ?? null;
    if (step === undefined || producer === null) continue;
    const { node } = producer;
    const product = scoreProduct(node, step.flipped);
    if (product !== null && isComputed(producer.scope, product)) return product;
    const flip = flips(node);
    const carried = carriesScores.get(node.op);
    if (product !== null || flip === null || carried === undefined) continue;
    const inputs = carried === 'all' ? node.inputs : carried.map((input) => node.inputs[input] ?? '');
    for (const tensor of inputs) {
      if (tensor === '' || seen.has(tensor)) continue;
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
