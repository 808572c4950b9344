import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTokenizer } from '../../../src/core/text/tokenizer.ts';
import { labelOf } from '../../../src/core/text/label.ts';
import { weightBetween, wordsOf, wordWeights } from '../../../src/core/text/words.ts';
import { fixtures } from './support/fixtures.ts';
import { contestFrom } from './support/oracle.ts';
import { hardTexts } from './support/texts.ts';

function fixture(name: string): unknown {
  const found = fixtures.find((candidate) => candidate.name === name);
  assert.ok(found, name);
  return found.json;
}

test('words are those of the original library wherever there is a pre-tokenizer', async () => {
  for (const { name, json } of fixtures.filter(({ json }) => json.pre_tokenizer !== null && json.added_tokens instanceof Array && json.added_tokens.length === 0 && !JSON.stringify(json.pre_tokenizer).includes('"split":false'))) {
    const contest = contestFrom(name, JSON.stringify(json));
    for (const text of hardTexts) {
      const words = wordsOf(contest.ours.encode(text).tokens).map((word) => word.end);
      const numbers = (await contest.library.encode(text)).getWordIds();
      const expected = numbers.flatMap((number, at) => (at + 1 === numbers.length || typeof number !== 'number' || number !== numbers[at + 1] ? [at + 1] : []));
      assert.deepEqual(words, expected, `${name} ${JSON.stringify(text)}`);
    }
  }
});

test('without a pre-tokenizer, whitespace begins a word', () => {
  const tokenizer = createTokenizer('fixture', fixture('normalizer Sequence like Llama'));
  const text = 'Attention is 日本 all';
  const { tokens } = tokenizer.encode(text);
  const words = wordsOf(tokens).map(({ first, end }) => text.slice(tokens[first]?.start, tokens[end - 1]?.end));
  assert.deepEqual(words, ['Attention', ' is', ' 日本', ' all']);
});

test('attention to words: sum over key pieces, mean over query pieces, rows still sum to 1', () => {
  const words = [{ first: 0, end: 1 }, { first: 1, end: 3 }];
  const weights = [0.5, 0.25, 0.25, 0.25, 0.5, 0.25, 0.75, 0, 0.25];
  assert.deepEqual([...wordWeights(weights, words, words)], [0.5, 0.5, 0.5, 0.5]);
  assert.equal(weightBetween(weights, 3, { first: 1, end: 3 }, { first: 0, end: 1 }), 0.5);
  assert.throws(() => wordWeights([1, 2], words, words), RangeError);
});

test('labels show characters, never the marks of a vocabulary', () => {
  for (const { name, json } of fixtures.filter(({ name }) => /^(model|post-processor)/.test(name))) {
    const tokenizer = createTokenizer(name, json);
    for (const text of ['Naïve ﬁancée 😀👩‍👩‍👧 e\u0301 İstanbul 日本語 مرحبا\r\n\tend  ', 'antidisestablishment they\'re']) {
      const sequence = { text, tokens: tokenizer.encode(text).tokens };
      for (const token of sequence.tokens) assert.doesNotMatch(labelOf(sequence, token), /^$|##|[ĠĊ▁\ufffd\n\r\t]/u, `${name} ${token.text}`);
    }
  }
});

test('labels of special cases', () => {
  const token = (text: string, start: number, end: number) => ({ id: 0, text, start, end, special: false, word: 0, segment: 0 as const });
  const sequence = { text: 'a \r\nb\t', tokens: [] };
  assert.equal(labelOf(sequence, token('Ċ', 2, 4)), '⏎');
  assert.equal(labelOf(sequence, token('Ġ', 1, 2)), '␣');
  assert.equal(labelOf(sequence, token('▁b', 4, 6)), 'b⇥');
  assert.equal(labelOf(sequence, token('##ing', 0, 0)), 'ing');
  assert.equal(labelOf(sequence, { ...token('[CLS]', 0, 0), special: true, word: null }), '[CLS]');
});

test('labels of tokens without characters that can be shown: bytes repaired, never a vocabulary’s mark or U+FFFD', () => {
  const token = (text: string, start: number, end: number) => ({ id: 0, text, start, end, special: false, word: 0, segment: 0 as const });
  const sequence = { text: '\ufffd\ud83d\uffff', tokens: [] };
  assert.equal(labelOf(sequence, token('Ã©', 0, 0)), 'é');
  assert.equal(labelOf(sequence, token('ðŁĺ', 0, 1)), '<0xF0><0x9F><0x98>');
  assert.equal(labelOf(sequence, token('Ġð', 0, 1)), '<0x20><0xF0>');
  assert.equal(labelOf(sequence, token('<0xF0>', 0, 1)), '<0xF0>');
  assert.equal(labelOf(sequence, token('\ufffd', 0, 1)), '·');
  assert.equal(labelOf(sequence, token('▁\ufffd', 1, 2)), '·');
  assert.equal(labelOf(sequence, token('ï¿½', 0, 1)), '·');
  assert.equal(labelOf(sequence, token('⁇', 1, 2)), '⁇');
  assert.equal(labelOf(sequence, token('Ġ', 0, 0)), '␣');
  const invisible = { text: 'e\u0301\u200d', tokens: [] };
  assert.equal(labelOf(invisible, token('Ìģ', 1, 2)), '◌\u0301');
  assert.equal(labelOf(invisible, token('e', 0, 2)), 'e\u0301');
  assert.equal(labelOf(invisible, token('âĢį', 2, 3)), 'U+200D');
});
