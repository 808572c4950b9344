import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as v from 'valibot';
import type { WritingRules } from '../../../src/core/prediction/rules/writing-rules.ts';
import { configSchema, generationSchema } from '../../../src/engine/config/config.ts';
import { mergedRules } from '../../../src/engine/config/writing-config.ts';

function rules(config: object, generation: object | null = null): WritingRules {
  return mergedRules(v.parse(configSchema, config), generation && v.parse(generationSchema, generation));
}

test('generation_config.json stands before config.json, and config.json counts where it says nothing', () => {
  assert.deepEqual(rules({ suppress_tokens: [1], min_length: 2 }, { suppress_tokens: [3] }).never, [3]);
  assert.equal(rules({ suppress_tokens: [1], min_length: 2 }, { suppress_tokens: [3] }).minLength, 2);
  assert.equal(rules({ no_repeat_ngram_size: 3 }).noRepeat, 3);
});

test('a field that is null takes the rule of the other file away', () => {
  assert.equal(rules({ forced_bos_token_id: 4 }, { forced_bos_token_id: null }).forcedFirst, null);
  assert.deepEqual([...rules({ eos_token_id: 4 }, { eos_token_id: null }).ends], []);
});

test('parts of config.json stand before what is beside them', () => {
  assert.deepEqual([...rules({ eos_token_id: 1, text_config: { eos_token_id: [2, 3] } }).ends], [2, 3]);
  assert.equal(rules({ decoder: { min_length: 5 }, min_length: 2 }).minLength, 5);
  assert.equal(rules({ decoder: 'lstm', min_length: 2 }).minLength, 2);
});

test('an id may stand in a list of one, and a list of ids may be a single one', () => {
  const { start, forcedFirst, forcedLast, never, neverFirst, badWords } = rules(
    {},
    {
      decoder_start_token_id: [7],
      forced_bos_token_id: [8],
      forced_eos_token_id: 2,
      suppress_tokens: 5,
      begin_suppress_tokens: 6,
      bad_words_ids: [[1, 2], 3],
    },
  );
  assert.deepEqual(
    { start, forcedFirst, forcedLast, never, neverFirst, badWords },
    {
      start: 7,
      forcedFirst: 8,
      forcedLast: [2],
      never: [5],
      neverFirst: [6],
      badWords: [[1, 2], [3]],
    },
  );
});

test('the start is the decoder’s own, else the one of any text', () => {
  assert.equal(rules({ bos_token_id: 1 }, { decoder_start_token_id: 2 }).start, 2);
  assert.equal(rules({ bos_token_id: 1 }).start, 1);
  assert.equal(rules({}, { bos_token_id: [0] }).start, 0);
  assert.equal(rules({}).start, null);
});

test('what is no rule is refused by name', () => {
  for (const [name, value] of Object.entries({
    forced_bos_token_id: [1, 2],
    eos_token_id: -3,
    repetition_penalty: 0,
    max_length: 'long',
    bad_words_ids: 4,
  })) {
    const parsed = v.safeParse(generationSchema, { [name]: value });
    assert.equal(parsed.issues?.[0].path?.[0].key, name);
  }
});
