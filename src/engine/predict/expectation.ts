import type { Candidate, Label } from '../../core/prediction/prediction.ts';
import { candidatesCompared, divergence, movedTokens, type Change } from '../../core/prediction/change.ts';
import { readRow } from '../../core/prediction/row.ts';
import type { Tokenizer } from '../../core/text/tokenizer.ts';
import { candidatesOf } from './next.ts';

/** What a run expects at the place at which it is compared with another run of the same text. */
export type Expectation =
  | {
      readonly kind: 'masked' | 'next';
      readonly sequence: number;
      /** The index of the token that is predicted; null where there is none. */
      readonly token: number | null;
      /**
       * The logits of a token, `[vocabulary]`, also of tokens beside the one that is compared; null where the run has
       * none. A view that the next run may write over.
       */
      readonly row: (token: number) => Float32Array | null;
      /** The likeliest of a row at the place of this run. */
      readonly told: (row: Float32Array) => readonly Candidate[];
    }
  | {
      readonly kind: 'label';
      readonly token: null;
      readonly row: () => Float32Array | null;
      readonly told: (row: Float32Array) => readonly Label[];
    };

/** Hears what a run expects. */
export type Watch = (expectation: Expectation) => void;

/** The token after what was given; `row` has the logits of each token that the run predicts. */
export function nextExpectation(
  tokenizer: Tokenizer,
  sequence: number,
  given: readonly number[],
  row: (token: number) => Float32Array | null,
): Expectation {
  return { kind: 'next', sequence, token: given.length, row, told: toldAfter(tokenizer, given) };
}

/** The likeliest tokens of a row as they would stand after others. */
export function toldAfter(
  tokenizer: Tokenizer,
  before: readonly number[],
): (row: Float32Array) => readonly Candidate[] {
  return (row) => {
    const read = readRow(row, candidatesCompared);
    return read ? candidatesOf(tokenizer, before, read) : [];
  };
}

/**
 * What edits did to a prediction: `before` is the row of the run without them at the place of `expected`. Null where
 * the two cannot be compared: rows of other sizes, or one that is no number of times as likely as the other.
 */
export function changeOf(expected: Expectation, before: Float32Array | null): Change | null {
  const after = rowOf(expected, expected.token);
  if (!before || !after || before.length !== after.length) return null;
  const kl = divergence(before, after);
  if (!Number.isFinite(kl)) return null;
  if (expected.kind === 'label')
    return { kind: 'label', kl, before: expected.told(before), after: expected.told(after) };
  const { kind, sequence, token, told } = expected;
  if (token === null) return null;
  const [was, is] = [told(before), told(after)];
  return { kind, sequence, token, kl, before: was, after: is, moved: movedTokens([...was, ...is], before, after) };
}

/** The logits of a run at a place; null where it has none there. */
export function rowOf(expected: Expectation, token: number | null): Float32Array | null {
  if (expected.kind === 'label') return expected.row();
  return token === null ? null : expected.row(token);
}
