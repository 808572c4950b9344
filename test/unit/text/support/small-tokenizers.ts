import { createTokenizer, type Tokenizer } from '../../../../src/core/text/tokenizer.ts';

const special = (content: string, id: number) => ({
  id,
  content,
  single_word: false,
  lstrip: false,
  rstrip: false,
  normalized: false,
  special: true,
});
const numbered = (words: readonly string[]) => Object.fromEntries(words.map((word, id) => [word, id]));

/** A WordPiece tokenizer of these words and [UNK], [SEP]. */
export function wordPiece(words: readonly string[]): Tokenizer {
  const all = ['[UNK]', '[SEP]', ...words];
  return createTokenizer('words', {
    added_tokens: [special('[UNK]', 0), special('[SEP]', 1)],
    normalizer: null,
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: null,
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: numbered(all),
    },
  });
}

/** A byte-level tokenizer whose vocabulary is these tokens. */
export function byteLevel(tokens: readonly string[]): Tokenizer {
  return createTokenizer('bytes', {
    added_tokens: [],
    normalizer: null,
    pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
    post_processor: null,
    decoder: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
    model: {
      type: 'BPE',
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      vocab: numbered(tokens),
      merges: [],
    },
  });
}

/** A Unigram tokenizer in the manner of SentencePiece whose vocabulary is these tokens and <unk>. */
export function metaspace(tokens: readonly string[]): Tokenizer {
  return createTokenizer('spaces', {
    added_tokens: [special('<unk>', 0)],
    normalizer: null,
    pre_tokenizer: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true },
    post_processor: null,
    decoder: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true },
    model: {
      type: 'Unigram',
      unk_id: 0,
      byte_fallback: false,
      vocab: ['<unk>', ...tokens].map((token) => [token, -1]),
    },
  });
}
