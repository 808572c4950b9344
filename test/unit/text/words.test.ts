import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTokenizer } from '../../../src/core/text/tokenizer.ts';
import { labelOf } from '../../../src/core/text/label.ts';
import { writtenText } from '../../../src/core/text/written.ts';
import { weightBetween, wordsOf, wordWeights } from '../../../src/core/text/words.ts';
import { fixtures } from './support/fixtures.ts';
import { contestFrom } from './support/oracle.ts';
import { hardTexts } from './support/texts.ts';

function fixture(name: string): unknown {
  const found = fixtures.find((candidate) => candidate.name === name);
  assert.ok(found, name);
  return found.json;
}

test('words are those of the original library wherever there is a pre-tokenizer; only what holds whitespace is parted further', async () => {
  let parted = 0;
  for (const { name, json } of fixtures.filter(
    ({ json }) => json.pre_tokenizer !== null && json.added_tokens instanceof Array && json.added_tokens.length === 0,
  )) {
    const contest = contestFrom(name, JSON.stringify(json));
    for (const text of hardTexts) {
      const { tokens } = contest.ours.encode(text);
      const words = new Set(wordsOf(tokens).map((word) => word.end));
      const numbers = (await contest.library.encode(text)).getWordIds();
      const expected = numbers.flatMap((number, at) =>
        at + 1 === numbers.length || typeof number !== 'number' || number !== numbers[at + 1] ? [at + 1] : [],
      );
      for (const [at, end] of expected.entries()) {
        const begin = expected[at - 1] ?? 0;
        const inside = Array.from({ length: end - begin - 1 }, (_, index) => begin + 1 + index).filter((place) =>
          words.has(place),
        );
        const characters = text.slice(
          tokens[begin]?.start,
          Math.max(...tokens.slice(begin, end).map((token) => token.end)),
        );
        assert.ok(
          words.has(end) && (inside.length === 0 || /\S\s|\s.*\S/su.test(characters)),
          `${name} ${JSON.stringify(text)} ${JSON.stringify(characters)}`,
        );
        parted += inside.length;
      }
    }
  }
  assert.ok(parted > 0, 'some pre-tokenizers leave whitespace inside');
});

/** A BPE tokenizer with these entries, longer ones merged of their halves; spaces are ▁ as in Gemma. */
function gemma(...entries: readonly string[]): ReturnType<typeof createTokenizer> {
  const letters = [...new Set(entries.join(''))];
  const merges = entries
    .map((entry) => Array.from(entry))
    .flatMap((own) => own.slice(1).map((letter, at): [string, string] => [own.slice(0, at + 1).join(''), letter]));
  const all = [...new Set(['<unk>', ...letters, ...merges.map((pair) => pair.join(''))])];
  return createTokenizer('gemma', {
    normalizer: { type: 'Replace', pattern: { String: ' ' }, content: '▁' },
    pre_tokenizer: { type: 'Split', pattern: { String: ' ' }, behavior: 'MergedWithPrevious', invert: false },
    decoder: {
      type: 'Sequence',
      decoders: [{ type: 'Replace', pattern: { String: '▁' }, content: ' ' }, { type: 'Fuse' }],
    },
    model: { type: 'BPE', unk_token: '<unk>', vocab: Object.fromEntries(all.map((entry, id) => [entry, id])), merges },
  });
}

/** The words of a text, each as the tokens that it has. */
function partsOf(tokenizer: ReturnType<typeof createTokenizer>, text: string): string[] {
  const { tokens } = tokenizer.encode(text);
  return wordsOf(tokens).map(({ first, end }) =>
    tokens
      .slice(first, end)
      .map((token) => text.slice(token.start, token.end))
      .join('|'),
  );
}

const layouts: readonly {
  readonly name: string;
  readonly entries: readonly string[];
  readonly text: string;
  readonly words: readonly string[];
}[] = [
  {
    name: 'pieces that begin with their space',
    entries: ['the', '▁c', '▁ate'],
    text: 'the cat ate',
    words: ['the', ' c|a|t', ' ate'],
  },
  {
    name: 'a space that is a piece of its own',
    entries: ['the', 'cat', '▁'],
    text: 'the cat',
    words: ['the', ' |cat'],
  },
  {
    name: 'pieces that end with their space',
    entries: ['the▁', 'cat▁', 'ate'],
    text: 'the cat ate',
    words: ['the ', 'cat ', 'ate'],
  },
  {
    name: 'a piece with a space in the middle goes with the words that it holds',
    entries: ['▁of▁the', 'out', 're', '▁cat'],
    text: 'out of there cat',
    words: ['out', ' of the|re', ' cat'],
  },
  {
    name: 'a piece that ends one word and begins the next',
    entries: ['t▁of', 'ou', '▁cat'],
    text: 'out of cat',
    words: ['ou|t of', ' cat'],
  },
  { name: 'several spaces', entries: ['a', '▁▁', '▁b', 'b'], text: 'a   b', words: ['a', '  ', ' b'] },
  {
    name: 'a run of spaces in several pieces is one word',
    entries: ['a', '▁▁', 'b'],
    text: 'a    b',
    words: ['a', '  |  ', 'b'],
  },
  {
    name: 'line breaks are words of their own',
    entries: ['a', 'b', '▁c'],
    text: 'a\n\nb c',
    words: ['a', '\n|\n', 'b', ' c'],
  },
  {
    name: 'a tab and other blanks part words',
    entries: ['a', 'b'],
    text: 'a\tb\u00a0a\u3000b',
    words: ['a', '\t|b', '\u00a0|a', '\u3000|b'],
  },
  { name: 'marks stay with their word', entries: ['cat', '▁ate'], text: 'cat, ate.', words: ['cat|,', ' ate|.'] },
  {
    name: 'without spaces there is one word, whatever the script',
    entries: ['今天'],
    text: '今天天气 今天',
    words: ['今天|天|气', ' |今天'],
  },
  { name: 'pieces of one character never part', entries: ['a'], text: 'a😀 a', words: ['a|😀', ' |a'] },
  { name: 'blanks at both ends', entries: ['a'], text: ' a ', words: [' |a', ' '] },
];

for (const { name, entries, text, words } of layouts) {
  test(`words where the pre-tokenizer leaves spaces: ${name}`, () => {
    const joined = gemma(...entries, '\n', '\t', '\u00a0', '\u3000', '😀', ',', '.', '天', '气');
    assert.deepEqual(partsOf(joined, text), words);
  });
}

test('the words of a text that a model wrote part alike', () => {
  const tokenizer = gemma('the', '▁cat', '▁of▁the', '▁ate');
  const id = (token: string): number => tokenizer.idOf(token) ?? -1;
  const ids = ['▁of▁the', 'c', 'a', 't', '▁ate', '▁', 'a'].map(id);
  const { text, tokens } = writtenText(tokenizer, [id('the')], ids);
  const words = wordsOf(tokens).map(({ first, end }) => text.slice(tokens[first]?.start, tokens[end - 1]?.end));
  assert.deepEqual(words, [' of thecat', ' ate', ' a']);
});

test('without a pre-tokenizer, whitespace begins a word', () => {
  const tokenizer = createTokenizer('fixture', fixture('normalizer Sequence like Llama'));
  const text = 'Attention is 日本 all';
  const { tokens } = tokenizer.encode(text);
  const words = wordsOf(tokens).map(({ first, end }) => text.slice(tokens[first]?.start, tokens[end - 1]?.end));
  assert.deepEqual(words, ['Attention', ' is', ' 日本', ' all']);
});

test('attention to words: sum over key pieces, mean over query pieces, rows still sum to 1', () => {
  const words = [
    { first: 0, end: 1 },
    { first: 1, end: 3 },
  ];
  const weights = [0.5, 0.25, 0.25, 0.25, 0.5, 0.25, 0.75, 0, 0.25];
  assert.deepEqual([...wordWeights(weights, words, words)], [0.5, 0.5, 0.5, 0.5]);
  assert.equal(weightBetween(weights, 3, { first: 1, end: 3 }, { first: 0, end: 1 }), 0.5);
  assert.throws(() => wordWeights([1, 2], words, words), RangeError);
});

test('labels show characters, never the marks of a vocabulary', () => {
  for (const { name, json } of fixtures.filter(({ name }) => /^(model|post-processor)/.test(name))) {
    const tokenizer = createTokenizer(name, json);
    for (const text of ['Naïve ﬁancée 😀👩‍👩‍👧 e\u0301 İstanbul 日本語 مرحبا\r\n\tend  ', "antidisestablishment they're"]) {
      const sequence = { text, tokens: tokenizer.encode(text).tokens };
      for (const token of sequence.tokens)
        assert.doesNotMatch(labelOf(sequence, token), /^$|##|[ĠĊ▁\ufffd\n\r\t]/u, `${name} ${token.text}`);
    }
  }
});

test('labels of special cases', () => {
  const token = (text: string, start: number, end: number) => ({
    id: 0,
    text,
    start,
    end,
    special: false,
    word: 0,
    segment: 0 as const,
  });
  const sequence = { text: 'a \r\nb\t', tokens: [] };
  assert.equal(labelOf(sequence, token('Ċ', 2, 4)), '⏎');
  assert.equal(labelOf(sequence, token('Ġ', 1, 2)), '␣');
  assert.equal(labelOf(sequence, token('▁b', 4, 6)), 'b⇥');
  assert.equal(labelOf(sequence, token('##ing', 0, 0)), 'ing');
  assert.equal(labelOf(sequence, { ...token('[CLS]', 0, 0), special: true, word: null }), '[CLS]');
});

test('labels of tokens without characters that can be shown: bytes repaired, never a vocabulary’s mark or U+FFFD', () => {
  const token = (text: string, start: number, end: number) => ({
    id: 0,
    text,
    start,
    end,
    special: false,
    word: 0,
    segment: 0 as const,
  });
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
