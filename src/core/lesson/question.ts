import { words } from '../words/words.ts';
import type { Entry } from './blocks.ts';
import { readComparison, readExpression, type Comparison, type Expression } from './expression.ts';
import type { Fields } from './fields.ts';
import { focusIn, runIn, type LessonFocus, type LessonRun } from './picture.ts';

/** The kinds of questions. */
export const questionKinds = ['word', 'number', 'choice'] as const;
export type QuestionKind = (typeof questionKinds)[number];

/** What is right: the value of an expression, or one option where a statement holds and another where it does not. */
export type RightAnswer =
  | { readonly kind: 'value'; readonly expression: Expression }
  | { readonly kind: 'either'; readonly statement: Comparison; readonly then: string; readonly otherwise: string };

/** A reason as it is written: text, and expressions in it. */
export type ReasonPart = string | Expression;

/** A `question` fence. `run` is null where it asks about the fence above, or about numbers alone. */
export interface Question extends LessonFocus {
  readonly run: LessonRun | null;
  readonly ask: string;
  readonly kind: QuestionKind;
  readonly options: readonly string[];
  readonly answer: RightAnswer;
  /** How far a typed number may be off; null for two digits. */
  readonly tolerance: number | null;
  readonly hint: string | null;
  readonly reason: readonly ReasonPart[];
}

/** Reads a `question` fence; null where it cannot be asked. */
export function questionOf(fields: Fields, start: Entry): Question | null {
  const says = words().lesson;
  const run = runIn(fields, start, false);
  const focus = focusIn(fields);
  const ask = fields.text('ask');
  const kind = fields.choice('kind', questionKinds) ?? 'word';
  const options = fields.readAll('option', (value) => (value === '' ? null : value), says.empty);
  const answer = answerIn(fields, kind, options);
  const tolerance = fields.read('tolerance', toleranceOf, says.positive);
  const hint = fields.text('hint');
  const reason = reasonIn(fields);
  if (ask === null) fields.wrong(start, says.noAsk);
  if (answer === null && fields.all('answer').length === 0) fields.wrong(start, says.noAnswer);
  return ask === null || answer === null
    ? null
    : { run, ...focus, ask, kind, options, answer, tolerance, hint, reason };
}

function answerIn(fields: Fields, kind: QuestionKind, options: readonly string[]): RightAnswer | null {
  const says = words().lesson;
  const entry = fields.entry('answer');
  if (!entry) return null;
  if (kind === 'choice') {
    const [, given = '', then = '', otherwise = ''] =
      /^if\s+(.*?)\s+then\s+(.*?)\s*\|\s*else\s+(.*)$/u.exec(entry.value) ?? [];
    const named = given === '' ? [entry.value] : [then, otherwise];
    const unknown = named.find((one) => !options.includes(one));
    if (unknown !== undefined) return wrong(fields, entry, says.noOption(unknown));
    if (given === '') return { kind: 'value', expression: { kind: 'text', text: entry.value } };
    const read = readComparison(given);
    return 'problem' in read
      ? wrong(fields, entry, read.problem)
      : { kind: 'either', statement: read.value, then, otherwise };
  }
  const read = readExpression(entry.value);
  return 'problem' in read ? wrong(fields, entry, read.problem) : { kind: 'value', expression: read.value };
}

function wrong(fields: Fields, entry: Entry, message: string): null {
  fields.wrong(entry, message);
  return null;
}

function reasonIn(fields: Fields): readonly ReasonPart[] {
  const entry = fields.entry('reason');
  if (!entry) return [];
  return entry.value.split(/\{([^{}]*)\}/u).flatMap((part, at): readonly ReasonPart[] => {
    if (at % 2 === 0) return part === '' ? [] : [part];
    const read = readExpression(part);
    if (!('problem' in read)) return [read.value];
    fields.wrong(entry, read.problem);
    return [];
  });
}

function toleranceOf(value: string): number | null {
  return /^\d{1,6}(?:\.\d{1,8})?$/u.test(value) ? Number(value) : null;
}
