import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compare, contestFrom } from './support/oracle.ts';
import { generatedText, hardTexts, randomSource } from './support/texts.ts';

/** Regular expressions of tokenizer files as published, beside those of the fixtures. */
const published = [
  "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
  "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
  '[!"#$%&\'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+',
  '[一-龥\\u3040-ゟ゠-ヿ]+',
  '\\d{1,3}(?=(?:\\d{3})*\\b)',
];
/** One construct each. Some match nothing but places, others mean something else inside brackets than outside. */
const constructs = [
  ...[
    '\\b',
    '\\B',
    '^',
    '$',
    '^|$',
    '(?=[A-Z])',
    '(?!\\w)',
    '(?<!a)',
    'x*',
    '\\A.',
    '.\\z',
    '.\\Z',
    '\\R',
    '.',
    '(?m).',
  ],
  ...[
    '\\w+',
    '\\W+',
    '[\\w]+',
    '[\\W]+',
    '[^\\w]+',
    '[^\\W]+',
    '[[:word:]]+',
    '[[:^word:]]+',
    '[\\w&&[^a]]+',
    '[^\\W\\d_]+',
  ],
  ...['\\p{Word}+', '\\P{Word}+', '[\\p{Word}]+', '\\p{Punct}+', '[[:punct:]]+', '[\\p{Punct}]+', '\\P{punct}+'],
  ...['(?i)k', '(?i)s', '(?i)[a-z]+', '[a-z]*+x', '(?>ab|a)c', 'a{2}{2}', 'a{,2}', '[]a]+', '[a-]+'],
];
const properties =
  'L Lu Ll Lt Lm Lo M Mn Mc Me N Nd Nl No P Pc Pd Ps Pe Pi Pf Po S Sm Sc Sk So Z Zs Cc Cf Co Alphabetic Uppercase Lowercase Emoji ' +
  'Emoji_Presentation Extended_Pictographic Ideographic Alnum Upper Lower Han Hiragana Latin Arabic Common Inherited';

const random = randomSource(20_261_128);
const texts = joined([...hardTexts, ...Array.from({ length: 60 }, () => generatedText(random))]);
/** Every character that Unicode has given a meaning, in a few long texts: each call of the library costs. */
const characters = [...blocks(0, 0xd800), ...blocks(0xe000, 0x34000), ...blocks(0xe0000, 0xe1000)];
/** Those without the large blocks, where neighbours are alike. */
const various = [...blocks(0, 0x3400), ...blocks(0xf900, 0x12000), ...blocks(0x1d000, 0x20400)];

/** Some texts to a line each. */
function joined(all: readonly string[]): string[] {
  const several = 40;
  return Array.from({ length: Math.ceil(all.length / several) }, (_, at) =>
    all.slice(at * several, (at + 1) * several).join('\n'),
  );
}

function blocks(from: number, to: number): string[] {
  const length = 0x8000;
  return Array.from({ length: Math.ceil((to - from) / length) }, (_, block) => {
    const first = from + block * length;
    return String.fromCodePoint(...Array.from({ length: Math.min(length, to - first) }, (_, at) => first + at));
  });
}

/** Each piece that the expression makes is one token, and nothing else shows in ids and offsets. */
async function assertSame(expression: string, all: readonly string[]): Promise<void> {
  const pre_tokenizer = { type: 'Split', pattern: { Regex: expression }, behavior: 'Isolated', invert: false };
  const model = { type: 'WordLevel', vocab: { '[UNK]': 0 }, unk_token: '[UNK]' };
  const contest = contestFrom(expression, JSON.stringify({ version: '1.0', added_tokens: [], pre_tokenizer, model }));
  for (const text of all) {
    const { ours, library } = await compare(contest, text);
    const found = ours.split(' ');
    const first = library.split(' ').findIndex((token, at) => token !== found[at]);
    assert.ok(ours === library, `the piece ${first}: ${library.split(' ')[first]}, not ${found[first]}`);
  }
}

for (const expression of [...published, ...constructs]) {
  test(`${expression} finds what the original library finds`, () => assertSame(expression, [...texts, ...various]));
}

for (const property of properties.split(' ')) {
  test(`\\p{${property}} holds the characters that it holds in the original library`, () =>
    assertSame(`\\p{${property}}`, characters));
}
