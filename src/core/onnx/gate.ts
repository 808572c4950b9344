import type { GraphNode } from './graph.ts';
import { handsOn } from './passage.ts';
import type { Scope } from './scope.ts';

/** How many nodes may stand between the result of an attention and its gate, and between the gate and its sigmoid. */
const reach = 8;
/** Operators that only give numbers another shape or type. */
const reshaping: ReadonlySet<string> = new Set([...handsOn, 'Cast', 'Transpose']);
const sigmoids: ReadonlySet<string> = new Set(['Sigmoid', 'HardSigmoid']);

/**
 * The node that multiplies what an attention hands over by a gate, a sigmoid of the block's own input, before the
 * output projection (Qiu et al. 2025, 2505.06708); null where there is none. `average` gives the product of weights and
 * values, or is the operator that computes the whole attention.
 */
export function gateAfter(scope: Scope, average: GraphNode): GraphNode | null {
  let [context = ''] = average.outputs;
  for (let step = 0; step < reach; step++) {
    const uses = scope.usesOf(context);
    const gate = uses.find(({ node, input }) => node.op === 'Mul' && isSigmoid(scope, node.inputs[1 - input] ?? ''));
    if (gate) return gate.node;
    const next = uses.find(({ node, input }) => input === 0 && reshaping.has(node.op))?.node.outputs[0];
    if (next === undefined) return null;
    context = next;
  }
  return null;
}

function isSigmoid(scope: Scope, name: string): boolean {
  let at = name;
  for (let step = 0; step < reach; step++) {
    const writer = scope.producerOf(at)?.node;
    if (!writer) return false;
    if (sigmoids.has(writer.op)) return true;
    if (!reshaping.has(writer.op)) return false;
    [at = ''] = writer.inputs;
  }
  return false;
}
