import type { GraphFormat, NumberFormat } from '../../core/attention/analysis.ts';
import type { Dtype } from '../../core/catalogue/dtype.ts';
import type { StoredNumbers } from '../../core/onnx/stored.ts';
import type { NamedGraph } from '../config/graph-files.ts';

/** Formats by how coarse they are, as far as a graph itself tells. */
const coarseness: Readonly<Record<StoredNumbers, number>> = { fp32: 0, fp16: 1, quantised: 2 };

/**
 * The number formats of a model's graphs. The name of a file says which it is; a graph that stores or computes with
 * coarser numbers than its name says (a quantised `model.onnx`) is told by what it holds. `numbers` has what was read
 * in the graphs, in their order.
 */
export function formatsOf(
  graphs: readonly NamedGraph[],
  numbers: readonly (StoredNumbers | undefined)[],
): readonly GraphFormat[] {
  return graphs.map(({ stem, dtype }, index) => ({ graph: stem, format: formatOf(dtype, numbers[index] ?? 'fp32') }));
}

function formatOf(dtype: Dtype, numbers: StoredNumbers): NumberFormat {
  const named = dtype === 'fp32' || dtype === 'fp16' ? coarseness[dtype] : coarseness.quantised;
  return coarseness[numbers] > named ? numbers : dtype;
}
