import { orderOf, plain, type Axes } from './axes.ts';
import { unexposable } from './error.ts';
import type { GraphNode } from './graph.ts';
import { isUnknown, mayAverage, passageOf, type Passage } from './passage.ts';
import { averagedValues } from './product.ts';
import type { Scope } from './scope.ts';
import { nodeName, type WeightChange } from './site.ts';
import { words } from '../words/words.ts';

/** The values that a softmax's weights average, and the tensor that multiplies them. */
export interface AveragedValues {
  /**
   * The weights as they multiply the values, or the softmax's own where nothing but a constant factor and rounding lies
   * between.
   */
  readonly probabilities: string;
  /** Whether they lie as `[…, keys, queries]`. */
  readonly turned: boolean;
  /** Whether keys that are no tokens (sinks) were cut off behind the softmax. */
  readonly cut: boolean;
  /** Whether some weights are set to 0 behind the softmax. */
  readonly masked: boolean;
  readonly changes: readonly WeightChange[];
  readonly value: string;
  /** The product of the weights and the values. */
  readonly average: GraphNode;
}

/** What came of the search: values, or the node on the way in which they may be, unread (null where there is none). */
export type ValueSearch =
  { readonly values: AveragedValues } | { readonly values: null; readonly stoppedBy: GraphNode | null };

/** How many tensors a search visits. */
const reach = 400;

/** A tensor on the way from the softmax. */
interface Step {
  readonly tensor: string;
  readonly axes: Axes;
  /** What is shown if nothing else changes the weights before they meet the values. */
  readonly shown: string;
  /** Whether the weights are other ones than `shown` by now: it lies elsewhere, or in whole numbers. */
  readonly pending: boolean;
  readonly quantised: boolean;
  /** The node behind which nothing can be said of the keys. */
  readonly moved: GraphNode | null;
  readonly cut: boolean;
  readonly masked: boolean;
  readonly changes: readonly WeightChange[];
}

/**
 * Follows the weights of a softmax to the values that they average. Throws GraphError where values are found and what
 * multiplies them cannot be shown: keys in another order, whole numbers that are not turned back.
 */
export function findValues(scope: Scope, softmax: GraphNode, output: string): ValueSearch {
  const start: Step = {
    tensor: output,
    axes: plain,
    shown: output,
    pending: false,
    quantised: false,
    moved: null,
    cut: false,
    masked: false,
    changes: [],
  };
  const seen = new Set([output]);
  const queue: Step[] = [start];
  let [values, stoppedBy, endedBy]: [AveragedValues | null, GraphNode | null, GraphNode | null] = [null, null, null];
  for (let at = 0; at < queue.length && at < reach; at += 1) {
    const step = queue[at];
    if (step === undefined) break;
    const uses = scope.usesOf(step.tensor);
    scope.model.budget.spend(1 + uses.length * (1 + step.changes.length));
    for (const { node, input } of uses) {
      const order = orderOf(step.axes);
      const value = order === null ? null : averagedValues(node, input, order === 'turned');
      if (value !== null && scope.sourcesOf(value) !== 0n) {
        values = values === null ? averaged(softmax, step, node, value) : withAside(values, step, node);
        continue;
      }
      const passage = passageOf(scope, node, input, step.axes);
      if (passage === null) {
        if (isUnknown(node)) stoppedBy ??= node;
        else if (
          mayAverage(
            scope,
            node,
            input,
            step.changes.some(({ op }) => op === 'Mul'),
          )
        )
          endedBy ??= node;
        continue;
      }
      for (const next of node.op === 'Split' ? node.outputs : node.outputs.slice(0, 1)) {
        if (next === '' || seen.has(next) || queue.length >= reach) continue;
        seen.add(next);
        queue.push(passed(step, node, passage, next));
      }
    }
  }
  return values === null ? { values, stoppedBy: stoppedBy ?? endedBy } : { values };
}

/** Values that were found, told of others that are averaged by other weights than those shown. */
function withAside(values: AveragedValues, step: Step, product: GraphNode): AveragedValues {
  const isShown = step.shown === values.probabilities || (step.pending && step.tensor === values.probabilities);
  if (isShown && step.moved === null) return values;
  const by = step.changes.at(-1) ?? { op: product.op, node: nodeName(product) };
  return { ...values, changes: [...values.changes, { op: by.op, node: by.node, how: 'aside', factor: null }] };
}

/** After these the weights are no longer the tensor that they were. */
const others: ReadonlySet<Passage['effect']> = new Set(['changed', 'cut', 'guarded', 'masked']);
/** Operators that give whole numbers. */
const whole = new Set(['QuantizeLinear', 'DynamicQuantizeLinear']);

function passed(step: Step, node: GraphNode, { effect, axes, factor }: Passage, tensor: string): Step {
  const quantised = whole.has(node.op) || (step.quantised && node.op !== 'DequantizeLinear');
  const isOther = others.has(effect);
  const pending = step.pending || isOther;
  const isShown = pending && !quantised && orderOf(axes) === 'plain';
  const change: WeightChange = {
    op: node.op,
    node: nodeName(node),
    how: effect === 'scaled' || effect === 'rounded' ? effect : 'changed',
    factor: factor ?? null,
  };
  // What is shown now has in it what came before.
  const before = isOther ? step.changes.filter(({ how }) => how === 'changed') : step.changes;
  const isTold = effect === 'changed' || effect === 'scaled' || (effect === 'rounded' && whole.has(node.op));
  return {
    tensor,
    axes,
    quantised,
    shown: isShown ? tensor : step.shown,
    pending: pending && !isShown,
    moved: step.moved ?? (effect === 'moved' ? node : null),
    cut: step.cut || effect === 'cut',
    masked: step.masked || effect === 'masked',
    changes: isTold ? [...before, change] : before,
  };
}

function averaged(softmax: GraphNode, step: Step, product: GraphNode, value: string): AveragedValues {
  const { tensor, shown, pending, quantised, moved, cut, masked, changes } = step;
  const nodeWords = words().reading.node;
  const where = nodeWords(softmax.op, nodeName(softmax));
  if (moved) throw unexposable((says) => says.moved(where, nodeWords(moved.op, nodeName(moved))), { op: moved.op });
  if (pending && quantised) {
    const by = changes.at(-1);
    const { op, node } = by ?? { op: product.op, node: nodeName(product) };
    throw unexposable((says) => says.whole(where, nodeWords(op, node)), { op });
  }
  const alpha = product.attributes.get('alpha')?.float ?? 1;
  const scaled: WeightChange[] =
    alpha === 1 ? [] : [{ op: product.op, node: nodeName(product), how: 'scaled', factor: alpha }];
  return {
    probabilities: pending ? tensor : shown,
    turned: pending,
    cut,
    masked,
    changes: [...changes, ...scaled],
    value,
    average: product,
  };
}
