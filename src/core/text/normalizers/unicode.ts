import { characterSet, unpack } from '../characters/classes.ts';
import { combiningClasses, youngRanges } from '../characters/composition.ts';
import { Rewriter, type Span } from '../span.ts';

/** The four normalization forms of Unicode (UAX 15). */
export type Form = 'NFC' | 'NFD' | 'NFKC' | 'NFKD';

/** A character on its way through a normalization form, with its change as `Rewriter` takes it. */
interface Item {
  readonly character: string;
  readonly change: number;
  readonly combiningClass: number;
}

const plain = /^[\0-\x7f]*$/;
/**
 * The engine's own normalization puts marks into order one by one, each past all others: too slow for a run of more.
 */
const maxMarks = 200;
const manyMarks = /\p{M}{200}/u;
const young = new RegExp(`[${characterSet(unpack(youngRanges))}]`, 'u');
const classOf = combiningClassTable();

/**
 * NFC, NFD, NFKC or NFKD with the original library's alignment: the first character of a decomposition stands for the
 * character that was read, the others are inserted; marks are put into canonical order after that, and a composition
 * removes its marks.
 */
export function unicodeForm(form: Form): (span: Span) => Span {
  const decompositions = new Map<string, readonly Item[]>();
  return (span) => (unchanged(span.text, form) ? span : rewrite(span, form, decompositions));
}

function unchanged(text: string, form: Form): boolean {
  if (plain.test(text)) return true;
  return !young.test(text) && !(text.length > maxMarks && manyMarks.test(text)) && text.normalize(form) === text;
}

/**
 * Normalises segment by segment: an ASCII character never joins the one before it, so a segment may end in front of it.
 */
function rewrite(span: Span, form: Form, decompositions: Map<string, readonly Item[]>): Span {
  const text = span.text;
  const rewriter = new Rewriter(span);
  for (let at = 0; at < text.length;) {
    if (text.charCodeAt(at) < 0x80) {
      at++;
      continue;
    }
    const start = Math.max(at - 1, 0);
    while (at < text.length && text.charCodeAt(at) >= 0x80) at++;
    const segment = text.slice(start, at);
    if (unchanged(segment, form)) continue;
    rewriter.copyTo(start);
    const items = ordered(segment, form.startsWith('NFK') ? 'NFKD' : 'NFD', decompositions);
    for (const item of form.endsWith('C') ? composed(items) : items) rewriter.write(item.character, item.change);
    rewriter.skipTo(at);
  }
  rewriter.copyTo(text.length);
  return rewriter.done();
}

/** The canonically ordered decomposition. */
function ordered(segment: string, form: Form, decompositions: Map<string, readonly Item[]>): readonly Item[] {
  const items: Item[] = [];
  let marks = 0;
  for (const character of segment) {
    for (const item of decompositionOf(character, form, decompositions)) {
      if (item.combiningClass === 0) {
        sortMarks(items, marks);
        marks = items.length;
      }
      items.push(item);
    }
  }
  sortMarks(items, marks);
  return items;
}

/** Stable, as canonical ordering demands: a starter at `from` has class 0 and stays in front. */
function sortMarks(items: Item[], from: number): void {
  if (items.length - from < 2) return;
  const sorted = items.slice(from).sort((a, b) => a.combiningClass - b.combiningClass);
  for (const [at, item] of sorted.entries()) items[from + at] = item;
}

function decompositionOf(character: string, form: Form, decompositions: Map<string, readonly Item[]>): readonly Item[] {
  const known = decompositions.get(character);
  if (known !== undefined) return known;
  const written = young.test(character) ? [character] : Array.from(character.normalize(form));
  const items = written.map((part, at) => ({
    character: part,
    change: at === 0 ? 0 : 1,
    combiningClass: classOf(part),
  }));
  decompositions.set(character, items);
  return items;
}

/** Canonical composition (UAX 15, D117) of an ordered decomposition. */
function composed(items: readonly Item[]): readonly Item[] {
  const result: Item[] = [];
  let starter: Item | undefined;
  let marks: Item[] = [];
  for (const item of items) {
    const last = marks.at(-1);
    const pair =
      starter === undefined || (last !== undefined && last.combiningClass >= item.combiningClass)
        ? undefined
        : compose(starter, item);
    if (pair !== undefined) {
      starter = pair;
    } else if (item.combiningClass === 0) {
      finish(result, starter, marks);
      starter = item;
      marks = [];
    } else if (starter === undefined) {
      result.push(item);
    } else {
      marks.push(item);
    }
  }
  finish(result, starter, marks);
  return result;
}

/** A starter may have any number of marks: one by one, since a call takes only so many arguments. */
function finish(result: Item[], starter: Item | undefined, marks: readonly Item[]): void {
  if (starter !== undefined) result.push(starter);
  for (const mark of marks) result.push(mark);
}

function compose(starter: Item, item: Item): Item | undefined {
  const character = (starter.character + item.character).normalize('NFC');
  if (character.length > 2 || Array.from(character).length !== 1 || young.test(character)) return undefined;
  return { character, change: starter.change + item.change - 1, combiningClass: 0 };
}

function combiningClassTable(): (character: string) => number {
  const classes = new Map<number, number>();
  let next = 0;
  for (const item of combiningClasses.split(' ')) {
    const [gap = 0, length = 0, combiningClass = 0] = item.split('.').map((digits) => parseInt(digits, 36));
    next += gap;
    for (const last = next + length; next <= last; next++) classes.set(next, combiningClass);
  }
  return (character) => classes.get(character.codePointAt(0) ?? 0) ?? 0;
}
