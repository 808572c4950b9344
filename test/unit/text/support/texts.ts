/** A small generator of pseudo-random numbers (mulberry32), so that every run sees the same texts. */
export function randomSource(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** About a hundred texts, each with something that tokenizers stumble over. */
export const hardTexts: readonly string[] = [
  '',
  ' ',
  '  ',
  '\t',
  '\n',
  '\r\n',
  ' \n ',
  'a',
  ' a',
  'a ',
  '  a  b  ',
  '\u0000',
  'a\u0000b',
  '\u0001\u0008x',
  '\u007f',
  '\u0085x',
  '\ufeffBOM',
  'a\ufeffb',
  'Naïve ﬁancée 😀👩‍👩‍👧 e\u0301 İstanbul 日本語 مرحبا',
  'İİ i\u0307 ıI',
  'ΣΑΣ ὈΔΥΣΣΕΎΣ ΑΣ',
  'ǅ ǆ Ǆ ß ẞ ŉ ǰ',
  'ﬀﬁﬂﬃﬄﬅﬆ',
  '① ② ⑩ ½ ¼ ² ³ ™ ℃ Å K ℡',
  '\u0061\u0331\u0301 \u1e0b\u0323 q\u0307\u0323',
  '\u0344 \u0340\u0341',
  '\u0f73\u0f75\u0f81',
  '\u1100\u1161\u11a8 각 \uac01 \u1100\u1161',
  '한국어 문장입니다',
  'ᄀᄀᄀ가각힣',
  'กขค ไทยไม่มีช่องว่าง',
  'ភាសាខ្មែរ',
  'क्षत्रिय नमस्ते',
  'தமிழ்',
  'বাংলা',
  'සිංහල',
  'မြန်မာ',
  'ქართული ᲥᲐᲠᲗᲣᲚᲘ',
  'Ꭰꭰ ᏸ',
  'مرحبا بالعالم ١٢٣',
  'שָׁלוֹם עולם',
  '\u202eabc\u202c \u200fרtl',
  '日本語テキスト、漢字かな交じり。',
  '中文分词测试，标点！',
  '𠀀𠮷野家',
  '㈱㍿㋿',
  'ｆｕｌｌｗｉｄｔｈ ＡＢＣ１２３',
  'ｶﾞｷﾞｸﾞ',
  '゛゜ か\u3099',
  '😀',
  '😀😀😀',
  '👩‍👩‍👧‍👦 👍🏽 🏳️‍🌈',
  '🇩🇪🇫🇷🇯',
  '1️⃣ #️⃣',
  '☺️ ☺︎ ©\u200d®',
  'a\u200db\u200cc',
  'a\u200bb\u2060c',
  'soft\u00adhyphen',
  'nb\u00a0sp \u202f \u2009 \u3000 \u1680 \u205f',
  '\u2028line\u2029para',
  'a\u000bb\u000cc',
  '\u001c\u001d\u001e\u001f',
  '\ud800',
  'a\udc00b',
  '\ud83d \ude00',
  '\udc00\ud800',
  '\ufffd',
  '\uffff\ufffe',
  '\u{10ffff}',
  '\ue000\uf8ff',
  '\u{f0000}',
  "don't can't I'll we've you're he'd I'm it's",
  "DON'T CAN'T I'LL WE'VE",
  '’s ‘quoted’ “double” –dash— …',
  "'s't're've'm'll'd",
  "'S 'T 'RE",
  "x'",
  '#include <stdio.h>',
  'snake_case camelCase PascalCase kebab-case',
  '$x = &$y["a\\tb"];',
  'if (a<b&&c>d) {\n\treturn a+b;\n}\n',
  'https://example.org/a?b=c&d=%20#e',
  'user@example.com',
  '1234567890 12,345.67 1e-10 0xFF',
  '٣٤ ४५ Ⅻ ㊿ 𝟘𝟙',
  'ANTIDISESTABLISHMENTARIANISM Pneumonoultramicroscopicsilicovolcanoconiosis',
  'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
  '!!!!!!!!!!!!!!!!!!!!!!!',
  '........',
  '-- --- ----',
  '                                        x',
  '\n\n\n\n',
  ' \t \t ',
  'end   ',
  '<s>hi</s>',
  ' <mask> x <mask>',
  'a<mask>b',
  '[CLS] a [SEP] b [MASK]',
  '[cls] [MASKED] [MASK',
  '<|endoftext|>',
  'a<|endoftext|>b <|endoftext|>',
  '<pad><unk><s></s>',
  '<extra_id_0> and <extra_id_1>',
  '<|startoftext|> x <|EndOfText|>',
  '<|assistant|> \n hi <|end|>',
  '<unk>▁<0x0A>',
  '▁ ▁▁ a▁b',
  'Ġ Ċ Ġa',
  '##ing ## #',
  '</w> a</w>',
  '\u0130\u0001\ufb01\u0001',
  'e\u0301\u0302\u0303\u0304x',
  '\u0301\u0302 start',
  'x\u0345\u0301',
  'ſ K Å Ω ≠',
  'Zalgo: H̷̢̧e̴̡l̵̢l̶̨o̷',
  'ḍ̇ ḍ̇',
  '𝐁𝐨𝐥𝐝 𝓢𝓬𝓻𝓲𝓹𝓽',
  '\u{1d15e} \u{1d160}',
  'ꙮ Ꙋ ѳ',
  '\u0e33\u0eb3 ำ',
  'a\u0903 ka\u093e',
  '\u0600a \u06dd5',
];

const alphabets: readonly string[] = [
  'abcdefghijklmnopqrstuvwxyz',
  'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  '0123456789',
  '     \t\n\r',
  '.,;:!?\'"()[]{}<>-_/\\@#$%^&*+=|~`',
  'éèüößñçøåîïÉÀÜÇİıſŒœ',
  'αβγδεζΣσςΩΆάέ',
  'абвгдежзЖЩЫЭЮЯё',
  '日本語中文字漢語学校東京',
  'ひらがなカタカナーがぎ',
  '한국어각가힣각',
  'ابتثجحخدذرزسشمرحبا',
  'אבגדהוזחטי',
  'कखगघनमस्ते्िा',
  'กขคงจฉไทยำเแ',
  '\u0300\u0301\u0302\u0303\u0308\u0323\u0327\u0331\u0345',
  '\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad',
  'ﬁﬂﬀ①②½²³™℃ＡＢｃ１２ｶﾞ㈱',
  '\u0000\u0001\u0007\u001b\u007f\u0085\ufffd',
  '😀😁👍👩🏽❤️🏳🇩🇪',
  '\u00a0\u2003\u2028\u3000\u1680',
  '▁Ġ#§¶‘’“”–—…',
  '𝐀𝐁𝟏𠀀𠮷𐍈',
];

const snippets: readonly string[] = [
  ' the',
  ' and',
  'ing',
  "n't",
  "'s",
  ' of',
  'tion',
  'Hello',
  'world',
  ' attention',
  ' transformer',
  '<s>',
  '</s>',
  '<mask>',
  '[MASK]',
  '[SEP]',
  '<|endoftext|>',
  '<unk>',
  '<pad>',
  '<extra_id_3>',
  '\r\n',
  '    ',
  'http://',
  '123',
  '3.14',
  ' I',
  "'ll",
  '  ',
  'C++',
  'Straße',
];

/** A text of up to `longest` parts: words, snippets and characters of all kinds, some from anywhere in Unicode. */
export function generatedText(random: () => number, longest = 24): string {
  const parts = 1 + Math.floor(random() * longest);
  let text = '';
  for (let part = 0; part < parts; part++) text += generatedPart(random);
  return text;
}

function generatedPart(random: () => number): string {
  const kind = random();
  if (kind < 0.25) return pick(random, snippets);
  if (kind < 0.45) return ' ' + run(random, alphabets[0] ?? '', 8);
  if (kind < 0.9) return run(random, pick(random, alphabets), 4);
  if (kind < 0.97) return String.fromCodePoint(Math.floor(random() * 0x3000));
  const anywhere = Math.floor(random() * 0x20000);
  return String.fromCodePoint(anywhere);
}

function run(random: () => number, alphabet: string, longest: number): string {
  const characters = Array.from(alphabet);
  const length = 1 + Math.floor(random() * longest);
  return Array.from({ length }, () => pick(random, characters)).join('');
}

function pick<T>(random: () => number, items: readonly T[]): T {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}
