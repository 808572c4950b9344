import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Benchmark } from '../bench/benchmark.ts';
import { benchmarks } from '../bench/benchmarks.ts';
import { withBenchmarks } from '../bench/readme.ts';
import { meetsLimit, readResults, resultsFile, writeResults } from '../bench/results.ts';
import { runBenchmarks } from '../bench/run.ts';

/**
 * Measures everything that has a figure, prints a table and writes bench/results.json; exits with 1 when a limit is
 * missed or a benchmark fails. Usage: npm run bench [-- --quick] [--only name,…] or npm run bench -- --readme.
 *
 * --quick measures fewer rounds, as the table says; --only takes names or their beginnings and leaves the file as it
 * is; --readme measures nothing and brings README.md in step with the file.
 */
const readme = join(import.meta.dirname, '..', 'README.md');

/** The benchmarks of these names, or all whose names begin so (`hover` is both `hover-…`). */
function named(only: string): readonly Benchmark[] {
  const names = only.split(',').map((name) => name.trim());
  const fits = (benchmark: Benchmark, name: string): boolean => `${benchmark.name}-`.startsWith(`${name}-`);
  const unknown = names.filter((name) => !benchmarks.some((benchmark) => fits(benchmark, name)));
  if (unknown.length > 0) {
    const known = benchmarks.map(({ name }) => name).join(', ');
    throw new Error(`There is no benchmark called ${unknown.join(' or ')}; there are ${known}.`);
  }
  return benchmarks.filter((benchmark) => names.some((name) => fits(benchmark, name)));
}

async function bench(mode: 'full' | 'quick', only: string | undefined): Promise<boolean> {
  const start = performance.now();
  const { entries, failed } = await runBenchmarks(only === undefined ? benchmarks : named(only), mode, console.log);
  console.log(`\n${mode} run in ${((performance.now() - start) / 1000).toFixed(0)} s`);
  if (only === undefined && failed.length === 0) {
    writeResults({ mode, node: process.version, cpus: availableParallelism(), entries: [...entries] });
    console.log(`written to ${resultsFile}`);
  }
  const missed = entries.filter((entry) => !meetsLimit(entry)).map(({ name }) => name);
  if (missed.length > 0) console.error(`limits missed: ${missed.join(', ')}`);
  if (failed.length > 0) console.error(`failed: ${failed.join(', ')}`);
  return missed.length === 0 && failed.length === 0;
}

try {
  const boolean = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({ options: { quick: boolean, readme: boolean, only: { type: 'string' } } });
  if (values.readme) writeFileSync(readme, withBenchmarks(readFileSync(readme, 'utf8'), readResults()));
  else if (!(await bench(values.quick ? 'quick' : 'full', values.only))) process.exitCode = 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
