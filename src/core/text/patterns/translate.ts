import { BracketReader, escapedSet, literalSet, Source, Untranslatable } from './brackets.ts';
import { patternWordSet } from './character-sets.ts';

const atStart = '(?<![^])';
const atEnd = '(?![^])';

/** Anchors and boundaries; `^` and `$` are those of lines in Ruby's syntax. */
const anchors: Readonly<Record<string, string>> = {
  '^': `(?:${atStart}|(?<=\\n)(?=[^]))`,
  $: `(?=\\n|${atEnd})`,
  '\\A': atStart,
  '\\z': atEnd,
  '\\Z': `(?=\\n?${atEnd})`,
  '\\b': `(?:(?<=${patternWordSet})(?!${patternWordSet})|(?<!${patternWordSet})(?=${patternWordSet}))`,
  '\\B': `(?:(?<=${patternWordSet})(?=${patternWordSet})|(?<!${patternWordSet})(?!${patternWordSet}))`,
  '\\R': '(?:\\r\\n|[\\n\\v\\f\\r\\u{85}\\u{2028}\\u{2029}])',
};

/** Groups inside groups. */
const maxDepth = 100;

/** Letters next to each other that one ligature matches when case is ignored. */
const ligatures = /f[fil]|st|ss/i;

/**
 * Says an Oniguruma pattern (Ruby syntax) in JavaScript, for the flag `v`; both engines backtrack, so matches are the
 * same. Returns undefined for what has no exact counterpart here: back-references, absent operators, conditionals,
 * unknown properties.
 */
export function translated(source: string): string | undefined {
  try {
    return new Translation(source).run();
  } catch (thrown) {
    if (thrown instanceof Untranslatable) return undefined;
    throw thrown;
  }
}

interface Options {
  readonly ignoreCase: boolean;
  readonly dotAll: boolean;
  readonly lookbehind: boolean;
}

class Translation {
  readonly #source: Source;
  #atomics = 0;
  #depth = 0;

  constructor(source: string) {
    this.#source = new Source(source);
  }

  run(): string {
    const result = this.#alternatives({ ignoreCase: false, dotAll: false, lookbehind: false });
    if (!this.#source.atEnd) throw new Untranslatable();
    return result;
  }

  #alternatives(options: Options): string {
    if (++this.#depth > maxDepth) throw new Untranslatable();
    const result = this.#alternativesWithin(options);
    this.#depth--;
    return result;
  }

  #alternativesWithin(options: Options): string {
    let result = '';
    let current = options;
    let neighbour = '';
    while (!this.#source.atEnd && !this.#source.sees(')')) {
      if (this.#source.takes('|')) {
        result += '|';
        neighbour = '';
        continue;
      }
      const switched = this.#optionSwitch(current);
      if (switched !== undefined) {
        current = switched;
        const rest = this.#alternatives(current);
        return `${result}(?:${rest})`;
      }
      const letter = this.#source.next;
      if (current.ignoreCase && ligatures.test(neighbour + letter)) throw new Untranslatable();
      neighbour = letter;
      result += this.#quantified(this.#atom(current), current);
    }
    return result;
  }

  /** `(?i)` and its like hold to the end of the group. */
  #optionSwitch(options: Options): Options | undefined {
    const match = this.#source.match(/\(\?([im]*)(?:-([im]*))?\)/y);
    return match === undefined ? undefined : optionsWith(options, match[1] ?? '', match[2] ?? '');
  }

  #atom(options: Options): string {
    const source = this.#source;
    if (source.takes('(')) return this.#group(options);
    if (source.sees('[')) return new BracketReader(source, options.ignoreCase).read();
    if (source.takes('.')) return options.dotAll ? '[^]' : '[^\\n]';
    const anchor = source.match(/\\[AzZbBR]|[$^]/y);
    if (anchor !== undefined) return anchors[anchor[0]] ?? '';
    if (source.sees('\\')) return escapedSet(source, options.ignoreCase, false);
    if (/[*+?]/.test(source.next)) throw new Untranslatable();
    return literalSet(source.take(), options.ignoreCase);
  }

  #group(options: Options): string {
    const source = this.#source;
    if (source.match(/\?#[^)]*\)/y) !== undefined) return '(?:)';
    if (source.takes('?>')) return this.#atomic(this.#closed(options), options);
    for (const opening of ['?:', '?=', '?!', '?<=', '?<!']) {
      if (source.takes(opening))
        return `(${opening}${this.#closed({ ...options, lookbehind: options.lookbehind || opening.startsWith('?<') })})`;
    }
    const flags = source.match(/\?([im]*)(?:-([im]*))?:/y);
    if (flags !== undefined) return `(?:${this.#closed(optionsWith(options, flags[1] ?? '', flags[2] ?? ''))})`;
    const named = source.match(/\?<[A-Za-z_]\w*>/y);
    if (named === undefined && source.sees('?')) throw new Untranslatable();
    return `(?:${this.#closed(options)})`;
  }

  #closed(options: Options): string {
    const inside = this.#alternatives(options);
    if (!this.#source.takes(')')) throw new Untranslatable();
    return inside;
  }

  /** A possessive quantifier keeps what it took; one after braces repeats the repetition. */
  #quantified(atom: string, options: Options): string {
    let result = atom;
    for (;;) {
      const simple = this.#source.match(/([*+?])([+?]?)/y);
      const braces = simple === undefined ? this.#source.match(/\{(\d*)(,?)(\d*)\}(\??)/y) : undefined;
      if (simple !== undefined) {
        const repeated = `(?:${result})${simple[1] ?? ''}`;
        result = simple[2] === '+' ? this.#atomic(repeated, options) : `${repeated}${simple[2] ?? ''}`;
      } else if (braces !== undefined) {
        const [, least = '', comma = '', most = '', lazy = ''] = braces;
        if ((least === '' && most === '') || (lazy === '?' && comma === '')) throw new Untranslatable();
        result = `(?:${result}){${least === '' ? '0' : least}${comma}${most}}${lazy}`;
      } else {
        return result;
      }
    }
  }

  /** JavaScript has no atomic groups, but what a lookahead captured is never taken up again. */
  #atomic(inside: string, options: Options): string {
    if (options.lookbehind) throw new Untranslatable();
    const name = `atomic${++this.#atomics}`;
    return `(?:(?=(?<${name}>${inside}))\\k<${name}>)`;
  }
}

function optionsWith(options: Options, on: string, off: string): Options {
  return {
    ...options,
    ignoreCase: (options.ignoreCase || on.includes('i')) && !off.includes('i'),
    dotAll: (options.dotAll || on.includes('m')) && !off.includes('m'),
  };
}
