import { byteCharacters } from '../../../../src/core/text/characters/bytes.ts';
import { byteTokens, learned, sampleByteWords, sampleWords } from './vocabularies.ts';
import { bytePre, metaspace, normalizers, preTokenizers, type Component } from './text-components.ts';

/** A small tokenizer file as an object, with the name of what it is there to cover. */
export interface Fixture {
  readonly name: string;
  readonly json: Component;
}

const charBased = learned(sampleWords(), 120, ['<unk>']);
const withBytes = learned(sampleWords('▁'), 150, ['<unk>', '<s>', '</s>', ...byteTokens]);
const suffixed = learned(sampleWords(), 80, ['<unk>'], '', '</w>');
const prefixed = learned(sampleWords(), 80, ['[UNK]'], '##');
const byteLevel = learned(sampleByteWords(), 150, ['<s>', '</s>', '<mask>', ...byteCharacters]);
const pieces = Object.keys(withBytes.vocab);

const bpe = {
  type: 'BPE',
  dropout: null,
  unk_token: '<unk>',
  continuing_subword_prefix: null,
  end_of_word_suffix: null,
  fuse_unk: false,
  byte_fallback: false,
};
const models = {
  /** Every character, known or not, becomes tokens with a range: the model for looking at normalizers. */
  bytes: { ...bpe, ...withBytes, fuse_unk: true, byte_fallback: true },
  characters: { ...bpe, ...charBased },
  fused: { ...bpe, ...charBased, fuse_unk: true },
  whole: { ...bpe, ...charBased, vocab: { ...charBased.vocab, attention: 100_000, don: 100_001 }, ignore_merges: true },
  oldMerges: { ...bpe, ...charBased, merges: charBased.merges.map((pair) => pair.join(' ')) },
  suffixed: { ...bpe, ...suffixed, end_of_word_suffix: '</w>' },
  prefixed: { ...bpe, ...prefixed, unk_token: '[UNK]', continuing_subword_prefix: '##' },
  byteLevel: { ...bpe, ...byteLevel, unk_token: null },
  wordPiece: {
    type: 'WordPiece',
    unk_token: '[UNK]',
    continuing_subword_prefix: '##',
    max_input_chars_per_word: 100,
    vocab: { ...prefixed.vocab, '[CLS]': 50_000, '[SEP]': 50_001 },
  },
  shortWords: {
    type: 'WordPiece',
    unk_token: '[UNK]',
    continuing_subword_prefix: '',
    max_input_chars_per_word: 5,
    vocab: prefixed.vocab,
  },
  wordLevel: {
    type: 'WordLevel',
    unk_token: '<unk>',
    vocab: Object.fromEntries(['<unk>', ...new Set(sampleWords())].map((word, id) => [word, id])),
  },
  unigram: {
    type: 'Unigram',
    unk_id: 0,
    vocab: pieces
      .filter((piece) => !/^<0x/.test(piece))
      .map((piece, at) => [piece, at === 0 ? 0 : -2 - Math.log(at + 1) / piece.length]),
  },
  unigramBytes: {
    type: 'Unigram',
    unk_id: 0,
    byte_fallback: true,
    vocab: pieces.map((piece, at) => [piece, at === 0 ? 0 : -2 - (at % 17) / 4]),
  },
};

const template = (single: Component[], pair: Component[]): Component => ({
  type: 'TemplateProcessing',
  single,
  pair,
  special_tokens: {
    '<s>': { id: '<s>', ids: [1], tokens: ['<s>'] },
    '</s>': { id: '</s>', ids: [2, 1], tokens: ['</s>', '<s>'] },
  },
});
const special = (id: string, type_id = 0): Component => ({ SpecialToken: { id, type_id } });
const sequence = (id: string, type_id = 0): Component => ({ Sequence: { id, type_id } });
const laidOut = template(
  [special('<s>'), sequence('A'), special('</s>')],
  [special('<s>'), sequence('B', 1), special('</s>', 1), sequence('A'), special('</s>')],
);
const roberta = {
  type: 'RobertaProcessing',
  sep: ['</s>', 1],
  cls: ['<s>', 0],
  trim_offsets: true,
  add_prefix_space: false,
};
const postProcessors: Record<string, Component> = {
  TemplateProcessing: laidOut,
  BertProcessing: { type: 'BertProcessing', sep: ['</s>', 1], cls: ['<s>', 0] },
  RobertaProcessing: roberta,
  'RobertaProcessing untrimmed': { ...roberta, trim_offsets: false },
  'ByteLevel trimmed': { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true },
  'ByteLevel prefixed': { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true },
  'ByteLevel untrimmed': { type: 'ByteLevel', add_prefix_space: false, trim_offsets: false },
  'Sequence like Llama 3': {
    type: 'Sequence',
    processors: [{ type: 'ByteLevel', add_prefix_space: true, trim_offsets: true }, laidOut],
  },
};

const added = (id: number, content: string, flags: Component = {}): Component => ({
  id,
  content,
  single_word: false,
  lstrip: false,
  rstrip: false,
  normalized: false,
  special: false,
  ...flags,
});
const addedTokens = [
  added(0, '<unk>', { special: true }),
  added(1, '<s>', { special: true }),
  added(2, '</s>', { special: true, rstrip: true }),
  added(900_000, '<mask>', { special: true, lstrip: true }),
  added(900_001, 'the', { single_word: true }),
  added(900_002, 'THE', { normalized: true, single_word: true }),
  added(900_003, ' = ', { normalized: true }),
  added(900_004, '    '),
  added(900_005, 'Naïve', { normalized: true, lstrip: true, rstrip: true }),
  added(900_006, '😀', { lstrip: true, rstrip: true }),
  added(900_007, 'token', { normalized: true }),
];

function file(name: string, parts: Component): Fixture {
  return {
    name,
    json: {
      version: '1.0',
      truncation: null,
      padding: null,
      added_tokens: [],
      normalizer: null,
      pre_tokenizer: null,
      post_processor: null,
      decoder: null,
      ...parts,
    },
  };
}

/** Small files that together hold every component that a tokenizer file can have. */
export const fixtures: readonly Fixture[] = [
  ...Object.entries(normalizers).map(([name, normalizer]) =>
    file(`normalizer ${name}`, { normalizer, model: models.bytes }),
  ),
  ...Object.entries(normalizers).map(([name, normalizer]) =>
    file(`added tokens after ${name}`, { normalizer, model: models.bytes, added_tokens: addedTokens }),
  ),
  ...Object.entries(preTokenizers).map(([name, pre_tokenizer]) =>
    file(`pre-tokenizer ${name}`, { pre_tokenizer, model: models.bytes }),
  ),
  ...Object.entries(preTokenizers).map(([name, pre_tokenizer]) =>
    file(`${name} after NFKC and added tokens`, {
      normalizer: { type: 'NFKC' },
      pre_tokenizer,
      model: models.bytes,
      added_tokens: addedTokens,
    }),
  ),
  ...Object.entries(postProcessors).map(([name, post_processor]) =>
    file(`post-processor ${name}`, {
      pre_tokenizer: { ...bytePre, add_prefix_space: name.includes('prefixed') },
      post_processor,
      model: models.byteLevel,
    }),
  ),
  ...Object.entries(models).map(([name, model]) =>
    file(`model ${name}`, { pre_tokenizer: name === 'byteLevel' ? bytePre : { type: 'WhitespaceSplit' }, model }),
  ),
  ...Object.entries(models)
    .filter(([name]) => /unigram|bytes|fused/.test(name))
    .map(([name, model]) => file(`model ${name} with spaces`, { pre_tokenizer: metaspace, model })),
];

const decoders: Record<string, readonly [Component, Component]> = {
  ByteLevel: [{ type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true }, models.byteLevel],
  WordPiece: [{ type: 'WordPiece', prefix: '##', cleanup: true }, models.wordPiece],
  'WordPiece as it is': [{ type: 'WordPiece', prefix: '##', cleanup: false }, models.wordPiece],
  Metaspace: [metaspace, models.unigram],
  BPEDecoder: [{ type: 'BPEDecoder', suffix: '</w>' }, models.suffixed],
  CTC: [{ type: 'CTC', pad_token: '<unk>', word_delimiter_token: 'a', cleanup: true }, models.characters],
  'Sequence like Llama': [
    {
      type: 'Sequence',
      decoders: [
        { type: 'Replace', pattern: { String: '▁' }, content: ' ' },
        { type: 'ByteFallback' },
        { type: 'Fuse' },
        { type: 'Strip', content: ' ', start: 1, stop: 0 },
      ],
    },
    models.bytes,
  ],
};

/** Files with one decoder each; one has none. */
export const decoderFixtures: readonly Fixture[] = [
  ...Object.entries(decoders).map(([name, [decoder, model]]) =>
    file(`decoder ${name}`, { decoder, model, pre_tokenizer: { type: 'WhitespaceSplit' } }),
  ),
  file('no decoder', { model: models.wordLevel, pre_tokenizer: { type: 'WhitespaceSplit' } }),
];
