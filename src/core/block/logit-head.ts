import type { GraphNode } from '../onnx/graph.ts';
import type { Scope } from '../onnx/scope.ts';
import type { Projection } from './block.ts';
import { reshapes } from './linear.ts';
import { productsOf } from './projection.ts';

/** What is done to a logit between the unembedding and the output: a factor, a soft cap's tanh, or an added number. */
export type LogitStep =
  | { readonly kind: 'scale'; readonly tensor: string; readonly inverse: boolean }
  | { readonly kind: 'bias'; readonly tensor: string }
  | { readonly kind: 'tanh' };

/** How logits come of the stream: the unembedding, and the steps behind it in the order of the graph. */
export interface LogitHead {
  readonly projection: Projection;
  readonly steps: readonly LogitStep[];
}

/** The head, or the node before the logits that is not understood (null where the logits are no node's). */
export type FoundHead = LogitHead | { readonly projection: null; readonly stoppedBy: GraphNode | null };

/** How many nodes lie between the unembedding and the logits at most. */
const reach = 24;
/** Operators that choose tokens, or nothing: logits of all are asked for. */
const passes: ReadonlySet<string> = new Set([...reshapes, 'Slice']);

/** Reads, backwards from the logits, the product with the unembedding. */
export function logitHead(scope: Scope, logits: string): FoundHead {
  const products = productsOf(scope);
  const steps: LogitStep[] = [];
  let at = logits;
  for (let count = 0; count < reach; count += 1) {
    const projection = products.get(at);
    if (projection !== undefined) return { projection, steps: steps.reverse() };
    const node = scope.producerOf(at)?.node ?? null;
    if (node === null) return { projection: null, stoppedBy: null };
    const before = through(scope, node, steps);
    if (before === null) return { projection: null, stoppedBy: node };
    at = before;
  }
  return { projection: null, stoppedBy: scope.producerOf(at)?.node ?? null };
}

/** The tensor before a node, whose step is added; null where the node is not understood. */
function through(scope: Scope, node: GraphNode, steps: LogitStep[]): string | null {
  const [first = '', second = ''] = node.inputs;
  if (node.domain !== '') return null;
  if (passes.has(node.op)) return first;
  const [of, tensor] = scope.sourcesOf(second) === 0n ? [first, second] : [second, first];
  if (node.op === 'Tanh') {
    steps.push({ kind: 'tanh' });
    return first;
  }
  if (scope.sourcesOf(tensor) !== 0n || (node.op === 'Div' && tensor === first)) return null;
  if (node.op === 'Add') steps.push({ kind: 'bias', tensor });
  else if (node.op === 'Mul' || node.op === 'Div') steps.push({ kind: 'scale', tensor, inverse: node.op === 'Div' });
  else return null;
  return of;
}
