import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Analysis } from '../src/core/attention/analysis.ts';
import { exportOf } from '../src/core/export/export-of.ts';
import { exportBytes } from '../src/engine/export-bytes.ts';
import { writeFileWhole } from '../src/engine/output.ts';

/**
 * What JSON costs beside npz: all attention of 512 tokens in 12 × 12 heads (151 MB), as bytes for the editor and as a
 * file from the terminal. Run with `node bench/export.ts [tokens]`. Times are the processor's own, in rounds that take
 * turns after one to warm up. Exits with 1 when the median of the rounds' ratios is above its bound.
 */
const bound = 1.3;
const rounds = 7;
const tokens = Number(process.argv[2] ?? 512);
const shape = [12, 12, tokens, tokens] as const;
const weights = new Float32Array(144 * tokens * tokens).map((_, index) => Math.abs(Math.sin(index)) / tokens);
const analysis: Analysis = {
  model: { id: 'bench', family: 'encoder', layers: 12, heads: 12 },
  sequences: [
    {
      text: '',
      tokens: Array.from({ length: tokens }, () => ({
        id: 0,
        text: '',
        start: 0,
        end: 0,
        special: true,
        word: null,
        segment: 0,
      })),
    },
  ],
  maps: [{ name: 'attention', kind: 'self', queries: 0, keys: 0, shape, weights }],
  notes: [],
  timing: { load: 0, run: 0 },
};
const focus = { map: null, layer: null, heads: null };
const work = { signal: new AbortController().signal, report: () => undefined };
const noPage = (): never => {
  throw new Error('No page is made here.');
};
const folder = mkdtempSync(join(tmpdir(), 'bench-'));

type Write = (format: 'json' | 'npz') => unknown;

try {
  await compare('bytes', (format) => exportBytes(analysis, format, focus, noPage, work));
  await compare('a file', (format) => writeFileWhole(join(folder, format), exportOf(format, analysis, focus, noPage)));
} finally {
  rmSync(folder, { recursive: true });
}

async function compare(name: string, write: Write): Promise<void> {
  const times: { json: number; npz: number }[] = [];
  for (let round = 0; round <= rounds; round++) {
    const npz = await processorTime(() => write('npz'));
    const json = await processorTime(() => write('json'));
    if (round > 0) times.push({ json, npz });
  }
  const ratio = median(times.map(({ json, npz }) => json / npz));
  const [json, npz] = [median(times.map((time) => time.json)), median(times.map((time) => time.npz))];
  console.log(
    `${tokens} tokens × 144 heads as ${name}: npz ${npz.toFixed(0)} ms, JSON ${json.toFixed(0)} ms, ratio ${ratio.toFixed(2)} (at most ${bound})`,
  );
  if (!(ratio <= bound)) process.exitCode = 1;
}

/** Milliseconds that the processor works, in all threads. */
async function processorTime(write: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await write();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
}
