import type { Benchmark } from './benchmark.ts';
import { attentionBenchmarks } from './engine/attention.ts';
import { engineMemory } from './engine/memory.ts';
import { explainBenchmarks } from './engine/explain.ts';
import { openingBenchmarks } from './engine/opening.ts';
import { editedBenchmarks } from './engine/edited.ts';
import { exportBenchmarks } from './export/json.ts';
import { exposeBenchmarks } from './onnx/expose.ts';
import { tokenizerBenchmarks } from './text/offsets.ts';
import { viewBenchmarks } from './views/benchmarks.ts';

/** Every benchmark, in the order in which they run. */
export const benchmarks: readonly Benchmark[] = [
  ...viewBenchmarks,
  ...attentionBenchmarks,
  engineMemory,
  ...openingBenchmarks,
  ...explainBenchmarks,
  ...editedBenchmarks,
  ...exposeBenchmarks,
  ...tokenizerBenchmarks,
  ...exportBenchmarks,
];
