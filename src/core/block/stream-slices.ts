import type { Scope } from '../onnx/scope.ts';
import { sliceFromStart, sliceModel, startOf, type Slice } from '../onnx/slice.ts';
import { elementTypes, typeOf } from '../onnx/type.ts';
import type { Norm } from './block.ts';
import type { PlaceLink } from './place-chain.ts';
import type { StreamTree } from './stream-tree.ts';

/** The tensors whose numbers take a stream apart: with a row for each token, and without. */
export function streamTensors({ nodes, scope }: StreamTree): {
  readonly byRow: ReadonlySet<string>;
  readonly whole: ReadonlySet<string>;
} {
  const byRow = new Set<string>();
  const whole = new Set<string>();
  const add = (tensor: string): void => void (scope.sourcesOf(tensor) === 0n ? whole : byRow).add(tensor);
  for (const node of nodes) {
    if (node.kind === 'written') byRow.add(node.tensor);
    else if (node.kind === 'bias') whole.add(node.tensor);
    else if (node.kind === 'scaled') add(node.factor);
    else if (node.kind === 'heads') byRow.add(node.projection.input);
    else if (node.kind === 'norm') for (const tensor of [node.norm.input, node.norm.output]) byRow.add(tensor);
  }
  return { byRow, whole };
}

/**
 * The slice from the inputs of a model to the rows of a stream, and to other tensors whole. Throws GraphError where the
 * stream cannot be cut out.
 */
export function streamSlice(tree: StreamTree, others: readonly string[]): Slice {
  const { byRow, whole } = streamTensors(tree);
  const wanted = new Set([...byRow, ...whole, ...others]);
  const rows = new Set([...byRow].filter((tensor) => !others.includes(tensor)));
  return sliceFromStart(tree.scope, [...wanted], rows);
}

/** A norm by itself, of one input. */
export function normSlice(scope: Scope, { input, output }: Norm): Slice {
  return sliceModel(scope, [{ tensor: input, type: floatsOf(scope, input), rank: null }], [output]);
}

/**
 * A step from a projection to queries or keys by itself: beside the tensor that it starts from it takes the inputs of
 * the model, by which it knows the places, and the product, of which the sizes alone may count.
 */
export function placeSlice(
  scope: Scope,
  { from, to }: PlaceLink & { readonly kind: 'affine' },
  product: string,
): Slice {
  const given = [...new Set([from, product])].map((tensor) => ({ tensor, type: floatsOf(scope, tensor), rank: null }));
  return sliceModel(scope, [...startOf(scope), ...given], [to]);
}

function floatsOf(scope: Scope, tensor: string): number {
  return typeOf(scope, tensor) ?? (scope.model.half ? elementTypes.half : elementTypes.float);
}
