import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { unitSequence } from '../../../src/core/attention/unit-sequence.ts';
import { wordsOf as documentWords } from '../../../src/core/document/words.ts';
import { cutSentences, cutsOf } from '../../../src/core/text/cut-words.ts';
import type { Sequence } from '../../../src/core/text/token.ts';
import { createTokenizer, type EncodeOptions, type Tokenizer } from '../../../src/core/text/tokenizer.ts';
import {
  markedLabelOf,
  unknownNames,
  unknownSentences,
  unknownTitle,
  unknownWordsOf,
} from '../../../src/core/text/unknown-words.ts';
import { cutCaptions } from '../../../webview/sentence/cut.ts';
import { partsOf } from '../../../webview/sentence/parts.ts';

const special = (content: string, id: number) => ({
  id,
  content,
  special: true,
  single_word: false,
  lstrip: false,
  rstrip: false,
  normalized: false,
});
const template = {
  type: 'TemplateProcessing',
  single: [{ SpecialToken: { id: '[CLS]', type_id: 0 } }, { Sequence: { id: 'A', type_id: 0 } }],
  pair: [
    { SpecialToken: { id: '[CLS]', type_id: 0 } },
    { Sequence: { id: 'A', type_id: 0 } },
    { SpecialToken: { id: '[SEP]', type_id: 0 } },
    { Sequence: { id: 'B', type_id: 1 } },
  ],
  special_tokens: {
    '[CLS]': { id: '[CLS]', ids: [1], tokens: ['[CLS]'] },
    '[SEP]': { id: '[SEP]', ids: [2], tokens: ['[SEP]'] },
  },
};
const vocab = { '[UNK]': 0, '[CLS]': 1, '[SEP]': 2, the: 3, cat: 4, ate: 5, '.': 6, un: 7, '##kind': 8 };
const added = [special('[UNK]', 0), special('[CLS]', 1), special('[SEP]', 2)];
const pieces = createTokenizer('pieces', {
  model: {
    type: 'WordPiece',
    vocab,
    unk_token: '[UNK]',
    continuing_subword_prefix: '##',
    max_input_chars_per_word: 20,
  },
  pre_tokenizer: { type: 'BertPreTokenizer' },
  post_processor: template,
  added_tokens: added,
});

function sequenceOf(tokenizer: Tokenizer, text: string, options: EncodeOptions = {}): Sequence {
  const { tokens, analysedTo, pairAnalysedTo } = tokenizer.encode(text, options);
  return {
    text,
    tokens,
    ...(options.pair === undefined ? {} : { pair: options.pair }),
    ...(analysedTo === undefined ? {} : { analysedTo }),
    ...(pairAnalysedTo === undefined ? {} : { pairAnalysedTo }),
  };
}

const rest = (sequence: Sequence): string[] =>
  partsOf(sequence).flatMap(({ kind, text }) => (kind === 'rest' ? [text] : []));

describe('a pair that is too long', () => {
  const long = 'the cat ate the cat';

  it('knows of either text where it was cut', () => {
    const second = sequenceOf(pieces, 'the cat', { pair: long, maxTokens: 6 });
    assert.deepEqual([second.analysedTo, second.pairAnalysedTo], [undefined, 'the cat'.length]);
    assert.deepEqual(rest(second), [' ate the cat']);
    const first = sequenceOf(pieces, long, { pair: 'the cat', maxTokens: 6 });
    assert.deepEqual([first.analysedTo, first.pairAnalysedTo], ['the cat'.length, undefined]);
    const both = sequenceOf(pieces, long, { pair: long, maxTokens: 6 });
    assert.deepEqual(cutsOf(both), [
      { segment: 0, to: 7, length: 19 },
      { segment: 1, to: 7, length: 19 },
    ]);
    assert.deepEqual(rest(both), [' ate the cat', ' ate the cat']);
    assert.deepEqual(cutsOf(sequenceOf(pieces, 'the cat', { pair: 'the cat', maxTokens: 6 })), []);
  });

  it('is told text by text, in a terminal and in the panel', () => {
    const both = sequenceOf(pieces, long, { pair: long, maxTokens: 6 });
    assert.deepEqual(cutSentences([both]), [
      'Only the first 7 of 19 characters of the first text were analysed.',
      'Only the first 7 of 19 characters of the second text were analysed.',
    ]);
    assert.deepEqual(cutCaptions(both, both.tokens), [
      'The first 2 tokens of the first text were analysed. Not analysed: the last 12 characters, shown dim (the text is longer than the model accepts).',
      'The first 2 tokens of the second text were analysed. Not analysed: the last 12 characters, shown dim (the text is longer than the model accepts).',
    ]);
    const alone: Sequence = { text: 'ab', tokens: [], analysedTo: 1 };
    assert.deepEqual(cutSentences([alone]), ['Only the first of 2 characters was analysed.']);
    assert.deepEqual(cutSentences([{ text: 'x', tokens: [] }, alone]), [
      'Only the first of 2 characters of the target was analysed.',
    ]);
    assert.match(cutCaptions(alone, [])[0] ?? '', /Not analysed: the last character, shown dim \(/u);
  });

  it('of which nothing was taken, or which is shown alone, keeps its rest', () => {
    const none: Sequence = { ...sequenceOf(pieces, 'the', { maxTokens: 2 }), pair: 'cat', pairAnalysedTo: 0 };
    assert.deepEqual(rest(none), ['cat']);
    assert.deepEqual(cutSentences([none]), ['None of the 3 characters of the second text was analysed.']);
    const both = sequenceOf(pieces, long, { pair: long, maxTokens: 6 });
    const units = both.tokens.flatMap((token, first) =>
      token.segment === 1 && !token.special ? [{ first, end: first + 1, at: first }] : [],
    );
    assert.equal(unitSequence(both, units).analysedTo, 7);
  });
});

describe('words that a model does not know', () => {
  it('are marked by the token that stands for them, with their own characters', () => {
    const sequence = sequenceOf(pieces, 'the wyvern ate unkind [UNK].');
    assert.deepEqual(
      sequence.tokens.map((token) => markedLabelOf(sequence, token)),
      ['[CLS]', 'the', 'wyvern [UNK]', 'ate', 'un', 'kind', '[UNK]', '.'],
    );
    assert.deepEqual(
      sequence.tokens.flatMap((token, index) => (token.unknown ? [index] : [])),
      [2],
      'what is written as [UNK] is known',
    );
    assert.equal(unknownTitle(sequence.tokens[2] ?? { text: '' }), 'unknown to this model: read as [UNK]');
    assert.equal(documentWords(sequence)[2]?.unknown, '[UNK]');
    assert.equal(documentWords(sequence)[1]?.unknown, undefined);
  });

  it('are counted by words, punctuation left out', () => {
    const sequence = sequenceOf(pieces, 'qi zu wyvern, the cat xx ate yy the.');
    // The comma is not in this vocabulary: what is unknown counts, whatever it is.
    assert.deepEqual(unknownWordsOf(sequence), {
      words: 10,
      unknown: 6,
      partly: 0,
      labels: ['qi', 'zu', 'wyvern', ',', 'xx', 'yy'],
    });
    assert.deepEqual(unknownSentences([sequence]), [
      '6 of 10 words are unknown to this model: it reads [UNK] in their place.',
    ]);
    assert.equal(unknownNames([sequence]), '“qi”, “zu”, “wyvern”, “,”, “xx” and “yy”');
    assert.deepEqual(unknownSentences([sequenceOf(pieces, 'wyvern')]), [
      '1 of 1 word is unknown to this model: it reads [UNK] in its place.',
    ]);
    assert.deepEqual(unknownSentences([sequenceOf(pieces, 'the cat.')]), []);
    assert.deepEqual(unknownSentences([sequenceOf(pieces, 'the cat'), sequenceOf(pieces, 'el gato')]), [
      '2 of 2 words of the target are unknown to this model: it reads [UNK] in their place.',
    ]);
    assert.deepEqual(unknownSentences([sequenceOf(pieces, 'the qi', { pair: 'cat zu ate' })]), [
      '2 of 5 words are unknown to this model: it reads [UNK] in their place.',
    ]);
  });

  it('may be unknown in part', () => {
    const unigram = createTokenizer('unigram', {
      model: {
        type: 'Unigram',
        unk_id: 0,
        vocab: [
          ['<unk>', 0],
          ['▁', -2],
          ['▁caf', -1],
          ['▁the', -1],
        ],
      },
      pre_tokenizer: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always' },
    });
    const sequence = sequenceOf(unigram, 'the café');
    assert.deepEqual(
      sequence.tokens.map((token) => markedLabelOf(sequence, token)),
      ['the', 'caf', 'é <unk>'],
    );
    assert.deepEqual(unknownSentences([sequence]), [
      '1 of 2 words is partly unknown to this model: it reads <unk> in its place.',
    ]);
    const word = unitSequence(sequence, [
      { first: 0, end: 1, at: 0 },
      { first: 1, end: 3, at: 1 },
    ]);
    assert.deepEqual(
      word.tokens.map(({ unknown }) => unknown),
      [undefined, true],
    );
  });

  it('are not those that are read byte by byte', () => {
    const bytes = Object.fromEntries(
      Array.from({ length: 256 }, (_, byte) => [`<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`, byte + 2]),
    );
    const fallback = createTokenizer('bytes', {
      model: {
        type: 'BPE',
        vocab: { '<unk>': 0, a: 1, ...bytes },
        merges: [],
        unk_token: '<unk>',
        byte_fallback: true,
      },
    });
    const sequence = sequenceOf(fallback, 'aé');
    assert.equal(sequence.tokens.length, 3);
    assert.deepEqual(unknownWordsOf(sequence).unknown, 0);
    const plain = createTokenizer('plain', {
      model: { type: 'BPE', vocab: { '<unk>': 0, a: 1 }, merges: [], unk_token: '<unk>', fuse_unk: true },
    });
    assert.deepEqual(
      sequenceOf(plain, 'aéé').tokens.map(({ unknown }) => unknown),
      [undefined, true],
    );
  });
});
