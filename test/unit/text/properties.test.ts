import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AttentionError } from '../../../src/core/errors/reason.ts';
import { createTokenizer } from '../../../src/core/text/tokenizer.ts';
import { fixtures } from './support/fixtures.ts';
import { contestFrom } from './support/oracle.ts';
import { generatedText, hardTexts, randomSource } from './support/texts.ts';

/** Components that take characters away, or whose pieces do not cover the text. */
const removing =
  /Bert|StripAccents|Strip |Nmt|Replace (string|away|regex)|charsmap|Precompiled|XLNet|Albert|Removed|CharDelimiter|UnicodeScripts|scripts|model (characters|fused|whole|oldMerges|unigram)/;

/**
 * Everything but spaces; composition leaves a character the range of its first part, so marks and jamo may be missing
 * then.
 */
function essence(text: string, name: string): string {
  const composed = /NFK?C/.test(name);
  return text.replace(composed ? /[\s\u0085\p{M}\u1100-\u11ff\uff9e\uff9f]/gu : /[\s\u0085]/gu, '');
}

for (const { name, json } of fixtures) {
  test(`${name}: ranges lie in the text, in order, and miss nothing but spaces`, () => {
    const tokenizer = createTokenizer(name, json);
    const random = randomSource(name.length + 1);
    for (const text of [...hardTexts, ...Array.from({ length: 40 }, () => generatedText(random, 10))]) {
      let before = 0;
      let covered = '';
      let reached = 0;
      for (const token of tokenizer
        .encode(text)
        .tokens.filter((candidate) => candidate.word !== null || candidate.start !== candidate.end)) {
        assert.ok(
          token.start <= token.end && token.end <= text.length && token.start >= before,
          `${JSON.stringify(text)} ${token.start}-${token.end} after ${before}`,
        );
        before = token.start;
        covered += text.slice(Math.max(reached, token.start), token.end);
        reached = Math.max(reached, token.end);
      }
      if (removing.test(name)) continue;
      assert.equal(essence(covered, name), essence(text, name), JSON.stringify(text));
    }
  });
}

test('maxTokens keeps the special tokens and cuts like the original library', async () => {
  for (const { name, json } of fixtures.filter((fixture) => fixture.name.startsWith('post-processor'))) {
    const contest = contestFrom(name, JSON.stringify(json));
    for (const pair of [undefined, 'a pair', 'a much longer pair of texts, longer than the first']) {
      for (const maxTokens of [8, 9, 14, 21, 400]) {
        const text = 'The attention of a transformer';
        const { tokens, analysedTo } = contest.ours.encode(
          text,
          pair === undefined ? { maxTokens } : { pair, maxTokens },
        );
        const special = tokens.filter((token) => token.special).length;
        // The library stops reading both texts early and then no longer knows which was longer: who gets the odd token
        // is chance.
        if (pair === undefined || (maxTokens - special) % 2 === 0) {
          contest.library.setTruncation(maxTokens);
          assert.deepEqual(
            tokens.map((token) => token.id),
            (await contest.library.encode(text, pair)).getIds(),
            `${name} ${maxTokens} ${pair}`,
          );
        }
        const all = contest.ours
          .encode(text, pair === undefined ? {} : { pair })
          .tokens.filter((token) => !token.special && token.segment === 0);
        const kept = tokens.filter((token) => !token.special && token.segment === 0);
        assert.equal(analysedTo, kept.length < all.length ? kept.at(-1)?.end : undefined);
      }
    }
  }
});

test('an unknown component is refused by name, a broken file with its place', () => {
  const model = { type: 'WordLevel', vocab: { a: 0 }, unk_token: 'a' };
  const reasonOf = (json: unknown): unknown => {
    try {
      createTokenizer('m', json);
    } catch (thrown) {
      assert.ok(thrown instanceof AttentionError);
      return thrown.reason;
    }
    return undefined;
  };
  for (const [json, component] of [
    [{ model, normalizer: { type: 'Odd' } }, 'normalizer Odd'],
    [{ model, pre_tokenizer: { type: 'Sequence', pretokenizers: [{ type: 'Odd' }] } }, 'pre-tokenizer Odd'],
    [{ model: { type: 'Odd' } }, 'model Odd'],
    [{ model, post_processor: { type: 'Odd' } }, 'post-processor Odd'],
    [{ model, decoder: { type: 'Odd' } }, 'decoder Odd'],
    [
      { model, pre_tokenizer: { type: 'Split', pattern: { Regex: '(a)\\1' }, behavior: 'Isolated', invert: false } },
      'regular expression (a)\\1',
    ],
  ] as const) {
    assert.deepEqual(reasonOf(json), { code: 'tokenizer-unsupported', model: 'm', component });
  }
  for (const json of [
    null,
    [],
    'text',
    {},
    { model: { ...model, vocab: { a: 'b' } } },
    { model, added_tokens: [{ id: 1 }] },
    { model: { type: 'Unigram', vocab: [['a']] } },
    { model: { type: 'BPE', vocab: { a: 0 }, merges: ['a b'] } },
    { model, normalizer: { type: 'Precompiled', precompiled_charsmap: '!!' } },
  ]) {
    assert.equal(Reflect.get(Object(reasonOf(json)), 'code'), 'model-file-invalid', JSON.stringify(json));
  }
});
