import { completing, penalise, repeating } from './repetition.ts';
import type { WritingRules } from './writing-rules.ts';

/** Where a text stands when its next token is chosen. */
export interface WritingState {
  /** All tokens so far, the start token included. */
  readonly ids: readonly number[];
  /** How many of them were given. */
  readonly given: number;
  /** How many there may be in the end. */
  readonly total: number;
}

/**
 * One row of logits, `[vocabulary]`, as the rules leave it: -Infinity for what may not come. The rules act one after
 * the other in the order of transformers (`_get_logits_processor`), so a later one can take away what an earlier one
 * forces. The row that is given stays as it is.
 */
export function obeying(rules: WritingRules, row: Float32Array, { ids, given, total }: WritingState): Float32Array {
  const logits = row.slice();
  // Ids that the vocabulary does not have change nothing: a typed array ignores them.
  const forbid = (some: Iterable<number>): void => {
    for (const id of some) logits[id] = -Infinity;
  };
  const force = (some: readonly number[]): void => {
    logits.fill(-Infinity);
    for (const id of some) logits[id] = 0;
  };
  if (rules.repetitionPenalty !== 1) penalise(logits, ids, rules.repetitionPenalty);
  if (rules.noRepeat > 0) forbid(repeating(ids, rules.noRepeat));
  forbid(completing(ids, rules.badWords));
  if (ids.length < rules.minLength || ids.length - given < rules.minNew) forbid(rules.ends);
  if (rules.forcedFirst !== null && ids.length === 1) force([rules.forcedFirst]);
  if (rules.forcedLast.length > 0 && ids.length === total - 1) force(rules.forcedLast);
  forbid(rules.never);
  // What is forced does not count as a beginning: the token after it does.
  if (ids.length === (given > 1 || rules.forcedFirst === null ? given : given + 1)) forbid(rules.neverFirst);
  return logits;
}
