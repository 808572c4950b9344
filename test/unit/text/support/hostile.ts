/** Texts that a stranger may put into any name, message, label or licence, and what each is out to do. */
export const hostile: Readonly<Record<string, string>> = {
  'a terminal escape': 'bert\u001b[31mRED\u001b]0;title\u0007',
  'a C1 escape': 'bert\u009b31mRED\u009d0;title\u009c',
  'a line of our own': 'mit\nsize     1 kB\r\ninto     /somewhere/else',
  'a line that is written over': 'mit\rapache-2.0\b\b\b\u007f',
  'Unicode line breaks': 'mit\u2028From: hub.test\u2029Files: 1\u0085Kept in: /',
  'letters turned around': 'model\u202egnp.exe\u202c \u2066abc\u2069\u200e\u200f\u061c',
  'characters that nobody sees': 'm\u200bo\u200cd\u200de\u2060l\ufeff\u00ad\u180e\u3164\u115f\u034f',
  'tag characters': 'model\u{e0068}\u{e0069}\u{e007f}\u{e0100}',
  'a byte order mark': '\ufeff{}',
  'halves of characters': 'a\ud800b\udc00',
  'private and unassigned characters': '\ue000\u{f0000}\uffff\u{10fffe}',
  'a link': '[Click to repair the model](command:workbench.action.files.newUntitledFile)',
  'a link with a title': '[open](https://evil.test/ "Help") [file](file:///etc/passwd) [x](HTTP://evil.test)',
  'nested brackets': '[[a](command:a)](command:b)](command:c)',
  'an icon': '$(trash) $(loading~spin) \\$(x)',
  HTML: '<a href="command:a">x</a><img src=x onerror=alert(1)>&lt;',
  Markdown: '**b** `c` # h\n- list\n![i](https://evil.test/i.png) <https://evil.test>',
  'a formula': '=cmd|calc!A1',
  'marks without end': `a${'\u0301'.repeat(5000)}b`,
  'spaces that push a line down': `mit${' '.repeat(400)}size 1 kB`,
  'a text without end': 'x'.repeat(2_000_000),
  'a cluster without end': '\u1100'.repeat(200_000),
  'controls without end': '\u202e'.repeat(200_000),
};

/** A random text of everything that such texts are made of; `random` gives numbers below 1. */
export function randomHostile(random: () => number): string {
  const pieces = [
    '](command:',
    '[a',
    '$(',
    ')',
    '\u001b[',
    '\r\n',
    '\u2028',
    '\u202e',
    '\u200d',
    '👨',
    '\ufe0f',
    '\u0301',
    ' ',
    'é',
    'क',
    '\u094d',
    '한',
    '\u1100',
    '&&',
    '<b>',
    '`',
    'x',
    '…',
    '⟨',
  ];
  return Array.from({ length: Math.floor(random() * 60) }, () => {
    const at = Math.floor(random() * (pieces.length + 6));
    return pieces[at] ?? String.fromCharCode(Math.floor(random() * 0x10000));
  }).join('');
}

/** Letters that are joined or kept apart by characters that nobody sees. */
const letter = [
  'Arabic',
  'Syriac',
  'Devanagari',
  'Bengali',
  'Gurmukhi',
  'Gujarati',
  'Oriya',
  'Tamil',
  'Telugu',
  'Kannada',
  'Malayalam',
  'Sinhala',
]
  .map((script) => `\\p{Script=${script}}`)
  .join('|');

/**
 * What no line of ours may hold: controls, line breaks, turning characters, and joiners but in an emoji or between
 * letters that need them.
 */
export const unseen = new RegExp(
  [
    '[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}\\p{Co}\\p{Cn}]',
    '(?![\\u200c\\u200d])\\p{Cf}',
    `(?<!${letter}|\\p{Extended_Pictographic}[\\ufe0f\\p{Emoji_Modifier}]?)[\\u200c\\u200d]`,
    `[\\u200c\\u200d](?!${letter}|\\p{Extended_Pictographic})`,
  ].join('|'),
  'u',
);
