import { unexposable, type GraphError } from '../onnx/error.ts';
import type { GraphNode } from '../onnx/graph.ts';
import type { Scope } from '../onnx/scope.ts';
import { nodeName } from '../onnx/site.ts';
import { words } from '../words/words.ts';
import { linearOf, reshapes } from './linear.ts';

/**
 * The tensors that a recurrent decoder's scores are made of, by name: `s` is the decoder's state and `h` what the
 * encoder made of the source words (Bahdanau et al. 2015, appendix A.1.2; Luong et al. 2015, section 3.1).
 */
export type ScoringTensors =
  /** v·tanh(W s + U h). */
  | {
      readonly form: 'additive';
      readonly s: string;
      readonly h: string;
      readonly ws: string;
      readonly uh: string;
      readonly tanh: string;
      readonly v: string;
    }
  /** s·W h. */
  | { readonly form: 'general'; readonly s: string; readonly h: string; readonly wh: string }
  /** s·h. */
  | { readonly form: 'dot'; readonly s: string; readonly h: string };

/** The tensors that the centre of a window is predicted from, S·σ(v·tanh(W s)) (Luong et al. 2015, equation 9). */
export interface CentreTensors {
  readonly tanh: string;
  readonly v: string;
}

/** How many nodes lie between a tensor and the product or bend that it is made by. */
const reach = 32;
const carries: ReadonlySet<string> = new Set([...reshapes, 'Transpose', 'Expand']);

/**
 * Finds what makes the scores of a recurrent decoder, by the structure of its graph. Throws GraphError where they are
 * made in another way.
 */
export function scoringTensors(scope: Scope, scores: string, annotations: string): ScoringTensors {
  const product = madeBy(scope, scores);
  if (product?.op !== 'MatMul') throw another(scores, product);
  const linear = linearOf(scope, product);
  if (linear === null) return multiplied(scope, product, annotations);
  const bend = madeBy(scope, linear.input);
  const sum = bend?.op === 'Tanh' ? madeBy(scope, bend.inputs[0] ?? '') : null;
  const terms = sum?.op === 'Add' ? sum.inputs.map((input) => madeBy(scope, input)) : [];
  const maps = terms.map((term) => (term === null ? null : linearOf(scope, term)));
  const uh = maps.find((map) => map?.input === annotations) ?? null;
  const ws = maps.find((map) => map !== null && map !== uh) ?? null;
  const [tanh, uhOut, wsOut] = [bend?.outputs[0], uh?.node.outputs[0], ws?.node.outputs[0]];
  if (!uh || !ws || tanh === undefined || uhOut === undefined || wsOut === undefined) throw another(scores, bend);
  const v = otherInput(product, linear.input);
  return { form: 'additive', s: ws.input, h: annotations, ws: wsOut, uh: uhOut, tanh, v };
}

/** A product of the state with the annotations, or with a linear map of them. */
function multiplied(scope: Scope, product: GraphNode, annotations: string): ScoringTensors {
  for (const key of product.inputs) {
    const s = uncarried(scope, otherInput(product, key));
    const own = uncarried(scope, key);
    if (own === annotations) return { form: 'dot', s, h: annotations };
    const maker = madeBy(scope, key);
    const linear = maker && linearOf(scope, maker);
    if (linear?.input === annotations) return { form: 'general', s, h: annotations, wh: own };
  }
  throw another(product.outputs[0] ?? '', product);
}

/** Finds what predicts the centre of a window; null where nothing does: it is the place of the word itself. */
export function centreTensors(scope: Scope, centre: string): CentreTensors | null {
  const open = [centre];
  for (let at = 0; at < open.length && at < reach; at += 1) {
    const node = madeBy(scope, open[at] ?? '');
    scope.model.budget.spend(2);
    if (node === null) continue;
    if (node.op !== 'Sigmoid') {
      open.push(...node.inputs.filter((input) => scope.sourcesOf(input) !== 0n));
      continue;
    }
    const product = madeBy(scope, node.inputs[0] ?? '');
    const linear = product && linearOf(scope, product);
    const bend = linear && madeBy(scope, linear.input);
    const tanh = bend?.outputs[0];
    if (product && linear && bend?.op === 'Tanh' && tanh !== undefined)
      return { tanh, v: otherInput(product, linear.input) };
  }
  return null;
}

/** The node that makes a tensor's numbers, whatever only reshapes them after it. */
function madeBy(scope: Scope, tensor: string): GraphNode | null {
  return scope.producerOf(uncarried(scope, tensor))?.node ?? null;
}

/** The tensor before nodes that only reshape it. */
function uncarried(scope: Scope, tensor: string): string {
  let at = tensor;
  for (let steps = 0; steps < reach; steps += 1) {
    const node = scope.producerOf(at)?.node;
    if (node === undefined || !carries.has(node.op)) return at;
    at = node.inputs[0] ?? '';
  }
  return at;
}

function otherInput({ inputs }: GraphNode, input: string): string {
  return inputs.find((each) => each !== input) ?? '';
}

function another(scores: string, node: GraphNode | null): GraphError {
  return unexposable((says) => says.noScoring(scores, node && words().reading.node(node.op, nodeName(node))));
}
