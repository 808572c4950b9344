import assert from 'node:assert/strict';
import { AttentionError } from '../../../src/core/errors/reason.ts';
import { lineOf } from '../../../src/core/errors/sentence.ts';
import { GraphError } from '../../../src/core/onnx/error.ts';

/** Seconds of the processor that reading anything may take. */
export const maxSeconds = 2;
/** Where a machine is slower: how many times {@link reference} it may take. */
const timesReference = 40;

/** What foreign input came to: the sentence that refuses it, or null; and the processor time that it took. */
export interface Outcome {
  readonly refused: string | null;
  readonly seconds: number;
}

/** What no sentence may hold: the words of an engine about itself, and nothing at all. */
const engineWords =
  /call stack|BigInt|Cannot read|undefined|is not (a function|iterable)|Invalid (array|string|typed)|is ambiguous|\[object|NaN/i;

/**
 * Runs an action on foreign input. Whatever it throws must be an error of ours with a sentence; anything else is a
 * failure.
 */
export function outcomeOf(action: () => unknown): Outcome {
  let refused: string | null = null;
  const seconds = secondsOf(() => (refused = refusalOf(action)));
  return { refused, seconds };
}

/**
 * Whether so many seconds are no more than `most` on the machine as it is now, however slow or busy: a ratio, no time.
 */
export function isInTime(seconds: number, most = maxSeconds): boolean {
  return seconds < most || seconds < (most / maxSeconds) * timesReference * secondsOf(reference);
}

/** A piece of work that is always the same: parsing, allocating and sorting, as readers of files do. */
function reference(): void {
  const items = Array.from({ length: 40_000 }, (_, index) => ({ name: `token ${(index * 7919) % 40_000}`, index }));
  const text = JSON.stringify(items);
  for (let time = 0; time < 3; time++) (JSON.parse(text) as typeof items).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function secondsOf(action: () => void): number {
  const before = process.cpuUsage();
  action();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** The same, and it must be refused in time, with a sentence of this form or with this in it. */
export function assertRefused(action: () => unknown, form: RegExp | string, most = maxSeconds): void {
  const { refused, seconds } = outcomeOf(action);
  if (typeof form === 'string') assert.ok(refused?.includes(form), refused ?? 'it was taken');
  else assert.match(refused ?? 'it was taken', form);
  assert.ok(isInTime(seconds, most), `${seconds} s`);
}

function refusalOf(action: () => unknown): string | null {
  try {
    action();
    return null;
  } catch (thrown) {
    const sentence = sentenceOf(thrown);
    if (sentence === null) throw thrown;
    assert.doesNotMatch(sentence, engineWords);
    assert.ok(sentence.length > 10 && sentence.length < 1000, sentence.slice(0, 1000));
    return sentence;
  }
}

function sentenceOf(thrown: unknown): string | null {
  if (thrown instanceof GraphError) return thrown.problem.detail;
  return thrown instanceof AttentionError && thrown.reason.code !== 'unexpected' ? lineOf(thrown.reason) : null;
}
