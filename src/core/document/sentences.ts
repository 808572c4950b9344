import { isAbbreviated } from './abbreviations.ts';
import type { Span } from './tracked-range.ts';

/** Characters to either side of the cursor that are looked at: the longest sentence by far is shorter. */
const reach = 10_000;
/** Characters before a full stop, and behind it, that tell whether it is an abbreviation's. */
const near = 40;

/**
 * The sentence at the UTF-16 offset `cursor` of a text without line breaks, or null where there is none; a space
 * belongs to the sentence before it. Sentences end where Intl.Segmenter says (UAX #29), but not behind titles, initials
 * and abbreviations, and not inside a quotation that its sentence goes on from; they do end behind “…”, and where
 * Markdown's marks hide an end. Marks around a whole sentence are left out.
 */
export function sentenceIn(text: string, cursor: number): Span | null {
  const [from, to] = [wordStart(text, cursor - reach), Math.min(text.length, cursor + reach)];
  const window = text.slice(from, to);
  const ends = endsOf(unmarked(window));
  const start = ends.findLast((end) => end <= cursor - from) ?? 0;
  return trimmed(window, start, ends.find((end) => end > cursor - from) ?? window.length, from);
}

const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });
/** Ends that it does not see: “…” before a capital letter, as it sees "...", and a full stop before a number. */
const behindEnd = /…["'”’)\]]*\s+(?=["'“‘([]*\p{Lu})|\.["'”’)\]]*\s+(?=["'“‘([]*\p{N})/gu;
/** Where no space stands between sentences, it counts what opens a quotation to the sentence before. */
const opening = /[「『（《〈【〔“‘]+$/u;

/**
 * The text with Markdown's marks as quotation marks, which sentences end behind, and code and addresses as mere
 * letters.
 */
function unmarked(text: string): string {
  return text
    .replace(/(?<!`)(`{1,3})(?!`).{1,500}?\1(?!`)/gsu, (code) => `"${'x'.repeat(code.length - 2)}"`)
    .replace(/\]\([^()\s]{0,500}\)/gu, (address) => '"'.repeat(address.length))
    .replace(/!?\[(?=\S)/gu, (mark) => '"'.repeat(mark.length))
    .replace(/\*+|~~|(?<![\p{L}\p{N}])_{1,3}|_{1,3}(?![\p{L}\p{N}])/gu, (mark) => '"'.repeat(mark.length));
}

/** Where sentences begin, but for the first; the spaces before that belong to the one before. */
function endsOf(text: string): number[] {
  const seen = Array.from(segmenter.segment(text), ({ index }) => {
    const opened = opening.exec(text.slice(Math.max(0, index - near), index))?.[0] ?? '';
    return index - opened.length;
  });
  const unseen = Array.from(text.matchAll(behindEnd), (match) => match.index + match[0].length);
  return [...seen, ...unseen].filter((index) => index > 0 && isEnd(text, index)).sort((a, b) => a - b);
}

/** Whether a sentence ends before `at`, where Intl.Segmenter sees an end. */
function isEnd(text: string, at: number): boolean {
  const before = text
    .slice(Math.max(0, at - near), at)
    .trimEnd()
    .replace(/["'”’)\]}]+$/u, '');
  const after = text.slice(at, at + near);
  if (/^["'”’)\]]*\p{Ll}/u.test(after)) return false;
  if (/[」』]\s*$/u.test(text.slice(Math.max(0, at - 2), at)) && /^(?:と|って)/u.test(after)) return false;
  return !before.endsWith('.') || /\.\.$/u.test(before) || !isAbbreviated(before, after);
}

/** Without the spaces around it, and without marks that hold the whole of it. */
function trimmed(text: string, start: number, end: number, shift: number): Span | null {
  let sentence = text.slice(start, end);
  let from = start + sentence.length - sentence.trimStart().length;
  sentence = sentence.trim();
  for (;;) {
    const mark = /^(\*{1,3}|_{1,3}|~~)(?=\S)/u.exec(sentence)?.[1];
    if (mark === undefined || sentence.length <= 2 * mark.length) break;
    if (sentence.indexOf(mark, mark.length) !== sentence.length - mark.length) break;
    sentence = sentence.slice(mark.length, -mark.length);
    from += mark.length;
  }
  return sentence === '' ? null : { start: shift + from, end: shift + from + sentence.length };
}

/** The beginning of a word at or behind `at`. */
function wordStart(text: string, at: number): number {
  if (at <= 0) return 0;
  const space = text.slice(at, at + near * 5).search(/\s/u);
  return space < 0 ? at : at + space + 1;
}
