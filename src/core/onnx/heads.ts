import { isPermuted } from './graph.ts';
import type { Scope } from './scope.ts';
import { shapeOf } from './shape.ts';

/** How far back the split into heads is looked for. */
const reach = 40;
/** The order `[batch, heads, tokens, features]` is made from `[batch, tokens, heads, features]` by this. */
const splitHeads = [0, 2, 1, 3];

/** The number of heads that a query tensor was split into, where a constant shape says it; else null. */
export function headsOf(scope: Scope, query: string): number | null {
  const queue: { readonly scope: Scope; readonly tensor: string }[] = [{ scope, tensor: query }];
  const seen = new Set([query]);
  for (let at = 0; at < queue.length && at < reach; at += 1) {
    const step = queue[at];
    const producer = step?.scope.producerOf(step.tensor) ?? null;
    if (producer === null) continue;
    const { node } = producer;
    if (isPermuted(node, splitHeads)) {
      const split = producer.scope.producerOf(node.inputs[0] ?? '');
      const shape = split?.node.op === 'Reshape' ? shapeOf(split.scope, split.node.inputs[1] ?? '') : null;
      return shape?.[2] ?? null;
    }
    scope.model.budget.spend(1 + node.inputs.length);
    for (const tensor of node.inputs) {
      if (seen.has(tensor) || queue.length >= reach) continue;
      seen.add(tensor);
      queue.push({ scope: producer.scope, tensor });
    }
  }
  return null;
}
