import { termText } from '../../attention/number-words.ts';
import { words } from '../../words/words.ts';

/** A part of one side of a score, or several together. */
export interface PartLine {
  /** The places of the parts in the answer of the model. */
  readonly parts: readonly number[];
  readonly name: string;
  /** Where there is little room. */
  readonly short: string;
  /** The part as a noun: `what head 0.1 wrote to ‘ate’`. */
  readonly says: string;
  /** Its terms, summed. */
  readonly sum: number;
}

/** A product of a part of the query and a part of the key, less its mean over the keys of the row. */
export interface Term {
  readonly value: number;
  readonly query: PartLine;
  readonly key: PartLine;
}

/** The sum of some numbers. */
export function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** The score of a pair against the mean of its row, in words. */
export function apartText(excess: number): string {
  const says = words().scoreParts;
  return isNothing(excess) ? says.atMean : says.side(termText(Math.abs(excess)), excess > 0);
}

/** Whether a number is written as 0. */
export function isNothing(value: number): boolean {
  return Math.abs(value) < 0.005;
}
