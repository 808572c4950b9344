import { charsmapOf } from './charsmap.ts';

/** One component of a tokenizer file. */
export type Component = Record<string, unknown>;

export const charsmap = charsmapOf({
  a: 'A',
  é: 'e\u0301',
  'e\u0301': 'E',
  ß: 'ss',
  ﬁ: 'fi',
  '\r': ' ',
  '\u200b': '',
  '\u0301': '',
  日: '日日日',
  x: '',
  '\u200d': '',
  Ａ: 'A',
  '½': '1⁄2',
  '😀': ':)',
  '\u0600': 'P',
  가: '\u1100\u1161',
});
export const metaspace = { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true };
export const bytePre = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true };
export const cl100k =
  "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n" +
  ']*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+';
export const o200k =
  "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

export const normalizers: Record<string, Component> = {
  ...Object.fromEntries(
    ['NFC', 'NFD', 'NFKC', 'NFKD', 'Lowercase', 'StripAccents', 'Nmt', 'ByteLevel'].map((type) => [type, { type }]),
  ),
  'BertNormalizer cased': {
    type: 'BertNormalizer',
    clean_text: true,
    handle_chinese_chars: true,
    strip_accents: null,
    lowercase: false,
  },
  'BertNormalizer accents': {
    type: 'BertNormalizer',
    clean_text: false,
    handle_chinese_chars: false,
    strip_accents: true,
    lowercase: false,
  },
  'BertNormalizer all': {
    type: 'BertNormalizer',
    clean_text: true,
    handle_chinese_chars: true,
    strip_accents: true,
    lowercase: true,
  },
  'Strip left': { type: 'Strip', strip_left: true, strip_right: false },
  'Strip right': { type: 'Strip', strip_left: false, strip_right: true },
  'Strip both': { type: 'Strip', strip_left: true, strip_right: true },
  'Replace string': { type: 'Replace', pattern: { String: 'the' }, content: 'THEE' },
  'Replace away': { type: 'Replace', pattern: { String: 'e' }, content: '' },
  'Replace regex': { type: 'Replace', pattern: { Regex: ' {2,}|[\\n\\r\\t]+' }, content: '▁' },
  'Replace quotes': { type: 'Replace', pattern: { Regex: '[“”‘’]|\\p{Han}' }, content: '"' },
  Prepend: { type: 'Prepend', prepend: '▁x' },
  Precompiled: { type: 'Precompiled', precompiled_charsmap: charsmap },
  'Sequence like XLNet': {
    type: 'Sequence',
    normalizers: [
      { type: 'Replace', pattern: { String: '``' }, content: '"' },
      { type: 'NFKD' },
      { type: 'StripAccents' },
      { type: 'Lowercase' },
      { type: 'Replace', pattern: { Regex: ' {2,}' }, content: ' ' },
    ],
  },
  'Sequence like Llama': {
    type: 'Sequence',
    normalizers: [
      { type: 'Prepend', prepend: '▁' },
      { type: 'Replace', pattern: { String: ' ' }, content: '▁' },
    ],
  },
  'Sequence like Albert': {
    type: 'Sequence',
    normalizers: [
      { type: 'Strip', strip_left: true, strip_right: true },
      { type: 'NFKC' },
      { type: 'Lowercase' },
      { type: 'NFD' },
      { type: 'Nmt' },
    ],
  },
  'Sequence on a charsmap': {
    type: 'Sequence',
    normalizers: [
      { type: 'NFKC' },
      { type: 'Precompiled', precompiled_charsmap: charsmap },
      { type: 'NFD' },
      { type: 'StripAccents' },
      { type: 'NFC' },
    ],
  },
};

export const split = (pattern: Component, behavior: string, invert = false): Component => ({
  type: 'Split',
  pattern,
  behavior,
  invert,
});
export const preTokenizers: Record<string, Component> = {
  ...Object.fromEntries(
    ['BertPreTokenizer', 'Whitespace', 'WhitespaceSplit', 'UnicodeScripts'].map((type) => [type, { type }]),
  ),
  ...Object.fromEntries(
    ['Removed', 'Isolated', 'MergedWithPrevious', 'MergedWithNext', 'Contiguous'].flatMap((behavior) => [
      [`Punctuation ${behavior}`, { type: 'Punctuation', behavior }],
      [`Split at a string, ${behavior}`, split({ String: ' ' }, behavior)],
      [`Split at an expression, ${behavior}`, split({ Regex: '\\s+|[aeiou]' }, behavior)],
      [`Split inverted, ${behavior}`, split({ Regex: '\\w+' }, behavior, true)],
    ]),
  ),
  'Digits together': { type: 'Digits', individual_digits: false },
  'Digits apart': { type: 'Digits', individual_digits: true },
  CharDelimiterSplit: { type: 'CharDelimiterSplit', delimiter: 'a' },
  FixedLength: { type: 'FixedLength', length: 3 },
  'Metaspace always': metaspace,
  'Metaspace first': { ...metaspace, prepend_scheme: 'first' },
  'Metaspace never': { ...metaspace, prepend_scheme: 'never' },
  'Metaspace whole': { ...metaspace, split: false },
  'Split like cl100k': split({ Regex: cl100k }, 'Isolated'),
  'Split like o200k': split({ Regex: o200k }, 'Isolated'),
  'Split with anchors': split(
    { Regex: '^.|.$|\\bthe\\b|\\A\\s|(?<=[[:upper:]])(?=[[:lower:]&&[^aeiou]])' },
    'Isolated',
  ),
  'Split possessive': split({ Regex: '[a-z]*+x|(?>ab|a)c|\\p{^L}{1,2}+|(?i)the' }, 'Isolated'),
  'Sequence like Bloom': {
    type: 'Sequence',
    pretokenizers: [split({ Regex: ' ?[^(\\s|[.,!?…。，、।۔،])]+' }, 'Isolated'), { ...bytePre, use_regex: false }],
  },
  'Sequence like T5': { type: 'Sequence', pretokenizers: [{ type: 'WhitespaceSplit' }, metaspace] },
  'Sequence of digits': {
    type: 'Sequence',
    pretokenizers: [{ type: 'Whitespace' }, { type: 'Digits', individual_digits: true }, { type: 'Punctuation' }],
  },
  'Sequence of scripts': {
    type: 'Sequence',
    pretokenizers: [
      { type: 'UnicodeScripts' },
      { type: 'Metaspace', replacement: '_', prepend_scheme: 'first', split: true },
    ],
  },
};
