import { itemAt } from '../item-at.ts';
import type { TextBudget } from './budget.ts';

/**
 * A piece of normalised text that knows, for each of its UTF-16 units, which units of the original text it comes from.
 *
 * `starts` and `ends` hold the original range [start, end) of each unit, in UTF-16 units; slices share them and begin
 * at `at`. They are null as long as nothing changed a length: then unit i comes from the original unit `at + i`.
 * `origin` is where the piece was cut from the original. Every unit of a surrogate pair is cut together with its
 * partner.
 */
export class Span {
  readonly text: string;
  readonly origin: number;
  /** What rewriting it may still cost. */
  readonly budget: TextBudget;
  readonly #alignment: Alignment | null;
  readonly #at: number;

  constructor(text: string, alignment: Alignment | null, at: number, origin: number, budget: TextBudget) {
    this.text = text;
    this.origin = origin;
    this.budget = budget;
    this.#alignment = alignment;
    this.#at = at;
  }

  /** The whole of an original text. */
  static of(original: string, budget: TextBudget): Span {
    return new Span(original, null, 0, 0, budget);
  }

  /** Where the unit's range begins in the original. */
  startOf(unit: number): number {
    return this.#alignment === null ? this.#at + unit : itemAt(this.#alignment.starts, this.#at + unit);
  }

  /** Where the unit's range ends in the original (exclusive). */
  endOf(unit: number): number {
    return this.#alignment === null ? this.#at + unit + 1 : itemAt(this.#alignment.ends, this.#at + unit);
  }

  /** The units [from, to). */
  slice(from: number, to: number): Span {
    return new Span(
      this.text.slice(from, to),
      this.#alignment,
      this.#at + from,
      from < to ? this.startOf(from) : this.origin,
      this.budget,
    );
  }

  /** The units [from, to) as a normalizer's result: like a slice, but still cut from the same place of the original. */
  trimmed(from: number, to: number): Span {
    return new Span(this.text.slice(from, to), this.#alignment, this.#at + from, this.origin, this.budget);
  }

  /** The same units, written with other characters of the same length. */
  rewritten(text: string): Span {
    return new Span(text, this.#alignment, this.#at, this.origin, this.budget);
  }
}

interface Alignment {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

/**
 * Rewrites a span from left to right, keeping the alignment.
 *
 * It follows the original library's rule for changes: a character is written with a `change` of 0 when it stands for
 * the next character read, of 1 when it is inserted (then it shares the range of the last character read), and of -n
 * when it stands for the next character read and n more after it are removed.
 */
export class Rewriter {
  readonly #from: Span;
  #read = 0;
  #text = '';
  #starts: Int32Array;
  #ends: Int32Array;
  #length = 0;

  constructor(from: Span) {
    this.#from = from;
    const capacity = from.text.length + 16;
    this.#starts = new Int32Array(capacity);
    this.#ends = new Int32Array(capacity);
  }

  /** Writes one character (a whole code point) with its change. */
  write(character: string, change: number): void {
    if (change > 0) {
      this.insert(character);
      return;
    }
    const first = this.#read;
    this.skip(1);
    this.#push(character, this.#from.startOf(first), this.#from.endOf(Math.max(first, this.#read - 1)));
    this.skip(-change);
  }

  /** Writes characters that share the range of the last character read, or have none at the beginning. */
  insert(characters: string): void {
    if (this.#read === 0) {
      this.#push(characters, this.#from.origin, this.#from.origin);
      return;
    }
    const text = this.#from.text;
    const last = this.#read - 1;
    const first = last > 0 && isLow(text.charCodeAt(last)) && isHigh(text.charCodeAt(last - 1)) ? last - 1 : last;
    this.#push(characters, this.#from.startOf(first), this.#from.endOf(last));
  }

  /** Copies everything up to the unit `to` unchanged. */
  copyTo(to: number): void {
    const from = this.#read;
    if (to <= from) return;
    this.#reserve(to - from);
    for (let unit = from; unit < to; unit++) {
      this.#starts[this.#length] = this.#from.startOf(unit);
      this.#ends[this.#length] = this.#from.endOf(unit);
      this.#length++;
    }
    this.#text += this.#from.text.slice(from, to);
    this.#read = to;
  }

  /** Leaves out everything up to the unit `to`. */
  skipTo(to: number): void {
    this.#read = to;
  }

  /** Leaves out a number of characters. */
  skip(characters: number): void {
    const text = this.#from.text;
    for (let left = characters; left > 0 && this.#read < text.length; left--) {
      const pair = isHigh(text.charCodeAt(this.#read)) && isLow(text.charCodeAt(this.#read + 1));
      this.#read += pair ? 2 : 1;
    }
  }

  /** What was written. */
  done(): Span {
    return new Span(this.#text, { starts: this.#starts, ends: this.#ends }, 0, this.#from.origin, this.#from.budget);
  }

  #push(characters: string, start: number, end: number): void {
    this.#reserve(characters.length);
    this.#starts.fill(start, this.#length, this.#length + characters.length);
    this.#ends.fill(end, this.#length, this.#length + characters.length);
    this.#length += characters.length;
    this.#text += characters;
  }

  #reserve(units: number): void {
    this.#from.budget.spend(units);
    if (this.#length + units <= this.#starts.length) return;
    this.#from.budget.hold(this.#length + units);
    const capacity = 2 * (this.#length + units);
    this.#starts = grown(this.#starts, capacity);
    this.#ends = grown(this.#ends, capacity);
  }
}

function grown(array: Int32Array, capacity: number): Int32Array {
  const larger = new Int32Array(capacity);
  larger.set(array);
  return larger;
}

function isHigh(unit: number): boolean {
  return (unit & 0xfc00) === 0xd800;
}

function isLow(unit: number): boolean {
  return (unit & 0xfc00) === 0xdc00;
}
