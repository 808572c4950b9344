import type { GraphNode } from '../onnx/graph.ts';
import type { Scope } from '../onnx/scope.ts';
import type { BiasSource, Operand, ScoreStep } from './block.ts';
import { reshapes } from './linear.ts';

/** The path from the product to the softmax, or the node on it that is not understood. */
export type ScoreChain =
  { readonly steps: readonly ScoreStep[] } | { readonly steps: null; readonly stoppedBy: GraphNode };

/** How many nodes the search for the path visits, and how many terms one added tensor is taken apart into. */
const reach = 400;
const maxTerms = 8;

/** A node on the path and the input at which the scores enter it. */
interface Passing {
  readonly scope: Scope;
  readonly node: GraphNode;
  readonly input: number;
}

interface Visit {
  readonly scope: Scope;
  readonly tensor: string;
  readonly by: Visit | null;
  /** The node that reads this tensor on the path on, and where; null at the softmax. */
  readonly passing: Passing | null;
}

/** Operators that hand scores on as they are. */
const same: ReadonlySet<string> = new Set([...reshapes, 'Expand', 'Flatten']);
/** Products of queries and keys that are read as they are: floats, last axes features. */
const products: ReadonlySet<string> = new Set([
  '.MatMul',
  'com.microsoft.FusedMatMul',
  'com.microsoft.TransposeMatMul',
]);

/**
 * Reads the path of scores from the product of queries and keys to what the softmax reads, a step a node. `value` is
 * the tensor of the values: what depends on all that they depend on says what the tokens are.
 */
export function scoreSteps(scope: Scope, scores: string, product: GraphNode, value: string): ScoreChain {
  if (!products.has(`${product.domain}.${product.op}`)) return { steps: null, stoppedBy: product };
  const path = pathTo(scope, scores, product);
  if (path === null) return { steps: null, stoppedBy: product };
  const alpha = product.attributes.get('alpha')?.float ?? 1;
  const steps: ScoreStep[] = alpha === 1 ? [] : [{ kind: 'scale', operand: { number: alpha }, inverse: false }];
  for (const passing of path) {
    const made = stepsOf(passing, scope.sourcesOf(value));
    if (made === null) return { steps: null, stoppedBy: passing.node };
    steps.push(...made);
  }
  return { steps };
}

/** The nodes between the product and a tensor, first the one that reads the product; null when there is no path. */
function pathTo(scope: Scope, scores: string, product: GraphNode): readonly Passing[] | null {
  const queue: Visit[] = [{ scope, tensor: scores, by: null, passing: null }];
  const seen = new Set([scores]);
  for (let at = 0; at < queue.length && at < reach; at += 1) {
    const visit = queue[at];
    const producer = visit?.scope.producerOf(visit.tensor) ?? null;
    if (visit === undefined || producer === null) continue;
    const { node, scope: written } = producer;
    if (node === product) return backFrom(visit);
    scope.model.budget.spend(2 + node.inputs.length);
    for (const [input, tensor] of node.inputs.entries()) {
      if (tensor === '' || seen.has(tensor) || written.sourcesOf(tensor) === 0n) continue;
      seen.add(tensor);
      queue.push({ scope: written, tensor, by: visit, passing: { scope: written, node, input } });
    }
  }
  return null;
}

function backFrom(last: Visit): readonly Passing[] {
  const path: Passing[] = [];
  for (let visit: Visit | null = last; visit !== null; visit = visit.by)
    if (visit.passing !== null) path.push(visit.passing);
  return path;
}

/** What a node on the path does; null when that is not understood. */
function stepsOf({ scope, node, input }: Passing, content: bigint): readonly ScoreStep[] | null {
  const [first = '', second = '', third = ''] = node.inputs;
  const other = input === 0 ? second : first;
  if (node.domain !== '') return null;
  if (same.has(node.op)) return input === 0 ? [] : null;
  switch (node.op) {
    case 'Mul':
      return [{ kind: 'scale', operand: operandOf(scope, other), inverse: false }];
    case 'Div':
      return input === 0 ? [{ kind: 'scale', operand: operandOf(scope, other), inverse: true }] : null;
    case 'Add':
    case 'Sum':
      return node.inputs.flatMap((each, at) => (at === input ? [] : biases(scope, each, 1, content)));
    case 'Sub':
      return input === 0 ? biases(scope, other, -1, content) : null;
    case 'Where':
      if (input === 0) return null;
      return [
        {
          kind: 'choice',
          condition: operandOf(scope, first),
          other: operandOf(scope, input === 1 ? third : second),
          keeps: input === 1,
        },
      ];
    case 'Max':
    case 'Min':
      return node.inputs.length === 2 ? [{ kind: 'bound', op: node.op, operand: operandOf(scope, other) }] : null;
    case 'Tanh':
      return [{ kind: 'tanh' }];
    case 'Concat':
      return input === 0 && node.inputs.length === 2 && isLastAxis(node)
        ? [{ kind: 'further', operand: operandOf(scope, second) }]
        : null;
    default:
      return null;
  }
}

/** A Concat along the keys; torch writes the last axis as -1 or, of four, as 3. */
function isLastAxis(node: GraphNode): boolean {
  const axis = node.attributes.get('axis')?.int;
  return axis === -1 || axis === 3;
}

function operandOf(scope: Scope, tensor: string): Operand {
  const number = scope.number(tensor);
  return number === null ? { tensor } : { number };
}

/** A tensor that is added, or the terms that it is a sum of itself. */
function biases(scope: Scope, tensor: string, sign: 1 | -1, content: bigint): ScoreStep[] {
  const terms: string[] = [];
  const open = [tensor];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const producer = scope.producerOf(next);
    const isSum = producer?.node.op === 'Add' && producer.scope === scope && terms.length + open.length < maxTerms - 1;
    scope.model.budget.spend(2);
    if (isSum) open.push(...[...producer.node.inputs].reverse());
    else terms.push(next);
  }
  return terms.map((term) => ({
    kind: 'bias',
    operand: operandOf(scope, term),
    sign,
    source: sourceOf(scope.sourcesOf(term), content),
  }));
}

function sourceOf(sources: bigint, content: bigint): BiasSource {
  if (sources === 0n) return 'places';
  return content !== 0n && (sources & content) === content ? 'content' : 'given';
}
