import type { Benchmark, Mode } from './benchmark.ts';
import { meetsLimit, type Entry } from './results.ts';

const widths = [28, 14, 14, 11, 9, 9] as const;

export function tableHead(): string {
  return line(['benchmark', 'value', 'against', 'ratio', 'limit', 'rounds'], '');
}

/** A measured benchmark, and in a quick run how many of its rounds that was. */
export function tableRow({ name, better, limit, rounds }: Benchmark, mode: Mode, entry: Entry): string {
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
export function tableNote({ name }: Benchmark, note: string): string {
  return `${name.padEnd(widths[0])}${note}`;
}

function line(cells: readonly string[], verdict: string): string {
  const padded = cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]) : cell.padStart(widths[at] ?? 0)));
  return `${padded.join('')}  ${verdict}`.trimEnd();
}
