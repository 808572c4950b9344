import { characterSet, unpack } from '../characters/classes.ts';

/**
 * Sets of characters as the original library's regular expressions know them (Oniguruma and Rust's regex at Unicode
 * 16), written for JavaScript's `v` flag. Characters that came with Unicode 17 are taken out of every property; packed
 * as in `ranges.ts`.
 */
const youngerRanges =
  '1ov r0 3j 2r6.e 2.b 15h 250 ojb.1 2 1 s gk1.f cd.1 1i.6 29d.p 12j.2 8.8 x.1 2g4.7 g8.17 4.9 fxy.o 2.o 7y.4 4qp.7 zt.l 2p.36 cg7.2 cd.m f.g ' +
  '4pb.u 1.l 8.1 34o 4e.3 9h.8 aj.3 1e 3 1l 4 s 4 7e 10zj.5 4ma.b gsi.3bd';

/** Characters that Unicode 17 took out of Extended_Pictographic. */
const pictographicRanges =
  '70o ho 1.6 1.1 1 3.1 1.3 1.1 1 2.1 1.2 1.2 2.7 3.4 1 1.4 c.a 2.1 1 2 1.h 1.1 2.5 a.1 6 1 2.2 2.4 1.1 2.3 2.a ' +
  '2.4 2.1 1.4 2 1 2.j 2.4 6 4.1 1.3 1.1 9 1.1 2b.2 2i6w.3 1.12 4.2r c.e 2.e 1.d 2.10 n.2 v 1o.3 1p 4y.5 58.1 34.1 ' +
  '2 3.1 2b.1 3 9b.2 6 o.6 2.1 8.b 1.1 4.1 1.3 2.c 2.1 1.7 2.8 1.4 3.b 3.7 3.1 1 1.3 1.5 1.2 1.5 5o.4 8.1 3 d.2 1 ' +
  '6.1 3l.b 2d.4 5y.b 4.1 e.8 87.2f 8.d';

const younger = `[${characterSet(unpack(youngerRanges))}]`;

/** White_Space, the same in every version. */
export const whitespaceSet =
  '[\\t-\\r \\u{85}\\u{a0}\\u{1680}\\u{2000}-\\u{200a}\\u{2028}\\u{2029}\\u{202f}\\u{205f}\\u{3000}]';

/** What `\w` means to Rust's regex (UTS 18). */
export const wordSet = `[[\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}]--${younger}]`;

/** What `\w` means to Oniguruma: without the join controls, with the superscripts and fractions of Latin-1. */
export const patternWordSet = `[[\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\u{b2}\\u{b3}\\u{b9}\\u{bc}-\\u{be}]--${younger}]`;

/** What `\w`, `\p{Word}` and `[:word:]` mean to Oniguruma inside brackets: without those of Latin-1. */
export const bracketWordSet = aged('[\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}]');

/** POSIX names, usable as `[:name:]` and, but for two, as `\p{Name}`. */
const posixSets: Readonly<Record<string, string>> = {
  alpha: aged('\\p{Alphabetic}'),
  alnum: aged('[\\p{Alphabetic}\\p{Nd}]'),
  digit: aged('\\p{Nd}'),
  space: whitespaceSet,
  upper: aged('\\p{Uppercase}'),
  lower: aged('[\\p{Lowercase}\\u{295}]'),
  punct: aged('[\\p{P}\\p{S}]'),
  cntrl: '\\p{Cc}',
  xdigit: '[0-9A-Fa-f]',
  word: bracketWordSet,
  any: '[^]',
  ascii: '[\\0-\\x7f]',
};

const categories = new Set([
  'L',
  'Lu',
  'Ll',
  'Lt',
  'Lm',
  'Lo',
  'M',
  'Mn',
  'Mc',
  'Me',
  'N',
  'Nd',
  'Nl',
  'No',
  'P',
  'Pc',
  'Pd',
  'Ps',
  'Pe',
  'Pi',
  'Pf',
  'Po',
  'S',
  'Sm',
  'Sc',
  'Sk',
  'So',
  'Z',
  'Zs',
  'Zl',
  'Zp',
  'Cc',
  'Cf',
  'Co',
]);
const binaryProperties = new Set([
  'Alphabetic',
  'Uppercase',
  'Lowercase',
  'White_Space',
  'Emoji',
  'Emoji_Presentation',
  'Emoji_Modifier',
  'Extended_Pictographic',
  'Ideographic',
]);
const longNames: Readonly<Record<string, string>> = {
  Letter: 'L',
  Mark: 'M',
  Number: 'N',
  Punctuation: 'P',
  Symbol: 'S',
  Separator: 'Z',
};

/** The set of a POSIX bracket, undefined for a name that is not known. */
export function posixSet(name: string): string | undefined {
  return Object.hasOwn(posixSets, name) ? posixSets[name] : undefined;
}

/** Properties whose set is not the engine's. */
const ownProperties: Readonly<Record<string, string>> = {
  Ll: aged('[\\p{Ll}\\u{295}]'),
  Lo: aged('[\\p{Lo}--\\u{295}]'),
  Lowercase: aged('[\\p{Lowercase}\\u{295}]'),
  Extended_Pictographic: `[${aged('\\p{Extended_Pictographic}')}${characterSet(unpack(pictographicRanges))}]`,
};

/** The set of a property as `\p{…}` names it, undefined for a name that is not known. */
export function propertySet(name: string, inBrackets: boolean): string | undefined {
  const lowerCase = name.toLowerCase();
  if (lowerCase === 'word') return inBrackets ? bracketWordSet : patternWordSet;
  if (lowerCase === 'punct') return aged('\\p{P}');
  const known = posixSet(lowerCase);
  if (known !== undefined) return known;
  const category = (Object.hasOwn(longNames, name) ? longNames[name] : undefined) ?? name;
  if (Object.hasOwn(ownProperties, category)) return ownProperties[category];
  if (categories.has(category) || binaryProperties.has(category)) return aged(`\\p{${category}}`);
  return /^[A-Z][a-z]+(?:_[A-Z][a-z]+)*$/.test(name) ? scriptSet(name) : undefined;
}

function scriptSet(name: string): string | undefined {
  const set = `\\p{Script=${name}}`;
  try {
    new RegExp(set, 'v');
    return aged(set);
  } catch {
    return undefined;
  }
}

function aged(set: string): string {
  return `[${set}--${younger}]`;
}
