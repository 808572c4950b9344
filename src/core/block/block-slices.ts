import { itemAt } from '../item-at.ts';
import { unexposable } from '../onnx/error.ts';
import { findAttention, type Found } from '../onnx/find.ts';
import type { GraphNode, Model } from '../onnx/graph.ts';
import type { Scope } from '../onnx/scope.ts';
import { rankOf } from '../onnx/shape.ts';
import { sliceModel, startOf, type Slice, type SliceInput } from '../onnx/slice.ts';
import { elementTypes, typeOf } from '../onnx/type.ts';
import { unfused } from '../onnx/unfuse/unfused.ts';
import type { Projection } from './block.ts';
import { cellTensors, isReadable, type ReadableBlock } from './explain.ts';
import { findBlocks } from './find-blocks.ts';

/** An attention as models of their own, which compute what takes it apart and nothing else of its model. */
export interface BlockSlices {
  readonly block: ReadableBlock;
  /**
   * From the inputs of the model, and what is given besides, to the tensors that `cellTensors` lists, and to the
   * product of `output`.
   */
  readonly cell: Slice;
  /** The output projection on inputs of one's own; null where it was not found. */
  readonly output: LinearSlice | null;
  /** The residual stream and what the attention adds to it, where `cell` gives them without further runs. */
  readonly residual: ResidualTensors | null;
}

/** The residual stream before an attention, and what the attention adds to it, by their tensors. */
export interface ResidualTensors {
  readonly stream: string;
  readonly added: string;
}

/** A linear map of a model without its stored biases, as a model of its own of one input. */
export interface LinearSlice {
  readonly slice: Slice;
  /** The tensor that it computes in its model. */
  readonly product: string;
  /** The number of axes of the input, 2 or 3, the last features. */
  readonly rank: number;
}

/**
 * An attention of a model, counted in the order of the graph. Where an operator computes it as a whole, that operator
 * is written out in single nodes, and no other. Throws GraphError where its steps are not known, RangeError where the
 * model has fewer attentions.
 */
export function inSingleNodes(model: Model, site: number): Found {
  const found = itemAt(findAttention(model), site);
  const operators = new Set(operatorsOf(found).map(({ outputs }) => outputs[0]));
  if (operators.size === 0) return found;
  const written = unfused(model, ({ outputs }) => operators.has(outputs[0]));
  return itemAt(findAttention(written), site);
}

/** The operators that compute an attention as a whole, in each branch where it stands in some. */
function operatorsOf({ place }: Found): readonly GraphNode[] {
  if (place.in === 'branches') return place.branches.flatMap(operatorsOf);
  return place.in === 'operator' ? [place.node] : [];
}

/**
 * The attention of the branch that a run takes, by the condition of its `If`. Throws RangeError where there is none.
 */
export function takenBranch({ place }: Found, condition: boolean): Found {
  if (place.in !== 'branches') throw new RangeError('The attention stands in no branch.');
  const branch = branchOf(place.node, place.branches, condition);
  if (branch === undefined) throw new RangeError('The If lacks a branch.');
  return branch;
}

/** Of what belongs to the branches of an `If`, in the order of its graphs, that of the one a run takes. */
export function branchOf<T>(node: GraphNode, branches: readonly T[], condition: boolean): T | undefined {
  const names = [...node.attributes].flatMap(([name, { graph }]) => (graph === null ? [] : [name]));
  return branches[names.indexOf(condition ? 'then_branch' : 'else_branch')];
}

/**
 * The slices of an attention that stands in no branch, or of that of one branch; `given`
 * are tensors that are known besides the inputs of the model. Throws GraphError.
 */
export function blockSlices(found: Found, layer: number, given: readonly SliceInput[] = []): BlockSlices {
  const [block] = findBlocks([{ found, layer }]);
  if (block === undefined || !isReadable(block)) {
    const why = block?.missing.find(({ part }) => part === 'scores')?.why;
    throw unexposable((says) => why ?? says.noParts, { op: found.finding.op, layer });
  }
  const residual = residualOf(block, given);
  const tensors = new Set([
    ...cellTensors(block),
    ...(block.output ? [block.output.product] : []),
    ...(residual ? [residual.stream, residual.added] : []),
  ]);
  return {
    block,
    cell: sliceModel(found.scope, [...startOf(found.scope), ...given], [...tensors]),
    output: block.output && linearSlice(found.scope, block.output),
    residual,
  };
}

/** What a slice that starts from what is given computes anyway: the stream is given, or is on the way to the queries. */
function residualOf({ attention, output }: ReadableBlock, given: readonly SliceInput[]): ResidualTensors | null {
  if (attention === null || output === null) return null;
  const { stream, added } = attention;
  return given.length === 0 || given.some(({ tensor }) => tensor === stream) ? { stream, added } : null;
}

/** The number of axes that the input of a linear map has as a slice. */
export function linearRank(scope: Scope, { op, input }: Projection): number {
  // A Gemm reads matrices; every other product takes a batch.
  return op === 'Gemm' ? 2 : (rankOf(scope, input) ?? 3);
}

/** The slice of a linear map alone. Throws GraphError. */
export function linearSlice(scope: Scope, projection: Projection): LinearSlice {
  const { input, product } = projection;
  const type = typeOf(scope, input) ?? (scope.model.half ? elementTypes.half : elementTypes.float);
  const rank = linearRank(scope, projection);
  return { slice: sliceModel(scope, [{ tensor: input, type, rank }], [product]), product, rank };
}
