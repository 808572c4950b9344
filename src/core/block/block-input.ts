import type { Found } from '../onnx/find.ts';
import { normOf } from './norm.ts';
import { outputProjection, projectionOf } from './projection.ts';
import { additionOf } from './stream.ts';

/**
 * The tensor that the queries of an attention are made of: given this beside the inputs of the model, its block needs
 * nothing of the blocks before. It is the residual stream itself where a norm comes between, so that a slice has both.
 * Null where it is an input itself, stands in a branch, or is unpacked from whole numbers: as an output it would keep
 * onnxruntime from computing with those.
 */
export function blockInput({ scope, finding, place }: Found): string | null {
  if (place.in !== 'tensor' || scope.parent !== null || finding.query === null) return null;
  const input = projectionOf(scope, finding.query).projection?.input ?? '';
  const isComputed = (tensor: string): boolean => {
    const producer = scope.producerOf(tensor);
    return producer !== null && producer.node.op !== 'DequantizeLinear';
  };
  if (!isComputed(input)) return null;
  const output = outputProjection(scope, place.average.outputs[0] ?? '');
  const stream = output && additionOf(scope, output.projection.output, input)?.stream;
  const isNormed = stream !== undefined && stream !== null && normOf(scope, input)?.input === stream;
  return isNormed && isComputed(stream) ? stream : input;
}
