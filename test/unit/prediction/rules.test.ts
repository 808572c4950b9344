import assert from 'node:assert/strict';
import { test } from 'node:test';
import { obeying, type WritingState } from '../../../src/core/prediction/rules/obey.ts';
import { completing, repeating } from '../../../src/core/prediction/rules/repetition.ts';
import { writingRules, type RuleFields } from '../../../src/core/prediction/rules/writing-rules.ts';

const row = Float32Array.of(1, 2, 3, -4, 0.5);
const none = -Infinity;

/** The logits that the rules leave after `ids`. */
function left(fields: RuleFields, ids: readonly number[], place: Partial<WritingState> = {}): number[] {
  return Array.from(obeying(writingRules(fields), row, { ids, given: 1, total: 10, ...place }));
}

test('no rules leave the logits as they are, and the row is never changed', () => {
  assert.deepEqual(left({}, [0, 1]), Array.from(row));
  left({ forced_bos_token_id: 2, repetition_penalty: 2 }, [0]);
  assert.deepEqual(Array.from(row), [1, 2, 3, -4, 0.5]);
});

test('a penalty divides what is above 0, multiplies what is below, once for each token', () => {
  assert.deepEqual(left({ repetition_penalty: 2 }, [2, 3, 2, 99]), [1, 2, 1.5, -8, 0.5]);
});

test('a row of tokens does not come twice', () => {
  assert.deepEqual(repeating([1, 2, 3, 1, 2], 3), [3]);
  assert.deepEqual(repeating([1, 2, 1, 3, 1], 2), [2, 3]);
  assert.deepEqual(repeating([4, 4], 1), [4, 4]);
  assert.deepEqual(repeating([1], 3), []);
  assert.deepEqual(left({ no_repeat_ngram_size: 2 }, [0, 2, 0]), [1, 2, none, -4, 0.5]);
});

test('a bad word of several tokens loses its last one where the others stand', () => {
  assert.deepEqual(completing([0, 1, 2], [[2, 3], [1, 2, 4], [3, 0], [1], [], [9, 9, 9, 9, 1]]), [3, 4, 1]);
});

test('an end does not come before the least length, counted with and without what was given', () => {
  const eos_token_id = [1, 2];
  assert.deepEqual(left({ eos_token_id, min_length: 3 }, [0, 0]), [1, none, none, -4, 0.5]);
  assert.deepEqual(left({ eos_token_id, min_length: 2 }, [0, 0]), Array.from(row));
  assert.deepEqual(left({ eos_token_id, min_new_tokens: 1 }, [0, 0], { given: 2 }), [1, none, none, -4, 0.5]);
});

test('forced tokens come where they belong and nowhere else', () => {
  const forced: RuleFields = { forced_bos_token_id: 3, forced_eos_token_id: [0, 4] };
  assert.deepEqual(left(forced, [7]), [none, none, none, 0, none]);
  assert.deepEqual(left(forced, [7, 7]), Array.from(row));
  assert.deepEqual(left(forced, [7, 7, 7], { total: 4 }), [0, none, none, none, 0]);
});

test('what may not begin may come later; a forced token is no beginning', () => {
  const fields: RuleFields = { begin_suppress_tokens: [2], suppress_tokens: [-1, 0] };
  assert.deepEqual(left(fields, [7]), [none, 2, none, -4, 0.5]);
  assert.deepEqual(left(fields, [7, 7]), [none, 2, 3, -4, 0.5]);
  const forced: RuleFields = { ...fields, forced_bos_token_id: 1 };
  assert.deepEqual(left(forced, [7]), [none, 0, none, none, none]);
  assert.deepEqual(left(forced, [7, 1]), [none, 2, none, -4, 0.5]);
  assert.deepEqual(left(forced, [7, 1], { given: 2 }), [none, 2, none, -4, 0.5]);
});

test('later rules take away what earlier ones force, as in transformers', () => {
  assert.deepEqual(
    left({ forced_bos_token_id: 3, suppress_tokens: [3] }, [7]),
    Array.from(row, () => none),
  );
  assert.deepEqual(left({ forced_bos_token_id: 3, bad_words_ids: [[3]] }, [7]), [none, none, none, 0, none]);
});

test('lengths: new tokens stand before all tokens, and neither may be said', () => {
  assert.equal(writingRules({ max_length: 9, max_new_tokens: 4 }).maxLength(3), 7);
  assert.equal(writingRules({ max_length: 9 }).maxLength(3), 9);
  assert.equal(writingRules({ max_new_tokens: null }).maxLength(3), null);
});

test('only what says something about drawing is a way to draw', () => {
  assert.deepEqual(writingRules({ temperature: 0.7, top_k: 20, top_p: 0.9 }).drawing, {
    temperature: 0.7,
    topK: 20,
    topP: 0.9,
  });
  assert.deepEqual(writingRules({ temperature: 0, top_k: 0, top_p: 1 }).drawing, {});
});
