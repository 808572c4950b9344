import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Analysis } from '../../src/core/attention/analysis.ts';
import { exportOf } from '../../src/core/export/export-of.ts';
import { exportBytes } from '../../src/engine/service/export-bytes.ts';
import { writeFileWhole } from '../../src/engine/terminal/output.ts';
import type { Benchmark } from '../benchmark.ts';
import { processorTime } from '../statistics.ts';

const tokens = 512;
const focus = { map: null, layer: null, heads: null };
const work = { signal: new AbortController().signal, report: () => undefined };
const noPage = (): never => {
  throw new Error('No page is made here.');
};

/** All attention of 512 tokens in 12 × 12 heads: 151 MB. */
function largeAnalysis(): Analysis {
  const shape = [12, 12, tokens, tokens] as const;
  const weights = new Float32Array(144 * tokens * tokens).map((_, index) => Math.abs(Math.sin(index)) / tokens);
  const token = { id: 0, text: '', start: 0, end: 0, special: true, word: null, segment: 0 } as const;
  return {
    model: { id: 'bench', family: 'encoder', layers: 12, heads: 12 },
    sequences: [{ text: '', tokens: Array.from({ length: tokens }, () => token) }],
    maps: [{ name: 'attention', kind: 'self', queries: 0, keys: 0, shape, weights }],
    notes: [],
    timing: { load: 0, run: 0 },
  };
}

type Write = (analysis: Analysis, format: 'json' | 'npz', folder: string) => unknown;

/** JSON, which any language reads, against npz, which holds the numbers as they are. */
function jsonExport(to: 'bytes' | 'file', write: Write): Benchmark {
  return {
    name: `json-export-${to}`,
    unit: 'ms',
    better: 'lower',
    limit: 1.3,
    rounds: { warmUp: 1, full: 7, quick: 3 },
    setup() {
      const folder = mkdtempSync(join(tmpdir(), 'bench-'));
      const analysis = largeAnalysis();
      return Promise.resolve({
        value: () => processorTime(() => write(analysis, 'json', folder)),
        baseline: () => processorTime(() => write(analysis, 'npz', folder)),
        close: () => rmSync(folder, { recursive: true }),
      });
    },
  };
}

/** As bytes for the editor, and as a file from the terminal. */
export const exportBenchmarks: readonly Benchmark[] = [
  jsonExport('bytes', (analysis, format) => exportBytes(analysis, format, focus, noPage, work)),
  jsonExport('file', (analysis, format, folder) =>
    writeFileWhole(join(folder, format), exportOf(format, analysis, focus, noPage)),
  ),
];
