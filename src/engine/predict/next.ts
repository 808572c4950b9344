import type { Tensor } from '@huggingface/transformers';
import type { Candidate, NextPrediction, Step } from '../../core/prediction/prediction.ts';
import { readRow, type ReadRow } from '../../core/prediction/row.ts';
import type { Tokenizer } from '../../core/text/tokenizer.ts';
import { addedText } from '../../core/text/written.ts';
import { rowCount, rowOf } from './logits.ts';

/** Tokens that are told where the model writes on, and where the next token stands there already. */
export const candidatesTold = { last: 10, inside: 3 } as const;

/**
 * Reads the rows of a run over all of `ids`: what comes after each token. Null when the logits are not one row a token.
 */
export function readRows(logits: Tensor | undefined, ids: readonly number[]): (ReadRow | null)[] | null {
  if (!logits || rowCount(logits) !== ids.length) return null;
  return ids.map((_, index) => readAt(rowOf(logits, index), ids[index + 1] ?? null));
}

/** Reads one row: the likeliest tokens, and how likely the one is that stands there. */
export function readAt(row: Float32Array | null, followed: number | null): ReadRow | null {
  return row && readRow(row, followed === null ? candidatesTold.last : candidatesTold.inside, followed);
}

/**
 * The prediction of a language model for the tokens of a sequence, a row for each; `ahead` as {@link NextPrediction}
 * has it. Null when a row holds no numbers.
 */
export function nextPrediction(
  tokenizer: Tokenizer,
  sequence: number,
  ids: readonly number[],
  rows: readonly (ReadRow | null)[] | null,
  ahead: 0 | 1 = 1,
): NextPrediction | null {
  const steps = rows?.flatMap((row, index): Step[] =>
    row === null
      ? []
      : [
          {
            candidates: candidatesOf(tokenizer, ids.slice(0, index + ahead), row),
            followed: row.followed,
          },
        ],
  );
  const vocabulary = rows?.[0]?.vocabulary;
  return steps && steps.length === ids.length
    ? { kind: 'next', sequence, ahead, ...(vocabulary === undefined ? {} : { vocabulary }), steps }
    : null;
}

/** The likeliest tokens of a row as they would stand after the tokens `before`. */
export function candidatesOf(tokenizer: Tokenizer, before: readonly number[], { top }: ReadRow): Candidate[] {
  return top.map(({ id, probability }) => ({ id, text: addedText(tokenizer, before, id), probability }));
}
