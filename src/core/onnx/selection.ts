import type { Scope } from './scope.ts';

/** How many nodes a search visits: a mask is made by some thirty. */
const reach = 200;
/** Behind these stands what scores and masks are computed from: queries, keys, hidden states. */
const computes = /MatMul|Gemm|Conv|Einsum|Softmax|Norm|Attention/;

/**
 * Whether scores, or what is added to them, are masked by the best of other scores of the same keys: an indexer that
 * selects keys for every query (DeepSeek sparse attention, 2512.02556). The `TopK` of a router comes after
 * products, which are not passed.
 */
export function selectsKeys(scope: Scope, tensors: readonly string[]): boolean {
  const queue = tensors.map((tensor) => ({ scope, tensor }));
  const seen = new Set(tensors);
  for (let at = 0; at < queue.length && at < reach; at += 1) {
    const step = queue[at];
    const producer = step?.scope.producerOf(step.tensor) ?? null;
    scope.model.budget.spend(1);
    if (producer === null || computes.test(producer.node.op)) continue;
    if (producer.node.op === 'TopK') return true;
    scope.model.budget.spend(producer.node.inputs.length);
    for (const tensor of producer.node.inputs) {
      if (seen.has(tensor) || queue.length >= reach) continue;
      seen.add(tensor);
      queue.push({ scope: producer.scope, tensor });
    }
  }
  return false;
}
