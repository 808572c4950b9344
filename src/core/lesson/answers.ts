import { itemAt } from '../item-at.ts';
import { evaluate, valueText, verdictOf } from './evaluate.ts';
import type { Scope, Subject, Value } from './facts.ts';
import { choicesOf, findHead } from './places.ts';
import type { Question } from './question.ts';
import type { RunNumbers } from './row.ts';

/** How far a typed number may be off where a question does not say: computed by hand, with two digits. */
const usualTolerance = 0.01;

/** The right answer of a question. Rejects with LessonError where it has none, and with an AttentionError. */
export async function rightAnswer({ answer }: Question, scope: Scope): Promise<Value> {
  if (answer.kind === 'value') return evaluate(answer.expression, scope);
  const { holds } = await verdictOf(answer.statement, scope);
  return holds ? answer.then : answer.otherwise;
}

/** Whether an answer is right: a number as far as it is meant, a text without regard to case. */
export function isRight({ tolerance }: Question, given: string, right: Value): boolean {
  if (typeof right === 'string') return given.trim().toLocaleLowerCase('en') === right.toLocaleLowerCase('en');
  const number = typedNumber(given);
  return number !== null && Math.abs(number - right) <= (tolerance ?? usualTolerance) + 1e-9;
}

/** A number as people type it, with a point or a comma; null for what is none. */
export function typedNumber(text: string): number | null {
  const plain = text.trim().replace('−', '-').replace(',', '.');
  return /^[+-]?(?:\d{1,12}(?:\.\d{0,12})?|\.\d{1,12})$/u.test(plain) ? Number(plain) : null;
}

/** The reason of a question, with the values of its expressions. Rejects as {@link rightAnswer} does. */
export async function reasonOfAnswer({ reason }: Question, scope: Scope): Promise<string> {
  const parts: string[] = [];
  for (const part of reason) parts.push(typeof part === 'string' ? part : valueText(await evaluate(part, scope)));
  return parts.join('');
}

/** The words that a question of kind `word` is answered with: those that its head can choose, each once. */
export function wordChoices({ info }: RunNumbers, { head }: Pick<Subject, 'head'>): readonly string[] {
  const keys = head ? findHead(info, head).map.keys : 0;
  return [...new Set(choicesOf(itemAt(info.sequences, keys)).map(({ label }) => label))];
}
