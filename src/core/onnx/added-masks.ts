import { Scope, type Use } from './scope.ts';
import type { Model } from './graph.ts';
import { floatTypes } from './type.ts';

/** How many tensors the search for a mask's use visits. */
const reach = 64;
/** Operators that hand a mask on as it is. */
const carries: ReadonlySet<string> = new Set([
  'Cast',
  'Identity',
  'Slice',
  'Unsqueeze',
  'Squeeze',
  'Expand',
  'Reshape',
  'Transpose',
  'Gather',
  'Tile',
]);
/** Operators of onnxruntime and ONNX that add one of their inputs to scores, and which. */
const biased: ReadonlyMap<string, number> = new Map([
  ['MultiHeadAttention', 5],
  ['Attention', 5],
  ['GroupQueryAttention', 10],
  ['DecoderMaskedMultiHeadAttention', 4],
]);

/**
 * The inputs of floats that a model adds to scores just as they are: masks in which 0 keeps a token and a large
 * negative number hides it, where others say 1 and 0.
 */
export function addedMasks(model: Model): ReadonlySet<string> {
  const floats = model.graph.inputs.filter(
    (name) => /mask/i.test(name) && floatTypes.has(model.graph.types.get(name) ?? 0),
  );
  if (floats.length === 0) return new Set();
  const scope = new Scope(model);
  return new Set(floats.filter((name) => isAdded(scope, name)));
}

function isAdded(scope: Scope, input: string): boolean {
  const queue = [input];
  const seen = new Set(queue);
  for (let at = 0; at < queue.length && at < reach; at += 1) {
    for (const use of scope.usesOf(queue[at] ?? '')) {
      if (adds(use)) return true;
      const next = use.node.outputs[0];
      if (next === undefined || seen.has(next) || use.input !== 0 || !carries.has(use.node.op)) continue;
      seen.add(next);
      queue.push(next);
    }
  }
  return false;
}

function adds({ node, input }: Use): boolean {
  if (node.op === 'Add' || node.op === 'Sum') return true;
  return node.domain === '' && node.op === 'Attention' ? input === 3 : biased.get(node.op) === input;
}
