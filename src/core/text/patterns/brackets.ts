import { bracketWordSet, patternWordSet, posixSet, propertySet, whitespaceSet } from './character-sets.ts';

/** Thrown inside a translation for what cannot be said exactly; it never leaves `translated`. */
export class Untranslatable extends Error {}

/** A pattern being read from left to right, character by character. */
export class Source {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get atEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  /** The next character, empty at the end. */
  get next(): string {
    const codePoint = this.#text.codePointAt(this.#at);
    return codePoint === undefined ? '' : String.fromCodePoint(codePoint);
  }

  sees(text: string): boolean {
    return this.#text.startsWith(text, this.#at);
  }

  takes(text: string): boolean {
    if (!this.sees(text)) return false;
    this.#at += text.length;
    return true;
  }

  take(): string {
    const character = this.next;
    if (character === '') throw new Untranslatable();
    this.#at += character.length;
    return character;
  }

  /** Takes what a sticky expression matches here. */
  match(expression: RegExp): RegExpExecArray | undefined {
    expression.lastIndex = this.#at;
    const match = expression.exec(this.#text);
    if (match === null) return undefined;
    this.#at += match[0].length;
    return match;
  }
}

const shorthands: Readonly<Record<string, string>> = {
  d: propertySet('Nd', false) ?? '',
  s: whitespaceSet,
  w: patternWordSet,
  h: '[0-9A-Fa-f]',
};
const controls: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  f: '\f',
  v: '\v',
  a: '\x07',
  e: '\x1b',
};

/** Reads an escape that stands for a set or a character, and writes it as a set. */
export function escapedSet(source: Source, ignoreCase: boolean, inBrackets: boolean): string {
  const property = source.match(/\\([pP])\{(\^?)([A-Za-z_]+)\}/y);
  if (property !== undefined) {
    const [, kind = '', negation = '', name = ''] = property;
    const set = propertySet(name, inBrackets);
    if (set === undefined || (ignoreCase && /^(L[ult]|Upper|Lower)/i.test(name))) throw new Untranslatable();
    return (kind === 'P') === (negation === '^') ? set : `[^${set}]`;
  }
  const shorthand = source.match(/\\([dswhDSWH])/y)?.[1];
  if (shorthand !== undefined) {
    const lowerCase = shorthand.toLowerCase();
    const set = inBrackets && lowerCase === 'w' ? bracketWordSet : (shorthands[lowerCase] ?? '');
    return shorthand === lowerCase ? set : `[^${set}]`;
  }
  return literalSet(escapedCharacter(source), ignoreCase);
}

/** Reads an escape that stands for one character. */
function escapedCharacter(source: Source): string {
  const hexadecimal = source.match(/\\(?:x\{([0-9A-Fa-f]{1,8})\}|x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4}))/y);
  if (hexadecimal !== undefined) {
    const codePoint = parseInt(hexadecimal[1] ?? hexadecimal[2] ?? hexadecimal[3] ?? '', 16);
    if (codePoint > 0x10ffff || (hexadecimal[2] !== undefined && codePoint > 0x7f)) throw new Untranslatable();
    return String.fromCodePoint(codePoint);
  }
  source.take();
  const character = source.take();
  const control = controls[character];
  if (control !== undefined) return control;
  if (/[0-9A-Za-z]/.test(character)) throw new Untranslatable();
  return character;
}

/** One character as a set, with its other cases where case is ignored. */
export function literalSet(character: string, ignoreCase: boolean): string {
  if (!ignoreCase || character.toLowerCase() === character.toUpperCase()) return escaped(character);
  if (!/^[A-Za-z]$/.test(character)) throw new Untranslatable();
  const more = { s: 'ſ', k: '\u212a' }[character.toLowerCase()] ?? '';
  return `[${character.toLowerCase()}${character.toUpperCase()}${more}]`;
}

function escaped(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

/** Brackets inside brackets. */
const maxDepth = 50;

/** Reads `[…]`, with nested brackets, `&&`, ranges, POSIX names and escapes. */
export class BracketReader {
  readonly #source: Source;
  readonly #ignoreCase: boolean;
  #depth = 0;

  constructor(source: Source, ignoreCase: boolean) {
    this.#source = source;
    this.#ignoreCase = ignoreCase;
  }

  read(): string {
    const source = this.#source;
    if (++this.#depth > maxDepth) throw new Untranslatable();
    source.take();
    const negated = source.takes('^');
    const operands: string[] = [];
    let operand = source.takes(']') ? escaped(']') : '';
    while (!source.takes(']')) {
      if (source.takes('&&')) {
        operands.push(`[${operand}]`);
        operand = '';
      } else {
        operand += this.#item();
      }
    }
    this.#depth--;
    const inside = operands.length === 0 ? operand : [...operands, `[${operand}]`].join('&&');
    return `[${negated ? '^' : ''}${inside}]`;
  }

  #item(): string {
    const source = this.#source;
    const posix = source.match(/\[:(\^?)([a-z]+):\]/y);
    if (posix !== undefined) {
      const set = posixSet(posix[2] ?? '');
      if (set === undefined || (this.#ignoreCase && /upper|lower/.test(posix[2] ?? ''))) throw new Untranslatable();
      return posix[1] === '^' ? `[^${set}]` : set;
    }
    if (source.sees('[')) return this.read();
    if (source.match(/(?=\\[pPdswhDSWH])/y) !== undefined) return escapedSet(source, this.#ignoreCase, true);
    const first = this.#character();
    const range = source.match(/-(?!\]|\[|&&)/y);
    return range === undefined ? literalSet(first, this.#ignoreCase) : this.#range(first, this.#character());
  }

  #range(first: string, last: string): string {
    if (!this.#ignoreCase) return `${escaped(first)}-${escaped(last)}`;
    if (/^[a-z]{2}$/i.test(first + last) && first.toLowerCase() === first && last.toLowerCase() === last) {
      const more = (first <= 's' && 's' <= last ? 'ſ' : '') + (first <= 'k' && 'k' <= last ? '\u212a' : '');
      return `${first}-${last}${first.toUpperCase()}-${last.toUpperCase()}${more}`;
    }
    if (/^[0-9]{2}$/.test(first + last)) return `${first}-${last}`;
    throw new Untranslatable();
  }

  #character(): string {
    return this.#source.sees('\\') ? escapedCharacter(this.#source) : this.#source.take();
  }
}
