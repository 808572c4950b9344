import type { Benchmark, Measures, Mode } from './benchmark.ts';
import type { Entry } from './results.ts';
import { median } from './statistics.ts';

/** What one round measured; a benchmark without a baseline has none in any round. */
interface Round {
  readonly value: number;
  readonly baseline?: number;
}

/** Sets a benchmark up, measures its rounds and closes it. */
export async function measure(benchmark: Benchmark, mode: Mode): Promise<Entry> {
  const measures = await benchmark.setup();
  const { warmUp } = benchmark.rounds;
  try {
    const rounds: Round[] = [];
    for (let at = 0; at < warmUp + benchmark.rounds[mode]; at++) {
      const round = await inTurn(measures, at % 2 === 1);
      if (at >= warmUp) rounds.push(round);
    }
    return entryOf(benchmark, rounds);
  } finally {
    await measures.close?.();
  }
}

/** Both sides of a round, each of them first in every other round: the second finds warmer caches. */
async function inTurn({ value, baseline }: Measures, baselineFirst: boolean): Promise<Round> {
  if (!baseline) return { value: await value() };
  const first = baselineFirst ? await baseline() : null;
  const measured = await value();
  return { value: measured, baseline: first ?? (await baseline()) };
}

function entryOf({ name, unit, better, limit }: Benchmark, rounds: readonly Round[]): Entry {
  const value = rounded(median(rounds.map((round) => round.value)));
  const limited = { ...(limit === undefined ? {} : { limit }), better };
  const compared = rounds.flatMap(({ value: own, baseline }) => (baseline === undefined ? [] : [{ own, baseline }]));
  if (compared.length === 0) return { name, value, unit, ...limited };
  const ratios = compared.map(({ own, baseline }) => (better === 'lower' ? own / baseline : baseline / own));
  const baseline = rounded(median(compared.map((round) => round.baseline)));
  return { name, value, unit, baseline, ratio: rounded(median(ratios)), ...limited };
}

/** Four digits: more would only be noise in the file. */
function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
