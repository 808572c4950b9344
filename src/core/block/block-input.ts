import type { Found } from '../onnx/find.ts';
import { projectionOf } from './projection.ts';

/**
 * The tensor that the queries of an attention are projected from: given this beside the inputs of the model, its block
 * needs nothing of the blocks before. Null where it is an input itself, stands in a branch, or is unpacked from whole
 * numbers: as an output it would keep onnxruntime from computing with those.
 */
export function blockInput({ scope, finding, place }: Found): string | null {
  if (place.in !== 'tensor' || scope.parent !== null || finding.query === null) return null;
  const input = projectionOf(scope, finding.query).projection?.input ?? '';
  const producer = scope.producerOf(input);
  return producer === null || producer.node.op === 'DequantizeLinear' ? null : input;
}
