import { unexposable } from '../onnx/error.ts';
import type { Found } from '../onnx/find.ts';
import type { Scope } from '../onnx/scope.ts';
import { rankOf } from '../onnx/shape.ts';
import { sliceFromStart, sliceModel, type Slice } from '../onnx/slice.ts';
import { elementTypes, typeOf } from '../onnx/type.ts';
import type { Projection } from './block.ts';
import { cellTensors, isReadable, type ReadableBlock } from './explain.ts';
import { findBlocks } from './find-blocks.ts';

/** An attention as models of their own, which compute what takes it apart and nothing else of its model. */
export interface BlockSlices {
  readonly block: ReadableBlock;
  /** From the inputs of the model to the tensors that `cellTensors` lists, and to the product of `output`. */
  readonly cell: Slice;
  /** The output projection on inputs of one's own; null where it was not found. */
  readonly output: LinearSlice | null;
}

/** A linear map of a model without its stored biases, as a model of its own of one input. */
export interface LinearSlice {
  readonly slice: Slice;
  /** The tensor that it computes in its model. */
  readonly product: string;
  /** The number of axes of the input, 2 or 3, the last features. */
  readonly rank: number;
}

/** Whether a run takes the `then` branch of the `If` that an attention stands in; null where it stands in none. */
export function conditionSlice({ place, scope }: Found, file: string | null = null): Slice | null {
  return place.in === 'branches' ? sliceFromStart(scope, [place.node.inputs[0] ?? ''], file) : null;
}

/**
 * The attention of the branch that a run takes, by the condition of its `If`. Throws RangeError where there is none.
 */
export function takenBranch({ place }: Found, condition: boolean): Found {
  if (place.in !== 'branches') throw new RangeError('The attention stands in no branch.');
  const names = [...place.node.attributes].flatMap(([name, { graph }]) => (graph === null ? [] : [name]));
  const branch = place.branches[names.indexOf(condition ? 'then_branch' : 'else_branch')];
  if (branch === undefined) throw new RangeError('The If lacks a branch.');
  return branch;
}

/**
 * The slices of an attention that stands in no branch, or of that of one branch; `file` as `sliceModel` has it. Throws
 * GraphError.
 */
export function blockSlices(found: Found, layer: number, file: string | null = null): BlockSlices {
  const [block] = findBlocks([{ found, layer }]);
  if (block === undefined || !isReadable(block)) {
    const why = block?.missing.find(({ part }) => part === 'scores')?.why;
    throw unexposable((says) => why ?? says.noParts, { op: found.finding.op, layer });
  }
  const tensors = [...cellTensors(block), ...(block.output ? [block.output.product] : [])];
  return {
    block,
    cell: sliceFromStart(found.scope, tensors, file),
    output: block.output && outputSlice(found.scope, block.output, file),
  };
}

function outputSlice(scope: Scope, { op, input, product }: Projection, file: string | null): LinearSlice {
  const type = typeOf(scope, input) ?? (scope.model.half ? elementTypes.half : elementTypes.float);
  // A Gemm reads matrices; every other product takes a batch.
  const rank = op === 'Gemm' ? 2 : (rankOf(scope, input) ?? 3);
  return { slice: sliceModel(scope, [{ tensor: input, type, rank }], [product], file), product, rank };
}
