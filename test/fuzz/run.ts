import { isInTime, maxSeconds, outcomeOf } from '../unit/budgets/measured.ts';
import { kinds, type KindName } from './classes.ts';
import { Dice } from './dice.ts';

/** A case that came to something else than a success or a sentence, or took too long. */
export interface Failure {
  readonly number: number;
  readonly why: string;
}

/** What a number of cases came to. */
export interface Tally {
  readonly taken: number;
  readonly refused: number;
  readonly failures: readonly Failure[];
  /** Seconds of the processor that the slowest case took. */
  readonly slowest: number;
}

/** A case may take this long where a regular expression is timed; a busy machine begins it again. */
const patience = 2 * maxSeconds;

/** Runs cases `from` to below `from + count` of a kind; `begins` hears the number of each before it is made. */
export function runCases(
  kind: KindName,
  seed: number,
  from: number,
  count: number,
  begins: (number: number) => void = () => undefined,
): Tally {
  const failures: Failure[] = [];
  let [taken, refused, slowest] = [0, 0, 0];
  for (let number = from; number < from + count; number++) {
    begins(number);
    try {
      const outcome = outcomeOfCase(kind, seed, number);
      if (outcome.refused === null) taken++;
      else refused++;
      slowest = Math.max(slowest, outcome.seconds);
      if (!isInTime(outcome.seconds, patience))
        failures.push({ number, why: `it took ${outcome.seconds.toFixed(1)} s` });
    } catch (thrown) {
      failures.push({ number, why: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) });
    }
  }
  return { taken, refused, failures, slowest };
}

/** Runs one case; a slow one once more, since the processor's time holds other things as well. */
function outcomeOfCase(kind: KindName, seed: number, number: number): ReturnType<typeof outcomeOf> {
  const first = outcomeOf(kinds[kind](new Dice(seed, number)));
  return first.seconds <= maxSeconds ? first : outcomeOf(kinds[kind](new Dice(seed, number)));
}
