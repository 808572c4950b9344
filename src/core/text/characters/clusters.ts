const joining = '\\p{Grapheme_Extend}\\p{Emoji_Modifier}\\u200d\\u0e33\\u0eb3\\p{Mc}';
const prepending = '\\u0600-\\u0605\\u06dd\\u070f\\u0890\\u0891\\u08e2\\u0d4e';
const notSpacing =
  '\\u102b\\u102c\\u1038\\u1062-\\u1064\\u1067-\\u106d\\u1083\\u1087-\\u108c\\u108f\\u109a-\\u109c\\u1a61\\u1a63\\u1a64\\uaa7b\\uaa7d\\u{11720}\\u{11721}';

const any = new RegExp(`[${joining}${prepending}]|\\r\\n`, 'u');
const short = new RegExp(
  `\\r\\n|(?:[${prepending}]*[^\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}])?(?:(?![${notSpacing}])[${joining}])*`,
  'uy',
);

/** Whether a text can hold a grapheme cluster of several characters that is short enough to matter to `clusterEnd`. */
export function mayCluster(text: string): boolean {
  return any.test(text);
}

/**
 * Where the grapheme cluster (UAX 29) that begins at `start` ends. Clusters that always exceed five UTF-8 bytes (flags,
 * Hangul syllables in parts, Indic conjuncts, emoji sequences) are cut short: their characters are looked up one by one
 * anyway.
 */
export function clusterEnd(text: string, start: number): number {
  short.lastIndex = start;
  const length = short.exec(text)?.[0].length ?? 0;
  return length > 0 ? start + length : start + ((text.codePointAt(start) ?? 0) > 0xffff ? 2 : 1);
}
