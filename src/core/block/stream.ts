import type { GraphNode } from '../onnx/graph.ts';
import type { Scope } from '../onnx/scope.ts';
import type { Addition, Norm, Residual } from './block.ts';
import { linearOf, reshapes } from './linear.ts';
import { isMadeOf, isNormNode, normOf } from './norm.ts';

/** How many nodes lie between a part of a block and the sum that takes it in. */
const reach = 8;
/** How many nodes a norm has before its output. */
const normReach = 16;
/** How many parts are added to a stream in one sum at most, and of how many nodes one consists. */
const parts = 4;
const partReach = 4000;
/** Operators that mix the tokens of a sequence: every published state space and linear attention has one of them. */
export const mixing: ReadonlySet<string> = new Set(['Conv', 'Scan', 'Loop', 'CumSum']);

/** onnxruntime's operators that add to the residual stream, and perhaps a bias, and norm the sum: which input that is. */
export const skips: ReadonlyMap<string, { readonly kind: Norm['kind']; readonly bias: number }> = new Map([
  ['SkipLayerNormalization', { kind: 'layer', bias: 4 }],
  ['SkipSimplifiedLayerNormalization', { kind: 'rms', bias: 3 }],
]);
/** Operators between a part and its sum that leave its meaning. */
const carries: ReadonlySet<string> = new Set([...reshapes, 'Transpose']);

/**
 * The sum that takes what an attention gives into the residual stream; null when there is none near. Parts that read
 * the same stream are often added to each other first: the stream is what `queries` are projected from, norms aside.
 */
export function additionOf(scope: Scope, from: string, queries: string | null): Residual | null {
  const read = queries === null ? null : plain(scope, queries);
  const isStream = (tensor: string): boolean =>
    read !== null && (besideOf(scope, tensor).includes(read) || isMadeOf(scope, read, tensor));
  const first = nextSum(scope, from);
  if (first === null) return null;
  const beside: string[] = [];
  let sum: Addition | null = first;
  for (let steps = 0; sum !== null && steps < parts; steps += 1) {
    const terms: readonly string[] = termsOf(scope, sum.stream, isStream);
    const stream = terms.find(isStream);
    if (stream !== undefined)
      return { ...sum, stream, added: first.added, beside: [...beside, ...terms].filter((term) => term !== stream) };
    beside.push(...terms);
    sum = sum.sum === null ? null : nextSum(scope, sum.sum);
  }
  return { ...first, beside: [] };
}

/** The nearest sum that takes a part in: behind changes of shape, stored factors, and a norm of the part alone. */
function nextSum(scope: Scope, from: string): Addition | null {
  let added = from;
  for (let steps = 0; steps < reach; steps += 1) {
    const uses = scope.usesOf(added);
    scope.model.budget.spend(1 + uses.length);
    for (const { node, input } of uses) {
      const addition = sumWith(scope, node, input, added);
      if (addition !== null) return addition;
    }
    const next =
      uses.find(({ node, input }) => (carries.has(node.op) && input === 0) || isScaled(scope, node, input))?.node
        .outputs[0] ?? normAfter(scope, added)?.output;
    if (next === undefined) return null;
    added = next;
  }
  return null;
}

/** What a tensor is a sum of, up to the stream. */
function termsOf(scope: Scope, tensor: string, isStream: (term: string) => boolean, depth = parts): readonly string[] {
  const node = depth === 0 || isStream(tensor) ? undefined : scope.producerOf(tensor)?.node;
  const isSum = node?.op === 'Add' && node.inputs.every((input) => scope.sourcesOf(input) !== 0n);
  return isSum ? node.inputs.flatMap((input) => termsOf(scope, input, isStream, depth - 1)) : [tensor];
}

/** Whether a node multiplies a tensor with stored numbers: scales of layers and of what they add. */
function isScaled(scope: Scope, { op, inputs }: GraphNode, input: number): boolean {
  return (op === 'Mul' || (op === 'Div' && input === 0)) && scope.sourcesOf(inputs[1 - input] ?? '') === 0n;
}

/** The tensor before changes of shape. */
function plain(scope: Scope, tensor: string): string {
  const node = scope.producerOf(tensor)?.node;
  const [before = ''] = node?.inputs ?? [];
  return node !== undefined && carries.has(node.op) && scope.sourcesOf(before) !== 0n ? plain(scope, before) : tensor;
}

/** A tensor, with what its operator writes beside it where that adds to the stream and norms the sum in one. */
function besideOf(scope: Scope, tensor: string): readonly string[] {
  const node = scope.producerOf(tensor)?.node;
  return node !== undefined && skips.has(node.op) ? node.outputs : [tensor];
}

function sumWith(scope: Scope, node: GraphNode, input: number, added: string): Addition | null {
  const stream = node.inputs[1 - input] ?? '';
  if (input > 1 || stream === '' || stream === added || scope.sourcesOf(stream) === 0n) return null;
  const kind = node.domain === 'com.microsoft' ? skips.get(node.op)?.kind : undefined;
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
 * The feed-forward part of the block of an attention: what the same sum takes in beside it, or the next sum with the
 * stream. `taken` are the sums of attentions. Null where none is near: other parts that are added (a state space, a
 * linear way around) are none.
 */
export function feedForwardOf(scope: Scope, residual: Residual, taken: ReadonlySet<string>): Addition | null {
  const { beside, ...addition } = residual;
  const { stream: before, sum, normAfter: norm } = addition;
  const streams = [before, sum, norm?.output ?? null].flatMap((each) => (each === null ? [] : besideOf(scope, each)));
  const own = beside.find((part) => kindOf(scope, part, new Set(streams)) === 'feed-forward');
  if (own !== undefined) return { ...addition, added: own };
  let stream: string | null = norm === null ? sum : norm.output;
  for (let steps = 0; stream !== null && steps < parts; steps += 1) {
    let next: string | null = null;
    streams.push(stream);
    for (const { node, input } of scope.usesOf(stream)) {
      if (isScaled(scope, node, input) && scope.number(node.inputs[1 - input] ?? '') !== null)
        next ??= node.outputs[0] ?? null;
      const added = node.inputs[1 - input] ?? '';
      if (input > 1 || added === '' || scope.sourcesOf(added) === 0n) continue;
      const found = sumWith(scope, node, 1 - input, added);
      if (found === null || taken.has(found.sum ?? found.normAfter?.output ?? '')) continue;
      const kind = kindOf(scope, found.added, new Set(streams));
      if (kind === 'feed-forward') return found;
      if (kind === 'linear') next ??= found.sum;
    }
    stream = next;
  }
  return null;
}

/**
 * What a part is that is added to a stream, by the nodes between: a feed-forward part is made of the stream, mixes no
 * tokens, and is more than products with stored weights and norms.
 */
function kindOf(scope: Scope, part: string, streams: ReadonlySet<string>): 'feed-forward' | 'linear' | null {
  const queue = [part];
  const seen = new Set(queue);
  let isOfStream = false;
  let isLinear = true;
  for (let at = 0; at < queue.length && at < partReach; at += 1) {
    const tensor = queue[at] ?? '';
    isOfStream ||= streams.has(tensor);
    const producer = streams.has(tensor) ? null : scope.producerOf(tensor);
    if (producer === null || producer.node.op === 'Shape') continue;
    const { node } = producer;
    scope.model.budget.spend(1 + node.inputs.length);
    if (mixing.has(node.op)) return null;
    isLinear &&= carries.has(node.op) || isNormNode(node) || linearOf(producer.scope, node) !== null;
    for (const input of node.inputs) {
      if (input === '' || seen.has(input) || producer.scope.sourcesOf(input) === 0n) continue;
      seen.add(input);
      queue.push(input);
    }
  }
  if (!isOfStream) return null;
  return isLinear ? 'linear' : 'feed-forward';
}
