import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Shared, type Benchmark, type Measures } from '../../../bench/benchmark.ts';
import { measure } from '../../../bench/measure.ts';
import { meetsLimit } from '../../../bench/results.ts';
import { runBenchmarks } from '../../../bench/run.ts';

const described = {
  name: 'example',
  unit: 'ms',
  better: 'lower',
  limit: 2,
  rounds: { warmUp: 1, full: 3, quick: 1 },
} as const;

/** Gives one number after the other, and keeps the order in which all are asked for. */
function source(name: string, values: readonly number[], order: string[]): () => number {
  const left = [...values];
  return () => {
    order.push(name);
    return left.shift() ?? NaN;
  };
}

function example(measures: Measures, changes: Partial<Benchmark> = {}): Benchmark {
  return { ...described, ...changes, setup: () => Promise.resolve(measures) };
}

describe('a benchmark', () => {
  it('lets both sides take turns, each of them first in every other round', async () => {
    const order: string[] = [];
    await measure(
      example({ value: source('value', [1, 1, 1, 1], order), baseline: source('baseline', [1, 1, 1, 1], order) }),
      'full',
    );
    assert.equal(order.join(' '), 'value baseline baseline value value baseline baseline value');
  });

  it('tells medians, and the median of the rounds’ own ratios, without the rounds that warm up', async () => {
    // A machine that becomes ten times as slow in the last two rounds.
    const measures = (): Measures => ({
      value: source('value', [900, 3, 30, 40], []),
      baseline: source('baseline', [1, 2, 20, 20], []),
    });
    const entry = await measure(example(measures()), 'full');
    assert.deepEqual(entry, { ...fields, value: 30, baseline: 20, ratio: 1.5 });
    const faster = await measure(example(measures(), { better: 'higher' }), 'full');
    assert.deepEqual([faster.ratio, meetsLimit(faster)], [0.6667, false]);
  });

  it('has a limit on its value where it is compared with nothing', async () => {
    const entry = await measure(example({ value: () => 3 }), 'quick');
    assert.deepEqual(entry, { ...fields, value: 3 });
    assert.equal(meetsLimit(entry), false);
    assert.equal(meetsLimit({ ...entry, value: 2 }), true);
  });
});

const { rounds: _rounds, ...fields } = described;

describe('a run of benchmarks', () => {
  it('names what cannot run here with the reason, and leaves it out of the results', async () => {
    const lines: string[] = [];
    const nowhere = new Shared(
      () => Promise.reject(new Error('opened')),
      () => Promise.resolve(),
      () => Promise.resolve('there is none here'),
    );
    const outcome = await runBenchmarks(
      [example({ value: () => 1 }, { name: 'absent', resource: nowhere }), example({ value: () => 1 })],
      'quick',
      (line) => lines.push(line),
    );
    assert.deepEqual([outcome.entries.map(({ name }) => name), outcome.failed], [['example'], []]);
    assert.match(lines.join('\n'), /^absent +skipped: there is none here\nexample +1 ms +≤ 2 +1 of 3 +met$/m);
  });

  it('goes on after one that fails, and closes what it has opened', async () => {
    let isOpen = false;
    const resource = new Shared(
      () => {
        isOpen = true;
        return Promise.resolve(null);
      },
      () => {
        isOpen = false;
        return Promise.resolve();
      },
    );
    const failing: Benchmark = {
      ...example({ value: () => 1 }, { name: 'failing', resource }),
      setup: async () => {
        await resource.get();
        throw new Error('of its own');
      },
    };
    const lines: string[] = [];
    const { failed, entries } = await runBenchmarks([failing, example({ value: () => 3 })], 'quick', (line) =>
      lines.push(line),
    );
    assert.deepEqual([failed, entries.length, isOpen], [['failing'], 1, false]);
    assert.match(lines.join('\n'), /^failing +FAILED: of its own\nexample .+ MISSED$/m);
  });
});
