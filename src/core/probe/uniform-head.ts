import { seenKeys, type MapKind } from '../attention/map.ts';
import { fullMask } from '../attention/mask.ts';

/**
 * The weights `[query][key]` of a head that spreads its attention evenly over what it may see: the baseline that stands
 * for no knowledge at all. It is measured as every other head is.
 */
export function uniformHead(kind: MapKind, tokens: number): Float32Array {
  const weights = new Float32Array(tokens * tokens);
  for (let query = 0; query < tokens; query++) {
    const { first, end } = seenKeys({ kind, mask: fullMask }, query, tokens);
    weights.fill(1 / (end - first), query * tokens + first, query * tokens + end);
  }
  return weights;
}
