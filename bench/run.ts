import type { Benchmark, Mode, Resource } from './benchmark.ts';
import { measure } from './measure.ts';
import { meetsLimit, type Entry } from './results.ts';

const widths = [28, 14, 14, 11, 9, 9] as const;

function tableHead(): string {
  return line(['benchmark', 'value', 'against', 'ratio', 'limit', 'rounds'], '');
}

/** A measured benchmark, and in a quick run how many of its rounds that was. */
function tableRow({ name, better, limit, rounds }: Benchmark, mode: Mode, entry: Entry): string {
  const { value, baseline, ratio, unit } = entry;
  const cells = [
    name,
    `${value} ${unit}`,
    baseline === undefined ? '' : `${baseline} ${unit}`,
    ratio === undefined ? '' : `${ratio} ×`,
    limit === undefined ? '' : `${better === 'lower' ? '≤' : '≥'} ${limit}`,
    rounds[mode] === rounds.full ? `${rounds.full}` : `${rounds[mode]} of ${rounds.full}`,
  ];
  return line(cells, limit === undefined ? '' : meetsLimit(entry) ? 'met' : 'MISSED');
}

/** A benchmark of which there is nothing to tell but why. */
function tableNote({ name }: Benchmark, note: string): string {
  return `${name.padEnd(widths[0])}${note}`;
}

function line(cells: readonly string[], verdict: string): string {
  const padded = cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]) : cell.padStart(widths[at] ?? 0)));
  return `${padded.join('')}  ${verdict}`.trimEnd();
}

/** What came of a run: the figures, and the benchmarks that were begun and could not be finished. */
export interface Outcome {
  readonly entries: readonly Entry[];
  readonly failed: readonly string[];
}

/**
 * Runs benchmarks one after the other and prints a row of the table for each; one that cannot run on this machine is
 * named with the reason. A resource is kept open as long as successive benchmarks use it.
 */
export async function runBenchmarks(
  chosen: readonly Benchmark[],
  mode: Mode,
  print: (line: string) => void,
): Promise<Outcome> {
  const entries: Entry[] = [];
  const failed: string[] = [];
  let open: Resource | undefined;
  print(tableHead());
  try {
    for (const benchmark of chosen) {
      if (open !== benchmark.resource) await open?.close();
      open = benchmark.resource;
      const missing = await open?.missing?.();
      if (typeof missing === 'string') {
        print(tableNote(benchmark, `skipped: ${missing}`));
        continue;
      }
      try {
        const entry = await measure(benchmark, mode);
        entries.push(entry);
        print(tableRow(benchmark, mode, entry));
      } catch (thrown) {
        failed.push(benchmark.name);
        print(tableNote(benchmark, `FAILED: ${firstLine(thrown)}`));
      }
    }
  } finally {
    await open?.close();
  }
  return { entries, failed };
}

/** Playwright adds all that the browser has logged. */
function firstLine(thrown: unknown): string {
  return (thrown instanceof Error ? thrown.message : String(thrown)).split('\n', 1).join();
}
