import type { StoredNumbers } from '../../core/onnx/stored.ts';
import type { GraphCheck } from './witness.ts';
import { words } from '../../core/words/words.ts';

/**
 * How far an output may be from that of the untouched file, relative to max(1, |value|), and a row's sum from 1. An
 * output that is added keeps onnxruntime from joining the operators around it, so that sums are taken in another order:
 * what is computed in 16 bits is then rounded otherwise, and an activation that is quantised may fall on the step
 * beside its own.
 */
export const bounds: Readonly<Record<StoredNumbers, number>> = { fp32: 1e-5, fp16: 1e-2, quantised: 5e-2 };

/**
 * What is wrong with a graph whose attention was exposed, a phrase each; none when it agrees. A graph that never ran
 * proves nothing.
 */
export function faultsOf({ exposure: { sites, computed }, runs, outputs, rows }: GraphCheck): string[] {
  const bound = bounds[computed];
  const says = words().check.faults;
  if (runs === 0) return [says.noRun];
  const faults: string[] = [];
  for (const [name, difference] of outputs) {
    if (!difference) faults.push(says.incomparable(name));
    else if (difference.relative > bound) faults.push(says.output(name));
  }
  for (const { output, kind, number, normalised, changes } of sites) {
    const sums = rows.get(output);
    if (!sums) faults.push(says.noRows(kind, number));
    // Weights that are changed after the softmax are shares of nothing.
    else if (
      !changes.some(({ how }) => how === 'changed') &&
      !(sums.most <= 1 + bound && sums.least >= (normalised ? 1 - bound : 0))
    )
      faults.push(says.rowSums(kind, number));
  }
  return faults;
}
