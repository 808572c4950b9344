import type { GraphNode } from '../onnx/graph.ts';
import type { Scope } from '../onnx/scope.ts';
import type { Norm } from './block.ts';

/** Operators that are a norm as a whole. */
const operators: ReadonlyMap<string, Norm['kind']> = new Map([
  ['LayerNormalization', 'layer'],
  ['SimplifiedLayerNormalization', 'rms'],
  ['RMSNormalization', 'rms'],
]);
/** The nodes that a norm is written with. */
const written: ReadonlySet<string> = new Set([
  'Add',
  'Sub',
  'Mul',
  'Div',
  'Pow',
  'Sqrt',
  'Reciprocal',
  'ReduceMean',
  'Cast',
  'Identity',
]);
/** How many nodes a norm has at most on its way back to its statistics. */
const reach = 24;

/** Whether a node may be one of a norm, or is a norm as a whole. */
export function isNormNode({ op }: GraphNode): boolean {
  return written.has(op) || operators.has(op);
}

/** The norm that writes a tensor, whether it is one operator or written out; null when none does. */
export function normOf(scope: Scope, output: string): Norm | null {
  const producer = scope.producerOf(output);
  if (producer === null) return null;
  const kind = operators.get(producer.node.op);
  if (kind !== undefined) return producer.output === 0 ? { kind, input: producer.node.inputs[0] ?? '', output } : null;
  return writtenNorm(scope, output);
}

/**
 * A norm that is written out ends in a product with what a mean over squares gives. Searched backwards from its output:
 * the mean's own input is a square of x (RMS), or of x less its mean (layer).
 */
function writtenNorm(scope: Scope, output: string): Norm | null {
  const queue = [output];
  const seen = new Set(queue);
  for (let at = 0; at < queue.length && at < reach; at += 1) {
    const producer = scope.producerOf(queue[at] ?? '');
    scope.model.budget.spend(2);
    if (producer === null || !written.has(producer.node.op)) continue;
    if (producer.node.op === 'ReduceMean') {
      const squared = squareOf(scope, producer.node.inputs[0] ?? '');
      if (squared === null) continue;
      const input = centred(scope, squared);
      return input === null ? { kind: 'rms', input: squared, output } : { kind: 'layer', input, output };
    }
    if (isResidual(scope, producer.node)) continue;
    for (const tensor of producer.node.inputs) {
      if (tensor === '' || seen.has(tensor) || scope.sourcesOf(tensor) === 0n) continue;
      seen.add(tensor);
      queue.push(tensor);
    }
  }
  return null;
}

/** A sum of two tensors of the text: a norm adds stored numbers alone. */
function isResidual(scope: Scope, { op, inputs }: GraphNode): boolean {
  return op === 'Add' && inputs.every((tensor) => scope.sourcesOf(tensor) !== 0n);
}

/** What a tensor is the square of: `Pow(x, 2)` or `Mul(x, x)`; null when it is none. */
function squareOf(scope: Scope, tensor: string): string | null {
  const node = scope.producerOf(uncast(scope, tensor))?.node;
  if (node === undefined) return null;
  const [base = '', other = ''] = node.inputs;
  if (node.op === 'Pow' && scope.number(other) === 2) return uncast(scope, base);
  return node.op === 'Mul' && base === other ? uncast(scope, base) : null;
}

/** The tensor x where this one is x minus the mean of x; null where it is not. */
function centred(scope: Scope, tensor: string): string | null {
  const node = scope.producerOf(tensor)?.node;
  if (node?.op !== 'Sub') return null;
  const [base = '', mean = ''] = node.inputs;
  const reduce = scope.producerOf(mean)?.node;
  return reduce?.op === 'ReduceMean' && uncast(scope, reduce.inputs[0] ?? '') === uncast(scope, base)
    ? uncast(scope, base)
    : null;
}

/** The tensor before casts between kinds of floats. */
function uncast(scope: Scope, tensor: string): string {
  let at = tensor;
  for (let steps = 0; steps < reach; steps += 1) {
    const node: GraphNode | undefined = scope.producerOf(at)?.node;
    if (node?.op !== 'Cast' || scope.sourcesOf(at) === 0n) return at;
    at = node.inputs[0] ?? '';
  }
  return at;
}

/**
 * Whether a tensor is made of another one and of stored numbers alone, by the nodes of a norm: what is found behind an
 * activation of the norm is not.
 */
export function isMadeOf(scope: Scope, tensor: string, input: string): boolean {
  const queue = [tensor];
  const seen = new Set([...queue, input]);
  for (let at = 0; at < queue.length; at += 1) {
    const producer = scope.producerOf(queue[at] ?? '');
    if (producer === null || at >= 2 * reach) return false;
    if (!isNormNode(producer.node)) return false;
    scope.model.budget.spend(2 + producer.node.inputs.length);
    for (const each of producer.node.inputs) {
      if (each === '' || seen.has(each) || scope.sourcesOf(each) === 0n) continue;
      seen.add(each);
      queue.push(each);
    }
  }
  return true;
}
