import { words } from '../words/words.ts';

/**
 * Text that was written elsewhere (in a model's files, by a host, in a link, by a library), made fit for a line of
 * ours. Such text may hold anything: terminal escapes, line breaks that forge a line, controls that turn the order of
 * letters around, characters that nobody sees, megabytes. Here it becomes one line that can do nothing but be read, and
 * that shows what it held.
 */

/** The most user-perceived characters (grapheme clusters) of foreign text that a line quotes. */
export const maxQuoted = 300;

/** UTF-16 units that grapheme clusters may fill on average. */
const maxUnits = 8;
/**
 * Code points that count as one cluster at most; the longest emoji have ten, and without a bound a cluster may have any
 * number.
 */
const clusterPart = /[^]{1,12}/gu;
/** More combining marks on one letter than this cover the lines around it. */
const maxMarks = 6;
/** Longer runs of spaces would push what follows into a line of its own. */
const maxSpaces = 8;

const lineBreaks = /\r\n|[\n\r\u0085\u2028\u2029]/gu;
/** Scripts whose letters are joined or kept apart by characters that nobody sees. */
const joining = [
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
];
const letter = `[${joining.map((script) => `\\p{Script=${script}}`).join('')}]`;
/**
 * Joiners between such letters and inside an emoji, and selectors behind a sign that has two forms. Elsewhere they are
 * shown.
 */
const joiners = `(?<=${letter})[\\u200c\\u200d](?=${letter})`;
const emojiParts =
  '(?<=\\p{Extended_Pictographic}[\\ufe0f\\p{Emoji_Modifier}]?)\\u200d(?=\\p{Extended_Pictographic})|(?<=\\p{Emoji})[\\ufe0e\\ufe0f]';
/**
 * Controls, format characters (order of letters, joiners, byte order mark), halves of pairs, private and unassigned
 * ones, fillers.
 */
const unseen = new RegExp(`(${joiners}|${emojiParts})|[\\p{C}\\p{Default_Ignorable_Code_Point}]`, 'gu');
const manyMarks = new RegExp(`(\\p{M}{${maxMarks}})\\p{M}+`, 'gu');
const manySpaces = new RegExp(`\\p{Zs}{${maxSpaces + 1},}`, 'gu');

const clusters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * Foreign text as one visible line: line breaks show as ⏎, tabs as ⇥, other controls as their pictures (␛), whatever
 * else cannot be seen or changes the order of letters as its number (⟨U+202E⟩), long runs of spaces as their length.
 * More than `max` grapheme clusters are cut, with … at the end. Applied twice it changes nothing more.
 */
export function visibleLine(text: string, max = maxQuoted): string {
  const { shown, isCut } = beginning(text, max * maxUnits);
  return isCut || shown.length > max ? `${shown.slice(0, max - 1).join('')}…` : shown.join('');
}

/** The same for names and paths, of which both ends count: what is too long has its … in the middle. */
export function visibleName(text: string, max = maxQuoted): string {
  const { shown, isCut } = beginning(text, max * maxUnits);
  if (!isCut && shown.length <= max) return shown.join('');
  const ends = Math.floor((max - 1) / 2);
  const tail = visible(text.slice(-max * maxUnits).replace(/^\p{Surrogate}/u, '')).slice(-ends * maxUnits);
  return `${shown.slice(0, ends).join('')}…${clustersOf(tail).slice(-ends).join('')}`;
}

/** The clusters of the first `room` UTF-16 units of a text, before and after it became visible. */
function beginning(text: string, room: number): { readonly shown: readonly string[]; readonly isCut: boolean } {
  const line = visible(cut(text, room));
  return { shown: clustersOf(cut(line, room)), isCut: text.length > room || line.length > room };
}

/** Never ends in half of a surrogate pair. */
function cut(text: string, room: number): string {
  return text.length > room ? text.slice(0, room).replace(/[\ud800-\udbff]$/, '') : text;
}

function clustersOf(text: string): string[] {
  return Array.from(clusters.segment(text), ({ segment }) => segment.match(clusterPart) ?? []).flat();
}

/**
 * Several lines of ours, their breaks and columns kept: in each, what cannot be seen or moves the cursor becomes
 * visible.
 */
export function visibleLines(text: string): string {
  return text.split('\n').map(seen).join('\n');
}

function visible(text: string): string {
  const line = seen(text)
    .replace(manyMarks, '$1…')
    .replace(manySpaces, (run) => words().texts.spaces(run.length));
  return /^\p{M}/u.test(line) ? `◌${line}` : line;
}

function seen(text: string): string {
  return text
    .replace(lineBreaks, '⏎')
    .replaceAll('\t', '⇥')
    .replace(unseen, (character, part?: string) => part ?? nameOf(character));
}

/** The picture of a control where Unicode has one (U+2400…), else the number. */
function nameOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return '␡';
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
}
