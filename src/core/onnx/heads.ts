import { isPermuted } from './graph.ts';
import type { Scope } from './scope.ts';
import { rankOf, shapeOf } from './shape.ts';

/** How far back the split into heads is looked for. */
const splitReach = 40;
/** The order `[batch, heads, tokens, features]` is made from `[batch, tokens, heads, features]` by this. */
const splitHeads = [0, 2, 1, 3];
/** How many nodes lie between a projection and its product with the keys at most, rotary embedding included. */
const rowReach = 100;
/** Projections, where the search for heads ends. */
const projects = /MatMul|Gemm|Conv/;

/** The number of heads that a query tensor was split into, where a constant shape says it; else null. */
export function headsOf(scope: Scope, query: string): number | null {
  const queue: { readonly scope: Scope; readonly tensor: string }[] = [{ scope, tensor: query }];
  const seen = new Set([query]);
  for (let at = 0; at < queue.length && at < splitReach; at += 1) {
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
      if (seen.has(tensor) || queue.length >= splitReach) continue;
      seen.add(tensor);
      queue.push({ scope: producer.scope, tensor });
    }
  }
  return null;
}

/**
 * Whether probabilities stand as `[batch, queries, heads, keys]`: where all heads share one key (multi-query attention,
 * Shazeer 2019), the heads of a query may lie beside each other, as further rows `[batch, queries × heads, features]`
 * of one product. Then nothing is transposed between the projection and these rows, and the rows are cut into four axes
 * behind the product.
 */
export function hasHeadsInside(scope: Scope, query: string, probabilities: string): boolean {
  const rows = scope.producerOf(query);
  if (rows?.node.op !== 'Reshape' || shapeOf(rows.scope, rows.node.inputs[1] ?? '')?.length !== 3) return false;
  return rankOf(scope, probabilities) === 4 && !isTransposed(rows.scope, rows.node.inputs[0] ?? '');
}

function isTransposed(scope: Scope, from: string): boolean {
  const queue: { readonly scope: Scope; readonly tensor: string }[] = [{ scope, tensor: from }];
  const seen = new Set([from]);
  for (let at = 0; at < queue.length && at < rowReach; at += 1) {
    const step = queue[at];
    const producer = step?.scope.producerOf(step.tensor) ?? null;
    if (producer === null || projects.test(producer.node.op)) continue;
    if (producer.node.op === 'Transpose') return true;
    scope.model.budget.spend(1 + producer.node.inputs.length);
    for (const tensor of producer.node.inputs) {
      if (queue.length >= rowReach) break;
      if (seen.has(tensor) || producer.scope.sourcesOf(tensor) === 0n) continue;
      seen.add(tensor);
      queue.push({ scope: producer.scope, tensor });
    }
  }
  return queue.length >= rowReach;
}
