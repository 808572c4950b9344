import { termText, weightText } from '../attention/number-words.ts';
import { words } from '../words/words.ts';
import { pictureNamed, sentencesNamed, type Chapter } from './chapter.ts';
import type { Comparator, Comparison, Expression } from './expression.ts';
import { factOf, type Scope, type Subject, type Value } from './facts.ts';
import { LessonError } from './places.ts';
import type { Question } from './question.ts';
import type { LessonModels } from './row.ts';

/** What became of a statement: whether it holds, and the values of its sides. */
export interface Verdict {
  readonly holds: boolean;
  readonly left: Value;
  readonly right: Value;
}

/** What stands in the lines of a chapter is asked about the fences there. */
export function scopeAt(chapter: Chapter, line: number, models: LessonModels): Scope {
  return {
    models,
    subject: (name) => {
      const fence = pictureNamed(chapter, line, name);
      return fence && { ...fence.picture, run: fence.picture.run };
    },
    sentences: (name) => sentencesNamed(chapter, line, name)?.sentences ?? null,
  };
}

/** A question is asked about its own text and places, or else those of the fence above it. */
export function scopeOf(question: Question, outside: Scope): Scope {
  return {
    ...outside,
    subject: (name): Subject | null => {
      const above = outside.subject(name);
      if (name !== null) return above;
      const { head, token, key } = question;
      if (question.run) return { run: question.run.run, head, token, key };
      return above && { run: above.run, head: head ?? above.head, token: token ?? above.token, key: key ?? above.key };
    },
  };
}

/** The value of an expression. Rejects with LessonError where it means nothing, and with an AttentionError. */
export async function evaluate(expression: Expression, scope: Scope): Promise<Value> {
  switch (expression.kind) {
    case 'number':
      return expression.value;
    case 'text':
      return expression.text;
    case 'fact':
      return factOf(expression, scope);
    case 'operation': {
      const left = numberIn(await evaluate(expression.left, scope));
      const right = numberIn(await evaluate(expression.right, scope));
      switch (expression.sign) {
        case '+':
          return left + right;
        case '-':
          return left - right;
        case '*':
          return left * right;
        case '/':
          return left / right;
      }
    }
  }
}

/** Whether a statement holds. Rejects as {@link evaluate} does. */
export async function verdictOf({ left, comparator, right }: Comparison, scope: Scope): Promise<Verdict> {
  const [a, b] = [await evaluate(left, scope), await evaluate(right, scope)];
  const step = Math.min(stepOf(left), stepOf(right));
  return { holds: compare(a, comparator, b, step), left: a, right: b };
}

/** A value as people read it. */
export function valueText(value: Value): string {
  if (typeof value === 'string') return value;
  if (Number.isInteger(value)) return String(value);
  return value > 0 && value < 1 ? weightText(value) : termText(value);
}

/** Half of the last digit that a number is written with: what rounds to it is meant. */
function stepOf(expression: Expression): number {
  return expression.kind === 'number' ? 0.5 * 10 ** -expression.digits : Infinity;
}

function compare(a: Value, comparator: Comparator, b: Value, step: number): boolean {
  const isSame = isEqual(a, b, step);
  switch (comparator) {
    case '=':
      return isSame;
    case '!=':
      return !isSame;
    case '<':
      return numberIn(a) < numberIn(b);
    case '>':
      return numberIn(a) > numberIn(b);
    case '<=':
      return numberIn(a) <= numberIn(b);
    case '>=':
      return numberIn(a) >= numberIn(b);
  }
}

/** Numbers are equal to the digits that they are written with, words without regard to case. */
function isEqual(a: Value, b: Value, step: number): boolean {
  if (typeof a === 'string' || typeof b === 'string')
    return String(a).toLocaleLowerCase('en') === String(b).toLocaleLowerCase('en');
  const rounding = 1e-6 * Math.max(1, Math.abs(a));
  return Math.abs(a - b) <= (Number.isFinite(step) ? step : 0) + rounding;
}

function numberIn(value: Value): number {
  if (typeof value === 'string') throw new LessonError(words().lesson.noNumber(value));
  return value;
}
