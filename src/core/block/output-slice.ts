import type { Model } from '../onnx/graph.ts';
import { findAttention } from '../onnx/find.ts';
import { rankOf } from '../onnx/shape.ts';
import { sliceModel } from '../onnx/slice.ts';
import { elementTypes, typeOf } from '../onnx/type.ts';
import { findBlocks, innermost } from './find-blocks.ts';

/** A model of its own that computes one linear map of another model, without its stored biases. */
export interface LinearSlice {
  readonly model: Uint8Array;
  readonly input: string;
  readonly output: string;
  /** The element type of the input (TensorProto.DataType), and its number of axes: 2 or 3, the last features. */
  readonly type: number;
  readonly rank: number;
}

/**
 * The output projection of an attention, `site` counted in the order of the graph; null where it was not found. Throws
 * GraphError.
 */
export function outputSlice(model: Model, site: number): LinearSlice | null {
  const found = findAttention(model);
  const own = found[site];
  if (own === undefined) return null;
  const { scope } = innermost(own, 0);
  const [block] = findBlocks([{ found: own, layer: 0 }]);
  if (!block?.output) return null;
  const { input, product } = block.output;
  const type = typeOf(scope, input) ?? (model.half ? elementTypes.half : elementTypes.float);
  // A Gemm reads matrices; every other product takes a batch.
  const rank = block.output.op === 'Gemm' ? 2 : (rankOf(scope, input) ?? 3);
  return { model: sliceModel(scope, [{ tensor: input, type, rank }], [product]), input, output: product, type, rank };
}
