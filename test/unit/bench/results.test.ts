import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { benchmarks } from '../../../bench/benchmarks.ts';
import { tableIn, withBenchmarks } from '../../../bench/readme.ts';
import { meetsLimit, readResults } from '../../../bench/results.ts';

const readme = readFileSync(join(import.meta.dirname, '..', '..', '..', 'README.md'), 'utf8');

describe('bench/results.json', () => {
  const { entries } = readResults();

  it('tells every figure once, with the unit and the limit of its benchmark', () => {
    const names = entries.map(({ name }) => name);
    assert.deepEqual(names, [...new Set(names)]);
    for (const { name, unit, limit, better } of entries) {
      const benchmark = benchmarks.find((one) => one.name === name);
      assert.ok(benchmark, `there is no benchmark called ${name}`);
      assert.deepEqual([name, unit, limit, better], [name, benchmark.unit, benchmark.limit, benchmark.better]);
    }
  });

  it('has a ratio where it has something to compare with, and a limit in time or bytes on nothing but a ratio', () => {
    for (const { name, unit, baseline, ratio, limit } of entries) {
      assert.equal(ratio === undefined, baseline === undefined, name);
      if (limit !== undefined && ratio === undefined) assert.ok(unit === 'nodes' || unit === 'copies', name);
    }
  });

  it('keeps every limit', () => {
    assert.deepEqual(
      entries.filter((entry) => !meetsLimit(entry)).map(({ name }) => name),
      [],
    );
  });
});

describe('the figures in README', () => {
  it('are those of bench/results.json: npm run bench -- --readme', () => {
    assert.equal(withBenchmarks(readme, readResults()), readme);
  });

  it('stand in its table alone', () => {
    const table = tableIn(readme);
    assert.match(table, /\d × \|/);
    const rest = readme.replace(table, '');
    assert.doesNotMatch(rest, /\d ?(ms|seconds?|MB|GB)\b|\d ?(×|times) (as|faster)|\d ?% (of a|slower|faster)/);
  });
});
