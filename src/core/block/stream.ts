import type { GraphNode } from '../onnx/graph.ts';
import type { Scope } from '../onnx/scope.ts';
import type { Addition, Norm } from './block.ts';
import { reshapes } from './linear.ts';
import { normOf } from './norm.ts';

/** How many nodes lie between a part of a block and the sum that takes it in. */
const reach = 8;
/** How many nodes a norm has before its output. */
const normReach = 16;

/** onnxruntime's operators that add to the residual stream and norm the sum in one. */
const skips: ReadonlyMap<string, Norm['kind']> = new Map([
  ['SkipLayerNormalization', 'layer'],
  ['SkipSimplifiedLayerNormalization', 'rms'],
]);
/** Operators between a part and its sum that leave its meaning. */
const carries: ReadonlySet<string> = new Set([...reshapes, 'Transpose']);

/** The sum that takes what a part of a block gives into the residual stream; null when there is none near. */
export function additionOf(scope: Scope, from: string): Addition | null {
  let added = from;
  for (let steps = 0; steps < reach; steps += 1) {
    const uses = scope.usesOf(added);
    scope.model.budget.spend(1 + uses.length);
    for (const { node, input } of uses) {
      const addition = sumWith(scope, node, input, added);
      if (addition !== null) return addition;
    }
    const next = uses.find(({ node, input }) => carries.has(node.op) && input === 0)?.node.outputs[0];
    if (next === undefined) return null;
    added = next;
  }
  return null;
}

function sumWith(scope: Scope, node: GraphNode, input: number, added: string): Addition | null {
  const stream = node.inputs[1 - input] ?? '';
  if (input > 1 || stream === '' || stream === added || scope.sourcesOf(stream) === 0n) return null;
  const kind = node.domain === 'com.microsoft' ? skips.get(node.op) : undefined;
  if (kind !== undefined) {
    const [output = '', , , sum = ''] = node.outputs;
    return { stream, added, sum: sum === '' ? null : sum, normAfter: { kind, input: sum, output } };
  }
  const sum = node.outputs[0] ?? '';
  return node.op === 'Add' && node.domain === '' ? { stream, added, sum, normAfter: normAfter(scope, sum) } : null;
}

/** The norm that takes in a tensor which nothing else reads: what goes on is its output alone. */
function normAfter(scope: Scope, tensor: string): Norm | null {
  const queue = [tensor];
  const seen = new Set(queue);
  for (let at = 0; at < queue.length && at < normReach; at += 1) {
    const uses = scope.usesOf(queue[at] ?? '');
    scope.model.budget.spend(1 + uses.length);
    for (const { node } of uses) {
      const next = node.outputs[0] ?? '';
      if (next === '' || seen.has(next) || node.op === 'Shape') continue;
      seen.add(next);
      queue.push(next);
    }
  }
  // The norm's own nodes each pass for one: its output is the one that no other of them reads.
  const norms = new Map(queue.map((each) => [each, normOf(scope, each)]));
  const isOwn = (each: string): boolean => norms.get(each)?.input === tensor;
  const output = queue.find(
    (each) => isOwn(each) && !scope.usesOf(each).some(({ node }) => isOwn(node.outputs[0] ?? '')),
  );
  const norm = (output === undefined ? null : norms.get(output)) ?? null;
  if (norm === null || isReadBesides(scope, tensor, norm)) return null;
  return norm;
}

/** Whether a tensor is read by anything but its norm: then the stream goes on before the norm. */
function isReadBesides(scope: Scope, tensor: string, { output }: Norm): boolean {
  return scope.usesOf(tensor).some(({ node, input }) => {
    if (node.op !== 'Add') return false;
    const other = node.inputs[1 - input] ?? '';
    return other !== '' && scope.sourcesOf(other) !== 0n && node.outputs[0] !== output;
  });
}

/**
 * The feed-forward part after an attention: another sum with the same stream, which no attention writes to. `taken` are
 * the sums of attentions.
 */
export function feedForwardOf(
  scope: Scope,
  { sum, normAfter: norm }: Addition,
  taken: ReadonlySet<string>,
): Addition | null {
  const stream = norm === null ? sum : norm.output;
  if (stream === null) return null;
  for (const { node, input } of scope.usesOf(stream)) {
    const added = node.inputs[1 - input] ?? '';
    if (input > 1 || added === '' || scope.sourcesOf(added) === 0n) continue;
    const addition = sumWith(scope, node, 1 - input, added);
    if (addition !== null && !taken.has(addition.sum ?? addition.normAfter?.output ?? '')) return addition;
  }
  return null;
}
