import type { Scope } from '../onnx/scope.ts';
import type { Projection, QueryPlaces } from './block.ts';
import { linearOf, reshapes, type LinearNode } from './linear.ts';
import { words } from '../words/words.ts';

/** How many nodes lie between a projection and the product at most, rotary embedding and norms of queries included. */
const reach = 160;
/** How many nodes lie between a product with stored weights and the end of its biases and scales. */
const after = 12;

/** Operators that hand a tensor's numbers on, in another order or another type. */
const carries: ReadonlySet<string> = new Set([...reshapes, 'Transpose', 'Flatten']);
const quantises: ReadonlySet<string> = new Set(['DynamicQuantizeLinear', 'QuantizeLinear', 'DequantizeLinear']);

/** What the search back from queries, keys or values came to. */
export interface FoundProjection {
  readonly projection: Projection | null;
  readonly places: QueryPlaces;
  /** Why no projection was found: one phrase. */
  readonly why: string;
}

/** The linear map that queries, keys or values are made by: the only one that the search back from them comes to. */
export function projectionOf(scope: Scope, from: string): FoundProjection {
  const queue = [from];
  const seen = new Set(queue);
  const found: LinearNode[] = [];
  const ops = new Set<string>();
  let fromCache = false;
  for (let at = 0; at < queue.length && at < reach; at += 1) {
    const tensor = queue[at] ?? '';
    const producer = scope.producerOf(tensor);
    if (producer === null) {
      fromCache ||= scope.sourcesOf(tensor) !== 0n;
      continue;
    }
    const linear = linearOf(producer.scope, producer.node);
    if (linear !== null) {
      found.push(linear);
      continue;
    }
    // The scale of numbers that are quantised as they come tells of what was quantised, not where they come from.
    if (producer.node.op === 'DynamicQuantizeLinear' && producer.output > 0) continue;
    ops.add(producer.node.op);
    scope.model.budget.spend(2 + producer.node.inputs.length);
    for (const input of producer.node.inputs) {
      if (input === '' || seen.has(input) || producer.scope.sourcesOf(input) === 0n) continue;
      seen.add(input);
      queue.push(input);
    }
  }
  const places = ops.has('RotaryEmbedding') || (ops.has('Neg') && ops.has('Concat')) ? 'rotary' : 'none';
  const says = words().details.block;
  const [only, second] = found;
  if (only === undefined) return { projection: null, places, why: fromCache ? says.cached : says.noProduct };
  if (second !== undefined) return { projection: null, places, why: says.severalProducts };
  return { projection: withBiases(scope, only), places, why: '' };
}

/** A product with stored weights together with the scales of whole numbers and the stored biases that follow it. */
function withBiases(scope: Scope, { node, input, bias }: LinearNode): Projection {
  const product = node.outputs[0] ?? '';
  const biases = bias === null ? [] : [bias];
  let [raw, output] = [product, product];
  for (let steps = 0; steps < after; steps += 1) {
    const next = following(scope, output);
    if (next === null) break;
    if (next.bias === null && biases.length === 0) raw = next.tensor;
    if (next.bias !== null) biases.push(next.bias);
    output = next.tensor;
  }
  return { op: node.op, input: plainInput(scope, input), product: raw, output, biases };
}

/** All products with stored weights of a graph, by what comes of them before their biases. */
export function productsOf(scope: Scope): ReadonlyMap<string, Projection> {
  const products = new Map<string, Projection>();
  for (const node of scope.order) {
    scope.model.budget.spend(1);
    const linear = linearOf(scope, node);
    if (linear === null) continue;
    const projection = withBiases(scope, linear);
    products.set(projection.product, projection);
  }
  return products;
}

/** The one node that takes a product on: a stored bias, the scale of whole numbers, another type or another shape. */
function following(scope: Scope, tensor: string): { readonly tensor: string; readonly bias: string | null } | null {
  const uses = scope.usesOf(tensor).filter(({ node }) => node.op !== 'Shape');
  const [use] = uses;
  if (use === undefined || uses.length !== 1) return null;
  const { node } = use;
  const tensorNext = node.outputs[0] ?? '';
  const other = node.inputs[1 - use.input] ?? '';
  if (node.op === 'Add' && scope.sourcesOf(other) === 0n) return { tensor: tensorNext, bias: other };
  const isOfIntegers = scope.producerOf(tensor)?.node.op === 'Cast' || node.op === 'Cast';
  const isScale = node.op === 'Mul' && isOfIntegers && scope.number(other) === null && isSmall(scope, other);
  return node.op === 'Cast' || isScale ? { tensor: tensorNext, bias: null } : null;
}

/** Whether a tensor is a scale of quantised numbers: made by a quantising node or stored. */
function isSmall(scope: Scope, tensor: string): boolean {
  const node = scope.producerOf(tensor)?.node;
  return node?.op === 'Mul' || node === undefined || quantises.has(node.op) || scope.sourcesOf(tensor) === 0n;
}

/** The tensor of floats that a product reads, before quantising and changes of shape. */
function plainInput(scope: Scope, input: string): string {
  let at = input;
  for (let steps = 0; steps < after; steps += 1) {
    const producer = scope.producerOf(at);
    const isPlain = producer === null || !(quantises.has(producer.node.op) || producer.node.op === 'Cast');
    if (isPlain || scope.sourcesOf(producer.node.inputs[0] ?? '') === 0n) return at;
    at = producer.node.inputs[0] ?? '';
  }
  return at;
}

/**
 * The output projection of an attention, and the gate that its heads are multiplied with before it, if there is one.
 */
export interface FoundOutput {
  readonly projection: Projection;
  readonly gate: string | null;
}

/**
 * The output projection: the first product with stored weights that the context comes to without changing numbers, or
 * else through one product with a gate that is computed from the text.
 */
export function outputProjection(scope: Scope, context: string): FoundOutput | null {
  const gates: { readonly gate: string; readonly gated: string }[] = [];
  const direct = productAfter(scope, context, gates);
  if (direct !== null) return { projection: direct, gate: null };
  for (const { gate, gated } of gates) {
    const projection = productAfter(scope, gated, []);
    if (projection !== null) return { projection, gate };
  }
  return null;
}

/**
 * The first product with stored weights that a tensor comes to; products with tensors of the text are put into `gates`.
 */
function productAfter(
  scope: Scope,
  context: string,
  gates: { readonly gate: string; readonly gated: string }[],
): Projection | null {
  const queue = [context];
  const seen = new Set(queue);
  for (let at = 0; at < queue.length && at < reach; at += 1) {
    const tensor = queue[at] ?? '';
    scope.model.budget.spend(2);
    for (const { node, input } of scope.usesOf(tensor)) {
      const linear = linearOf(scope, node);
      if (linear !== null && linear.input === tensor) return withBiases(scope, linear);
      const next = node.outputs[0] ?? '';
      const gate = node.op === 'Mul' ? (node.inputs[1 - input] ?? '') : '';
      if (gate !== '' && gate !== tensor && scope.sourcesOf(gate) !== 0n) gates.push({ gate, gated: next });
      if (input !== 0 || !(carries.has(node.op) || quantises.has(node.op))) continue;
      if (next === '' || seen.has(next)) continue;
      seen.add(next);
      queue.push(next);
    }
  }
  return null;
}
