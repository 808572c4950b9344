import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { createTokenizer } from '../../../src/core/text/tokenizer.ts';
import { assertRefused, isInTime, maxSeconds, outcomeOf } from './measured.ts';
import { added, encoding, model, nested, replace, tokenizer, whitespace, vocab } from './small-tokenizer.ts';

const tenfold = Array.from({ length: 12 }, () => replace('a', 'aaaaaaaaaa'));
const unigramOf = (token: string): unknown => ({
  type: 'Unigram',
  unk_id: 0,
  vocab: [['<unk>', 0], ...Array.from(token, (_, at) => [token.slice(0, at + 1), -1])],
});

/** What once took memory or time without end, or ended in an engine's own words. */
const hostile: readonly (readonly [string, () => unknown, RegExp])[] = [
  [
    'a normalizer that grows tenfold twelve times',
    encoding({ normalizer: { type: 'Sequence', normalizers: tenfold } }, 'a cat'),
    /^The normalizer Replace of the model “m” was stopped: it makes more than 2000\d\d characters of the text\./,
  ],
  [
    'one replacement by a megabyte for every character',
    encoding({ normalizer: replace(' ', 'x'.repeat(1_000_000)) }, ' '.repeat(1000)),
    /normalizer Replace .* characters of the text/,
  ],
  [
    'a normalizer of a hundred thousand stages',
    encoding(
      { normalizer: { type: 'Sequence', normalizers: Array.from({ length: 100_000 }, () => ({ type: 'NFC' })) } },
      'a'.repeat(100_000),
    ),
    /was stopped: it takes too many steps/,
  ],
  [
    'a pre-tokenizer of a hundred thousand stages',
    encoding(
      { pre_tokenizer: { type: 'Sequence', pretokenizers: Array.from({ length: 100_000 }, () => whitespace) } },
      'a '.repeat(100_000),
    ),
    /was stopped: it takes too many steps/,
  ],
  [
    'a prefix of a megabyte',
    encoding({ normalizer: { type: 'Prepend', prepend: 'x'.repeat(1_000_000) } }, 'a'),
    /prepend is too long \(1000000 characters\)/,
  ],
  [
    'a mark of a megabyte for every space',
    encoding({ pre_tokenizer: { type: 'Metaspace', replacement: 'x'.repeat(1_000_000) } }, ' '.repeat(1_000_000)),
    /replacement is too long \(1000000 characters\)/,
  ],
  [
    'normalizers nested 10,000 deep',
    encoding({ normalizer: nested(10_000, 'Sequence', 'normalizers', { type: 'NFC' }) }, 'a'),
    /components are nested more than 32 deep/,
  ],
  [
    'pre-tokenizers nested 10,000 deep',
    encoding({ pre_tokenizer: nested(10_000, 'Sequence', 'pretokenizers', whitespace) }, 'a'),
    /nested more than 32 deep/,
  ],
  [
    'post-processors nested 10,000 deep',
    encoding({ post_processor: nested(10_000, 'Sequence', 'processors', { type: 'ByteLevel' }) }, 'a'),
    /nested more than 32 deep/,
  ],
  [
    'decoders nested 10,000 deep',
    encoding({ decoder: nested(10_000, 'Sequence', 'decoders', { type: 'Fuse' }) }, 'a'),
    /nested more than 32 deep/,
  ],
  [
    'added tokens that a normalizer makes long',
    () =>
      tokenizer({
        normalizer: { type: 'Sequence', normalizers: tenfold.slice(0, 4) },
        added_tokens: Array.from({ length: 50_000 }, (_, at) => added(`a${at}`, { normalized: true })),
      }),
    /was stopped/,
  ],
  [
    'an added token of a megabyte',
    () => tokenizer({ added_tokens: [added('a'.repeat(1_000_000))] }),
    /content is too long \(1000000 characters\)/,
  ],
  [
    'an added blank that takes all blanks after it',
    encoding({ added_tokens: [added(' ', { rstrip: true })] }, ' '.repeat(300_000)),
    /list of added tokens .* was stopped/,
  ],
  [
    'an added token whose beginning the text repeats',
    encoding({ added_tokens: [added(`${'a'.repeat(9_000)}b`)] }, 'a'.repeat(300_000)),
    /list of added tokens .* was stopped/,
  ],
  [
    'a vocabulary whose tokens are long and alike',
    encoding({ model: unigramOf('a'.repeat(2000)) }, 'a'.repeat(300_000)),
    /vocabulary .* was stopped/,
  ],
  [
    'a token of a megabyte',
    encoding({ model: { ...model, vocab: { ...vocab, ['a'.repeat(1_000_000)]: 6 } } }, 'a'),
    /the token 6 is too long \(1000000 characters\)/,
  ],
  [
    'a merge that could part at a thousand blanks',
    encoding(
      { model: { type: 'BPE', vocab: { a: 0 }, merges: Array.from({ length: 2000 }, () => ' '.repeat(20_000)) } },
      'a',
    ),
    /larger than that of any known model|merge 0 is not a pair/,
  ],
  [
    'a layout that adds a million tokens',
    encoding(
      {
        post_processor: {
          type: 'TemplateProcessing',
          pair: [],
          single: Array.from({ length: 1000 }, () => ({ SpecialToken: { id: 'x', type_id: 0 } })),
          special_tokens: {
            x: { id: 'x', ids: Array.from({ length: 1000 }, () => 0), tokens: Array.from({ length: 1000 }, () => 'x') },
          },
        },
      },
      'a',
    ),
    /single adds more than 1024 tokens/,
  ],
  [
    'a layout that repeats the text',
    encoding(
      {
        post_processor: {
          type: 'TemplateProcessing',
          pair: [],
          special_tokens: {},
          single: Array.from({ length: 100_000 }, () => ({ Sequence: { id: 'A', type_id: 0 } })),
        },
      },
      'a',
    ),
    /adds more than 1024 tokens/,
  ],
  [
    'a regular expression that tries every way',
    encoding(
      { pre_tokenizer: { type: 'Split', pattern: { Regex: '(?:a+)+$' }, behavior: 'Isolated', invert: false } },
      `${'a'.repeat(60)}b`,
    ),
    /^The pre-tokenizer Split of the model “m” was stopped: its regular expression does not come to an end\./,
  ],
  [
    'a regular expression in a normalizer that tries every way',
    encoding({ normalizer: { type: 'Replace', pattern: { Regex: '(a|aa)+$' }, content: '' } }, `${'a'.repeat(90)}b`),
    /normalizer Replace .* does not come to an end/,
  ],
  [
    'groups nested 100,000 deep',
    encoding(
      {
        pre_tokenizer: { type: 'Split', pattern: { Regex: '('.repeat(2000) + ')'.repeat(2000) }, behavior: 'Isolated' },
      },
      'a',
    ),
    /regular expression/,
  ],
  [
    'brackets nested 2,000 deep',
    encoding(
      {
        pre_tokenizer: {
          type: 'Split',
          pattern: { Regex: '['.repeat(2000) + 'a' + ']'.repeat(2000) },
          behavior: 'Isolated',
        },
      },
      'a',
    ),
    /regular expression/,
  ],
  [
    'a regular expression of a megabyte',
    encoding({ pre_tokenizer: { type: 'Split', pattern: { Regex: 'a?'.repeat(500_000) }, behavior: 'Isolated' } }, 'a'),
    /a regular expression of 1000000 characters/,
  ],
  [
    'a property that is called like a part of every object',
    encoding({ pre_tokenizer: { type: 'Split', pattern: { Regex: '\\p{constructor}' }, behavior: 'Isolated' } }, 'a'),
    /regular expression \\p\{constructor\}/,
  ],
  [
    'a special token that is called like a part of every object',
    encoding(
      {
        post_processor: {
          type: 'TemplateProcessing',
          pair: [],
          single: [{ SpecialToken: { id: 'constructor', type_id: 0 } }],
          special_tokens: {},
        },
      },
      'a',
    ),
    /special_tokens\.constructor: an object is expected/,
  ],
  [
    'a decoder that doubles forty times',
    () =>
      tokenizer({
        decoder: { type: 'Sequence', decoders: Array.from({ length: 40 }, () => ({ type: 'BPEDecoder', suffix: '' })) },
      }).decode([3, 4, 5]),
    /decoder BPEDecoder .* was stopped/,
  ],
  [
    'a decoder that writes a megabyte for every character',
    () => tokenizer({ decoder: replace('a', 'x'.repeat(1_000_000)) }).decode([3, 4, 5]),
    /decoder Replace .* was stopped/,
  ],
];

/** A regular expression is timed, and a busy machine may have to begin twice. */
const timed = /does not come to an end/;
for (const [name, action, form] of hostile) {
  test(`${name}: refused in time`, () =>
    assertRefused(action, form, timed.test(form.source) ? 2 * maxSeconds : maxSeconds));
}

test('a starter with two hundred thousand marks is composed without an overflow', () => {
  const text = `a${'\u0323\u0301'.repeat(100_000)}`;
  const { refused, seconds } = outcomeOf(() =>
    tokenizer({ normalizer: { type: 'NFC' }, pre_tokenizer: null }).encode(text),
  );
  assert.equal(refused, null);
  assert.ok(isInTime(seconds), `${seconds} s`);
});

test('an ordinary text of a megabyte is far from the bounds', () => {
  const text = 'The cat that was hungry ate a fish; その猫は魚を食べた。 '.repeat(20_000);
  const plain = tokenizer({
    normalizer: {
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: null,
      lowercase: true,
    },
    pre_tokenizer: {
      type: 'Sequence',
      pretokenizers: [
        { type: 'Split', pattern: { Regex: '\\s+|\\p{Han}' }, behavior: 'Isolated', invert: false },
        { type: 'BertPreTokenizer' },
      ],
    },
  });
  assert.ok(plain.encode(text).tokens.length > 100_000);
});

const odd = join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'data', 'odd');
for (const [folder, form] of [
  [
    'normalizer-that-grows',
    /^The normalizer Replace of the model “normalizer-that-grows” was stopped: it makes more than \d+ characters/,
  ],
  [
    'special-id-negative',
    /^The file tokenizer\.json of the model “special-id-negative” cannot be read: .*the id of \[CLS\] is -5/,
  ],
] as const) {
  const file = join(odd, folder, 'tokenizer.json');
  test(
    `odd/${folder} is refused by name`,
    { skip: existsSync(file) ? false : '../shared/data/odd is not on this machine' },
    () => {
      assertRefused(
        () => createTokenizer(folder, JSON.parse(readFileSync(file, 'utf8'))).encode('the cat ate a fish'),
        form,
      );
    },
  );
}
