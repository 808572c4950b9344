import { words } from '../words/words.ts';

/** The facts that an expression can ask for; `numbers.ts` and `facts.ts` say what each is. */
export const factNames = [
  'weight',
  'score',
  'product',
  'scale',
  'strongest',
  'second',
  'rank',
  'entropy',
  'prediction',
  'probability',
  'kl',
  'written',
  'tokens',
  'layers',
  'heads',
  'shape',
  'found',
  'cases',
  'softmax',
  'dot',
  'exp',
  'sqrt',
] as const;
export type FactName = (typeof factNames)[number];

/** Facts of numbers alone, which need no model. */
export const numberFacts: readonly FactName[] = ['softmax', 'dot', 'exp', 'sqrt'];

/** What an expression of a lesson says. `fence` names the fence that a fact is of, null for the nearest one. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number; readonly digits: number }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'fact'; readonly name: FactName; readonly args: readonly string[]; readonly fence: string | null }
  | { readonly kind: 'operation'; readonly sign: Sign; readonly left: Expression; readonly right: Expression };

type Sign = '+' | '-' | '*' | '/';

/** Whether a model must run for the value of an expression: there is a picture of it then. */
export function asksModel(expression: Expression): boolean {
  if (expression.kind === 'operation') return asksModel(expression.left) || asksModel(expression.right);
  return expression.kind === 'fact' && !numberFacts.includes(expression.name);
}

/** How the sides of a statement are compared. */
export const comparators = ['=', '!=', '<', '>', '<=', '>='] as const;
export type Comparator = (typeof comparators)[number];

/** A statement: two expressions and how they compare. */
export interface Comparison {
  readonly left: Expression;
  readonly comparator: Comparator;
  readonly right: Expression;
}

/** Something that was read, or why it could not be (a sentence). */
export type Read<T> = { readonly value: T } | { readonly problem: string };

interface Word {
  readonly text: string;
  readonly quoted: boolean;
}

const precedence: Readonly<Record<Sign, number>> = { '+': 1, '-': 1, '*': 2, '/': 2 };
/** Words of an expression: more are none. */
const maxWords = 200;
/** How deep brackets and operations may nest. */
const maxDepth = 32;

/** Reads an expression. */
export function readExpression(text: string): Read<Expression> {
  return reading(text, (parser) => {
    const value = parser.expression();
    parser.end();
    return value;
  });
}

/** Reads a statement, `weight 4.1 ate cat = 0.68`. */
export function readComparison(text: string): Read<Comparison> {
  return reading(text, (parser) => {
    const left = parser.expression();
    const comparator = parser.comparator();
    const right = parser.expression();
    parser.end();
    return { left, comparator, right };
  });
}

function reading<T>(text: string, read: (parser: Parser) => T): Read<T> {
  try {
    return { value: read(new Parser(wordsOf(text))) };
  } catch (thrown) {
    if (thrown instanceof Unreadable) return { problem: thrown.message };
    throw thrown;
  }
}

/** Why an expression cannot be read, in a sentence. */
class Unreadable extends Error {}

function wordsOf(text: string): readonly Word[] {
  const found = [...text.matchAll(/"([^"]*)"(?=\s|$|[()])|[^\s]+/gu)];
  if (found.length > maxWords) throw new Unreadable(words().lesson.longExpression(maxWords));
  return found.map(([whole, quoted]) =>
    quoted === undefined ? { text: whole, quoted: false } : { text: quoted, quoted: true },
  );
}

class Parser {
  readonly #words: readonly Word[];
  #at = 0;

  constructor(read: readonly Word[]) {
    this.#words = read;
  }

  expression(least = 1, depth = 0): Expression {
    if (depth > maxDepth) throw new Unreadable(words().lesson.deep);
    let left = this.#operand(depth);
    for (;;) {
      const sign = signOf(this.#peek());
      if (sign === null || precedence[sign] < least) return left;
      this.#at += 1;
      left = { kind: 'operation', sign, left, right: this.expression(precedence[sign] + 1, depth + 1) };
    }
  }

  comparator(): Comparator {
    const word = this.#peek();
    const found = word?.quoted === false ? comparators.find((each) => each === word.text) : undefined;
    if (found === undefined) throw new Unreadable(words().lesson.comparator(comparators));
    this.#at += 1;
    return found;
  }

  end(): void {
    const word = this.#peek();
    if (word) throw new Unreadable(words().lesson.leftOver(word.text));
  }

  #operand(depth: number): Expression {
    const word = this.#peek();
    if (!word || signOf(word) !== null || isComparator(word)) throw new Unreadable(words().lesson.noExpression);
    this.#at += 1;
    if (word.quoted) return { kind: 'text', text: word.text };
    if (word.text === '(') {
      const inner = this.expression(1, depth + 1);
      if (this.#peek()?.text !== ')') throw new Unreadable(words().lesson.bracket);
      this.#at += 1;
      return inner;
    }
    const name = factNames.find((known) => known === word.text);
    return name === undefined ? (numberIn(word.text) ?? { kind: 'text', text: word.text }) : this.#fact(name);
  }

  #fact(name: FactName): Expression {
    const args: string[] = [];
    for (let word = this.#peek(); word && !isEnd(word); word = this.#peek()) {
      // A word that only looks like a number or a place stays what it is quoted as.
      args.push(word.quoted && !numberFacts.includes(name) ? `"${word.text}"` : word.text);
      this.#at += 1;
    }
    const isNamed = args.length > 1 && args.at(-2) === 'in';
    const fence = isNamed ? (args.at(-1) ?? null) : null;
    return { kind: 'fact', name, args: isNamed ? args.slice(0, -2) : args, fence };
  }

  #peek(): Word | undefined {
    return this.#words[this.#at];
  }
}

function signOf(word: Word | undefined): Sign | null {
  if (!word || word.quoted) return null;
  return (Object.keys(precedence) as Sign[]).find((sign) => sign === word.text) ?? null;
}

function isComparator({ text, quoted }: Word): boolean {
  return !quoted && comparators.some((one) => one === text);
}

function isEnd(word: Word): boolean {
  return isComparator(word) || signOf(word) !== null || (!word.quoted && (word.text === ')' || word.text === '('));
}

/** A number as it is written, with the digits after its point, which say how exactly it is meant: `0.68`, `68%`. */
function numberIn(text: string): Expression | null {
  const [, sign = '', whole, point = '', percent] = /^([+\-−]?)(\d{1,15})(?:\.(\d{1,15}))?(%?)$/u.exec(text) ?? [];
  if (whole === undefined) return null;
  const size = Number(`${whole}.${point}`) / (percent === '%' ? 100 : 1);
  const digits = point.length + (percent === '%' ? 2 : 0);
  return { kind: 'number', value: sign === '-' || sign === '−' ? -size : size, digits };
}
